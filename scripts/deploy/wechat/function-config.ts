import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../../../shared/kernel/config.ts';
import { isRecord } from '../../../shared/kernel/record.ts';
import { type SettingName, settings } from '../../../shared/kernel/settings.ts';
import { signedSettings } from '../../project/home.ts';
import { CONFIG_FILE } from '../tcb/cloudbaserc.ts';

/** What only the signed door reads. */
export const SIGNED_ONLY: readonly string[] = settingEnvs(...signedSettings);

export interface FunctionConfigOptions {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the environment has HTTP access, for the functions that are called by HTTP. */
  readonly hasHttpAccess: boolean;
}

/**
 * cloudbaserc.json as a home inside WeChat Cloud needs it: WeChat calls the callback by its name, so
 * that it has no path that anybody could call, nor the settings of signatures. Nothing renews a token
 * that the platform gives. Variables stay placeholders, so that the text holds no secret.
 */
export function functionConfig({ root, env, hasHttpAccess }: FunctionConfigOptions): string {
  const file: unknown = JSON.parse(readFileSync(path.join(root, CONFIG_FILE), 'utf8'));
  if (!isRecord(file) || !Array.isArray(file.functions)) {
    throw new Error(`${CONFIG_FILE} has no functions.`);
  }
  const functions = file.functions.map((each: unknown) => {
    if (!isRecord(each)) return each;
    if (each.name === 'callback') return callbackOf(each);
    if (each.name === 'token-refresh' && !renewsSomething(env)) return { ...each, triggers: [] };
    const { path: _, ...withoutPath } = each;
    return hasHttpAccess ? each : withoutPath;
  });
  return JSON.stringify({ ...file, functions }, null, 2);
}

function callbackOf({ path: _, envVariables, ...rest }: Readonly<Record<string, unknown>>) {
  const kept = Object.entries(Object(envVariables) as object).filter(
    ([name]) => !SIGNED_ONLY.includes(name),
  );
  const own = settingEnvs('pushSources').map((name) => [name, `{{env.${name}}}`]);
  return { ...rest, envVariables: Object.fromEntries([...kept, ...own]) };
}

/** Whether there is a token, or a ticket, that token-refresh would keep. */
function renewsSomething(env: FunctionConfigOptions['env']): boolean {
  const { tokenSource, jsapiTicket } = loadConfig(env, [
    'tokenSource',
    'jsapiTicket',
    'documentKey',
    'appsecret',
  ]);
  return tokenSource === 'document' || (jsapiTicket === 'on' && tokenSource !== 'header');
}

function settingEnvs(...names: readonly SettingName[]): readonly string[] {
  return names.map((name) => settings[name].env);
}
