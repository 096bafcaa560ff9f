import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import cloudbase from '@cloudbase/node-sdk';
import { loadConfig } from '../../shared/kernel/config.ts';
import { credentialsFrom } from '../../shared/store/credentials.ts';
import { provision } from './provision.ts';

const HELP = `Usage: npm run provision -- [options]

Makes the collections in the CloudBase environment of CLOUDBASE_ENV_ID, and says which access rules
and indexes are left to set in its console. Run it before the first deploy and after an update; what
is there is left alone. CLOUDBASE_ENV_ID, TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY come from
the environment or from .env.

  --json  print the result as JSON
  --help  print this`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const file = path.resolve(import.meta.dirname, '../../.env');
    if (existsSync(file)) process.loadEnvFile(file);
    const report = await provision(openDatabase(), (line) => console.error(line));
    if (values.json) console.log(JSON.stringify(report));
    else console.log(['', 'To be set in the console:', ...report.byHand].join('\n  '));
    return 0;
  } catch (error) {
    console.error(`Provisioning stopped: ${(error as Error).message}`);
    return 1;
  }
}

function openDatabase() {
  const { cloudbaseEnvId: env } = loadConfig(process.env, ['cloudbaseEnvId']);
  const credentials = credentialsFrom(process.env);
  if (!credentials) {
    throw new Error('TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY are missing.');
  }
  // Otherwise the SDK asks a host that only Tencent's own machines can reach before every call.
  process.env.TENCENTCLOUD = 'true';
  const { secretId, secretKey, sessionToken } = credentials;
  return cloudbase
    .init({
      env,
      secretId,
      secretKey: secretKey.reveal(),
      ...(sessionToken ? { sessionToken: sessionToken.reveal() } : {}),
    })
    .database();
}
