import path from 'node:path';
import { parseArgs } from 'node:util';
import { collections } from '../../shared/app/collections.ts';
import { loadConfig } from '../../shared/kernel/config.ts';
import { createCloudApi } from '../cloud/api.ts';
import { DEFAULT_REGION, keysFrom, loadEnvFile } from '../cloud/keys.ts';
import { openDatabase } from './database.ts';
import { provision, type Step } from './provision.ts';

const HELP = `Usage: npm run provision -- [options]

Makes what the functions expect in the CloudBase environment of CLOUDBASE_ENV_ID: the collections,
their indexes (unique ones and those that let documents expire), access for the server only, and the
rule that no mini-program or web client may call a function by name. What is there is left alone, so
run it before the first deploy and after every update. CLOUDBASE_ENV_ID, TENCENTCLOUD_SECRET_ID,
TENCENTCLOUD_SECRET_KEY and TENCENTCLOUD_REGION come from the environment or from .env.

  --check          only compare: exit code 1 if anything is missing or otherwise
  --stage <name>   read .env.<name> instead of .env, if it is there
  --json           print the steps as JSON
  --help           print this`;

const marks = { there: '=', made: '+', missing: '-', conflict: '!' } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        check: { type: 'boolean', default: false },
        stage: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    loadEnvFile(path.resolve(import.meta.dirname, '../..'), values.stage);
    const { cloudbaseEnvId } = loadConfig(process.env, ['cloudbaseEnvId']);
    const region = process.env.TENCENTCLOUD_REGION ?? DEFAULT_REGION;
    const api = createCloudApi(keysFrom(process.env), region);
    const steps = await provision({
      database: await openDatabase(api, cloudbaseEnvId),
      collections,
      check: values.check,
      onStep: (step) => values.json || console.log(lineOf(step)),
    });
    if (values.json) console.log(JSON.stringify(steps));
    else console.log(summaryOf(steps));
    return steps.every(({ state }) => state === 'there' || state === 'made') ? 0 : 1;
  } catch (error) {
    console.error(`Provisioning stopped: ${(error as Error).message}`);
    return 1;
  }
}

function lineOf({ what, state, detail }: Step): string {
  return `${marks[state]} ${what}${detail ? `: ${detail}` : state === 'missing' ? ' is missing' : ''}`;
}

function summaryOf(steps: readonly Step[]): string {
  const counts = (Object.keys(marks) as (keyof typeof marks)[])
    .map((state) => [state, steps.filter((step) => step.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return `${counts.join(', ')}.`;
}
