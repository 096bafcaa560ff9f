import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { renamedIn } from '../../shared/kernel/config.ts';
import { readText } from '../../shared/kernel/text-bytes.ts';

const NEEDED = ['WECHAT_APPID', 'WECHAT_APPSECRET', 'WECHAT_TOKEN'];

/** Of what `npm start` and the emulators decide: the account, and where WeChat and the database are. */
const DECIDED =
  /^(?:WECHAT_(?:APPID|APPSECRET|TOKEN|MODE|ENCODING_AES_KEY|API_BASE_URL)|CLOUDBASE_ENV_ID)$/;

/** The values for this machine, if the file is there. */
export function readLocalFile(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  return Object.fromEntries(Object.entries(filled(file)).filter(([name]) => !DECIDED.test(name)));
}

/** The variables of a real account. @throws Error that says what is missing */
export function readEnvFile(file: string): Record<string, string> {
  const env = filled(file);
  const missing = NEEDED.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`${file} lacks ${missing.join(', ')}.`);
  return env;
}

/** What is not empty in a file. @throws Error that says what an earlier version called otherwise */
function filled(file: string): Record<string, string> {
  const env = Object.fromEntries(
    Object.entries(parseEnv(readText(file, readFileSync(file)))).flatMap(([name, value]) =>
      value ? [[name, value]] : [],
    ),
  );
  const renamed = renamedIn(env);
  if (renamed.length > 0) throw new Error(`${file}: ${renamed.join(' ')}`);
  return env;
}
