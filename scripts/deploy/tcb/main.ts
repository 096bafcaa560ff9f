import { parseArgs } from 'node:util';
import { keysFrom, loadEnvFile } from '../../cloud/keys.ts';
import { installTools } from '../tools.ts';
import { runTcb } from './cli.ts';
import { withDefaults } from './cloudbaserc.ts';
import { deployByTcb } from './deploy.ts';

const HELP = `Usage: npm run deploy:tcb [-- function …] [options]

Bundles the functions and deploys them into the CloudBase environment of CLOUDBASE_ENV_ID with
\`tcb fn deploy\`, as cloudbaserc.json says: timers, HTTP access paths, variables. Then it compares what
is there with cloudbaserc.json; exit code 0 means that they agree. CLOUDBASE_ENV_ID, the account and
TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY come from the environment or from .env.

  --stage <name>    read .env.<name> instead of .env, if it is there
  --skip-preflight  do not look before whether the deploy can succeed
  --replace-account replace functions of another WeChat account
  --help            print this

\`npm run tcb -- <command>\` reaches everything else that the CLI can do with the same keys, such as
\`npm run tcb -- fn list\` or \`npm run tcb -- fn delete callback\`. More: docs/deploy.md.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const root = process.cwd();
  try {
    if (args[0] === '--') {
      loadEnvFile(root);
      installTools();
      return await runTcb(args.slice(1), keysFrom(process.env), withDefaults(root, process.env));
    }
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        stage: { type: 'string' },
        'skip-preflight': { type: 'boolean', default: false },
        'replace-account': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    loadEnvFile(root, values.stage);
    installTools();
    const write = (line: string) => console.log(line);
    await deployByTcb({
      root,
      env: process.env,
      only: positionals,
      stage: values.stage ?? 'dev',
      skipsPreflight: values['skip-preflight'],
      replacesAccount: values['replace-account'],
      write,
    });
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
