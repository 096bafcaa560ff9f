import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

const NEEDED = ['WECHAT_APPID', 'WECHAT_APPSECRET', 'WECHAT_TOKEN'];

/** The variables of a real account. @throws Error that says what is missing */
export function readEnvFile(file: string): Record<string, string> {
  const env = parseEnv(readFileSync(file, 'utf8'));
  const missing = NEEDED.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`${file} lacks ${missing.join(', ')}.`);
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
