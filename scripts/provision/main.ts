import { parseArgs } from 'node:util';
import { appCollections } from '../../shared/app/collections.ts';
import { loadConfig } from '../../shared/kernel/config.ts';
import { driverFrom } from '../build/sdk-bundle.ts';
import { cloudApiFrom } from '../cloud/api.ts';
import { findDeployed } from '../cloud/deployed-function.ts';
import { keysFrom, loadEnvFile } from '../cloud/keys.ts';
import { recordAct } from '../cloud/record-act.ts';
import { ownRoot } from '../project/root.ts';
import { serviceName } from '../project/service-name.ts';
import { collectionMaker } from './document-api.ts';
import { writeMigration } from './postgres/migration-files.ts';
import { provisionPostgres } from './postgres/provision-postgres.ts';
import type { Step } from './provision.ts';
import { provisionDocuments } from './provision-documents.ts';
import { stepLine, stepMarks } from './step-line.ts';

const HELP = `Usage: npm run provision -- [options]

Creates what the functions need in the CloudBase environment of CLOUDBASE_ENV_ID: the collections,
their indexes, access for the server only, and the rule that no mini-program or web client may call a
function by name. It knows the document database of older environments and the documents of
PostgreSQL (pg_doc), says what cannot be made there and what that costs, and changes nothing that
somebody else made. Run it before the first deploy and after every update. CLOUDBASE_ENV_ID, TENCENTCLOUD_SECRET_ID,
TENCENTCLOUD_SECRET_KEY and TENCENTCLOUD_REGION come from the environment or from .env.

Where STORE_DRIVER is postgres it applies the migrations of scripts/provision/postgres/migrations
instead: to the database of DATABASE_URL (or PGHOST …), or else, through CloudBase, to the
PostgreSQL of the environment.

  --check          only compare: exit code 1 if anything is missing or different
  --enable-documents
                   switch on pg_doc where the environment has PostgreSQL without documents
  --replace        replace rules that somebody else has written; without it both are shown
  --new <name>     write a migration for what the collections need and no migration creates yet
  --stage <name>   read .env.<name> instead of .env, if it exists
  --json           print the steps as JSON
  --help           print this`;

/** The functions work without what is unavailable. */
const GOOD: readonly Step['state'][] = ['there', 'made', 'unavailable'];

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        check: { type: 'boolean', default: false },
        'enable-documents': { type: 'boolean', default: false },
        replace: { type: 'boolean', default: false },
        new: { type: 'string' },
        stage: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    loadEnvFile(ownRoot, values.stage);
    if (values.new !== undefined) {
      const file = writeMigration(values.new, appCollections, new Date());
      console.log(file ?? 'Nothing is missing: no migration was written.');
      return 0;
    }
    const onStep = (step: Step) => values.json || console.log(stepLine(step, 'is missing'));
    if (driverFrom(process.env) === 'postgres') {
      const { check, json } = values;
      const steps = await provisionPostgres({ env: process.env, check, onStep });
      await record(steps, values.stage);
      return report(steps, json);
    }
    const { cloudbaseEnvId } = loadConfig(process.env, ['cloudbaseEnvId']);
    const steps = await provisionDocuments(cloudApiFrom(process.env), cloudbaseEnvId, {
      check: values.check,
      replace: values.replace,
      enableDocuments: values['enable-documents'] && !values.check,
      onStep,
      createCollection: collectionMaker({
        envId: cloudbaseEnvId,
        credentials: keysFrom(process.env),
      }),
      tell: (line) => values.json || console.log(line),
    });
    await record(steps, values.stage);
    return report(steps, values.json);
  } catch (error) {
    console.error(`Provisioning stopped: ${(error as Error).message}`);
    return 1;
  }
}

/** What was made goes into the audit trail, by the worker of the stage, once there is one. */
async function record(steps: readonly Step[], stage = 'dev'): Promise<void> {
  const made = steps.filter(({ state }) => state === 'made').length;
  if (made === 0) return;
  const find = async () => {
    const api = cloudApiFrom(process.env);
    const place = {
      service: serviceName(ownRoot),
      stage,
      envId: process.env.CLOUDBASE_ENV_ID,
    };
    return { api, worker: await findDeployed(api, 'worker', place) };
  };
  await recordAct({ command: 'provision', subject: `${made} made` }, find, console.error);
}

function report(steps: readonly Step[], json: boolean): number {
  if (json) console.log(JSON.stringify(steps));
  else console.log(summaryOf(steps));
  return steps.every(({ state }) => GOOD.includes(state)) ? 0 : 1;
}

function summaryOf(steps: readonly Step[]): string {
  const counts = (Object.keys(stepMarks) as Step['state'][])
    .map((state) => [state, steps.filter((step) => step.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return `${counts.join(', ')}.`;
}
