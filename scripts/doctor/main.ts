import { parseArgs, styleText } from 'node:util';
import { ownAccount } from '../build/account-plugin.ts';
import { loadEnvFile } from '../cloud/keys.ts';
import { readVariables } from '../project/account.ts';
import { deploymentOf } from './deployment.ts';
import { checks, type Diagnosis, examine } from './doctor.ts';

const HELP = `Usage: npm run doctor -- [options]

Checks from outside whether a deployed account works: settings, variables, keys, clock, collections,
token, callback (called as WeChat calls it), quotas, menu and failed jobs. It changes nothing; the callback
gets one event, fuwuhao_doctor. Each line says ok, warning or failure, the reason, and what to do.
Settings and keys come from the environment or from .env; the address of the callback comes from
Tencent Cloud.

  --url <address>  the address of the callback, if it is behind a domain of your own
  --stage <name>   the stage of the deploy (default dev); reads .env.<name> instead of .env, if it exists
  --json           print the findings as JSON
  --help           print this

Exit code: 0 if no check failed, 1 if one did.

It checks: ${checks.map(({ name }) => name).join(', ')}.`;

const marks = { ok: ['green', '✓'], warning: ['yellow', '!'], failure: ['red', '✗'] } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        url: { type: 'string' },
        stage: { type: 'string', default: 'dev' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const { stage, url, json } = values;
    const root = process.cwd();
    loadEnvFile(root, stage);
    const deployment = deploymentOf({
      env: process.env,
      stage,
      readVariables: () => readVariables(root, ownAccount(root)),
      ...(url ? { url } : {}),
    });
    const all = await examine(deployment, (diagnosis) => json || console.log(lineOf(diagnosis)));
    if (json) console.log(JSON.stringify(all));
    return all.some(({ state }) => state === 'failure') ? 1 : 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

function lineOf({ name, state, why, todo }: Diagnosis): string {
  const [colour, mark] = marks[state];
  return `${styleText(colour, `${mark} ${name}`)}: ${why}${todo ? `\n    → ${todo}` : ''}`;
}
