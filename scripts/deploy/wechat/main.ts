import { parseArgs } from 'node:util';
import { loadEnvFile } from '../../cloud/keys.ts';
import { installTools } from '../tools.ts';
import { deployToWechat } from './deploy.ts';
import { destinationOf, planLines, planOf } from './plan.ts';

const HELP = `Usage: npm run deploy:wechat [-- function …] [options]

Deploys into WeChat Cloud, where WeChat pushes over its own network and signs nothing. PUSH_DOOR says how:

  cloud-function   all functions, into the environment CLOUDBASE_ENV_ID of a mini-program that is shared
                   with the account, with \`tcb fn deploy\` and the keys of that environment
                   (TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY); the callback gets no address
  container        callback, worker and what operators invoke, as one container, into the service
                   WXCLOUD_SERVICE (default callback) of WeChat Cloud Run, environment WXCLOUD_ENV_ID,
                   with \`wxcloud run:deploy\`; api-proxy, console and metrics stay on SCF or CloudBase

Then it looks where WeChat pushes to, and tells the steps by hand where WeChat does not let it.

  --push <on|off>   set the message push: from now on here, or no longer here
  --dry-run         show what would go where; nothing is built or called
  --prepare         only write the container's folder, dist/wechat-container
  --stage <name>    read .env.<name> instead of .env, if it is there
  --skip-preflight  do not look before whether the deploy can succeed
  --replace-account replace functions of another WeChat account
  --json            print the outcome as JSON; all else goes to stderr
  --help            print this

Exit code: 0 if all is deployed and, with --push, WeChat's settings are as asked. 1 if not: the message
says what is missing. More: docs/homes.md.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const root = process.cwd();
  try {
    const { values, positionals: only } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        push: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        prepare: { type: 'boolean', default: false },
        stage: { type: 'string', default: 'dev' },
        'skip-preflight': { type: 'boolean', default: false },
        'replace-account': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const { push, json, prepare, stage } = values;
    if (push !== undefined && push !== 'on' && push !== 'off') {
      throw new Error(`--push is ${push}; it must be on or off.`);
    }
    loadEnvFile(root, stage);
    const { env } = process;
    const destination = destinationOf(env);
    const isContainer = destination.home === 'wechat-container';
    if (isContainer && only.some((name) => name !== 'callback')) {
      throw new Error(
        'A container is deployed as a whole; api-proxy, console and metrics by npm run deploy or npm run deploy:tcb.',
      );
    }
    if (prepare && !isContainer)
      throw new Error('--prepare is for a container: PUSH_DOOR=container.');
    if (values['dry-run']) {
      const plan = planOf(root, env, destination);
      console.log(json ? JSON.stringify(plan) : planLines(plan).join('\n'));
      return 0;
    }
    if (!isContainer) installTools();
    const deployed = await deployToWechat({
      ...{ root, env, destination, stage, only, onlyPrepares: prepare },
      skipsPreflight: values['skip-preflight'],
      replacesAccount: values['replace-account'],
      ...(push === undefined ? {} : { pushes: push }),
      write: json ? console.error : console.log,
      output: json ? 'stderr' : 'stdout',
    });
    const steps = deployed.steps.map((step, at) => `  ${at + 1}. ${step}`);
    if (steps.length > 0 && !json) console.log(steps.join('\n'));
    if (json) console.log(JSON.stringify(deployed));
    return push !== undefined && steps.length > 0 ? 1 : 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
