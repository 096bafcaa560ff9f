import { parseArgs } from 'node:util';
import { Secret } from '../../shared/kernel/secret.ts';
import type { DeployedOptions } from './deployed.ts';
import { type Level, levels } from './pretty.ts';

export const HELP = `Usage: npm run logs -- [options]

Shows what the functions have logged, under npm start or deployed.

  --follow           wait for further lines, and show them
  --function <name>  only the lines of this function
  --level <level>    debug, info, warn or error: hide less severe lines (default debug)
  --last <number>    begin with so many of the latest lines (default 50)
  --state <folder>   the folder of the npm start (default .fuwuhao)
  --raw              show the lines as they are, one JSON object each
  --deployed         show the lines of deployed functions, from Tencent's log service
  --topic <id>       the CLS topic that SCF writes to (or CLS_TOPIC_ID); without one the logs of the
                     CloudBase environment CLOUDBASE_ENV_ID
  --since <minutes>  with --deployed: begin so many minutes ago (default 10)
  --help             print this

Deployed logs need TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY of a user who may read them.`;

export interface LogsOptions {
  readonly follow: boolean;
  readonly function?: string;
  readonly level: Level;
  readonly last: number;
  readonly stateDir: string;
  readonly raw: boolean;
  readonly help: boolean;
  readonly deployed: Omit<DeployedOptions, 'follow'> | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/** @throws Error that says which option or variable is wrong and what it takes. */
export function readOptions(args: readonly string[], env: Env): LogsOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      follow: { type: 'boolean', default: false },
      function: { type: 'string' },
      level: { type: 'string', default: 'debug' },
      last: { type: 'string', default: '50' },
      state: { type: 'string', default: '.fuwuhao' },
      raw: { type: 'boolean', default: false },
      deployed: { type: 'boolean', default: false },
      topic: { type: 'string' },
      since: { type: 'string', default: '10' },
      help: { type: 'boolean', default: false },
    },
  });
  const level = levels.find((known) => known === values.level);
  if (!level) throw new Error(`--level must be one of ${levels.join(', ')}.`);
  const { follow, state: stateDir, raw, help } = values;
  return {
    follow,
    level,
    stateDir,
    raw,
    help,
    last: number('last', values.last),
    ...(values.function === undefined ? {} : { function: values.function }),
    deployed: values.deployed && !help ? readPlace(values, env) : undefined,
  };
}

function readPlace(
  values: { readonly topic?: string; readonly since: string },
  env: Env,
): LogsOptions['deployed'] {
  const topicId = values.topic ?? env.CLS_TOPIC_ID;
  const { CLOUDBASE_ENV_ID: envId, TENCENTCLOUD_SECRET_ID: secretId } = env;
  const { TENCENTCLOUD_SECRET_KEY: secretKey, TENCENTCLOUD_TOKEN: token } = env;
  if (!topicId && !envId)
    throw new Error('Name the place of the logs: with --topic, or in CLOUDBASE_ENV_ID.');
  if (!secretId || !secretKey) {
    throw new Error(
      'Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY: keys that may read the logs.',
    );
  }
  return {
    place: topicId ? { topicId } : { envId: envId ?? '' },
    credentials: {
      secretId,
      secretKey: new Secret(secretKey),
      ...(token ? { sessionToken: new Secret(token) } : {}),
    },
    region: env.TENCENTCLOUD_REGION ?? 'ap-shanghai',
    sinceMs: number('since', values.since) * 60_000,
    url: env.TENCENTCLOUD_API_URL,
  };
}

function number(name: string, text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a number.`);
}
