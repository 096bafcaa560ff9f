import * as v from 'valibot';
import { settings } from '../../shared/kernel/settings.ts';
import { type RecordedCall, recordedCalls } from '../cloud/recording.ts';
import type { KnownValues } from '../cloud/redaction.ts';
import { settingDefaults } from '../project/setting-defaults.ts';

type Env = Readonly<Record<string, string | undefined>>;

const recordingSchema = v.strictObject({
  version: v.literal(1),
  /** Epoch milliseconds. */
  at: v.number(),
  stage: v.string(),
  /** What of the environment the calls depend on, with placeholders for ids. */
  env: v.record(v.string(), v.string()),
  findings: v.array(v.strictObject({ name: v.string(), state: v.string() })),
  calls: recordedCalls,
});

/** What `npm run doctor -- --record FILE` writes: every call of the cloud API, and what was found. */
export type Recording = v.InferOutput<typeof recordingSchema>;

/** The environment in a recording, and in what replays it. */
const ENV_ID = 'recorded-env';

/** @throws Error if it is no recording */
export function readRecording(json: string): Recording {
  const parsed = v.safeParse(recordingSchema, JSON.parse(json));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Error(`This is no recording of the doctor: ${v.getDotPath(issue)}: ${issue.message}`);
}

export function recordingOf(
  stage: string,
  env: Env,
  at: number,
  findings: readonly { readonly name: string; readonly state: string }[],
  calls: readonly RecordedCall[],
): Recording {
  const kept = {
    CLOUDBASE_ENV_ID: env.CLOUDBASE_ENV_ID ? ENV_ID : '',
    STORE_DRIVER: env.STORE_DRIVER ?? '',
    TENCENTCLOUD_REGION: env.TENCENTCLOUD_REGION ?? '',
  };
  return {
    version: 1,
    at,
    stage,
    env: Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== '')),
    findings: findings.map(({ name, state }) => ({ name, state })),
    calls: [...calls],
  };
}

/** Every value of the account's settings and keys, and what stands for it in a recording. */
export function knownValues(env: Env): KnownValues {
  const names = [
    ...Object.values(settings).map((each) => each.env),
    ...Object.keys(env).filter((name) => /^TENCENTCLOUD_.*(?:ID|KEY|TOKEN)$/.test(name)),
  ];
  const defaults = settingDefaults();
  const values = names
    // The defaults of settings, and short words such as "on", are no secrets.
    .filter((name) => name !== 'CLOUDBASE_ENV_ID')
    .filter((name) => (env[name]?.length ?? 0) >= 8 && defaults.get(name) !== env[name])
    .map((name) => [`value-of-${name}`, env[name]]);
  return { ...Object.fromEntries(values), [ENV_ID]: env.CLOUDBASE_ENV_ID };
}
