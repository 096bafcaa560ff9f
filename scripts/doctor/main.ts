import { parseArgs, styleText } from 'node:util';
import { loadEnvFile } from '../cloud/keys.ts';
import { checks, type Diagnosis, examine } from './doctor.ts';
import { createDoctorWorld } from './world.ts';

const HELP = `Usage: npm run doctor -- [options]

Looks at everything that has to be right for a deployed account, from outside: settings, keys, clock,
collections, token, callback (as WeChat calls it), quotas, menu, failed jobs. It changes nothing; the
callback sees one event, fuwuhao_doctor. Each line says ok, warning or failure, why, and what to do. Settings and keys come from the environment or
from .env; the address of the callback comes from Tencent Cloud.

  --url <address>  of the callback, for one behind a domain of your own
  --stage <name>   of the deploy (default dev); reads .env.<name> instead of .env, if it is there
  --json           print the findings as JSON
  --help           print this

Exit code: 0 nothing failed, 1 something did.

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
    loadEnvFile(process.cwd(), stage);
    const world = createDoctorWorld({ env: process.env, stage, ...(url ? { url } : {}) });
    const all = await examine(world, (diagnosis) => json || console.log(lineOf(diagnosis)));
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
