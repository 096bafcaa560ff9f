import path from 'node:path';
import { parseArgs } from 'node:util';
import { appCollections } from '../../shared/app/collections.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { loadConfig } from '../../shared/kernel/config.ts';
import { createCloudbaseStore } from '../../shared/store/cloudbase.ts';
import * as postgresDriver from '../../shared/store/postgres/driver.ts';
import { serverFrom, serverSettings } from '../../shared/store/postgres/server.ts';
import { createPostgresStore } from '../../shared/store/postgres/store.ts';
import * as sdk from '../../shared/store/sdk/node-sdk.ts';
import type { Collection, Doc, Store } from '../../shared/store/store.ts';
import { keysFrom, loadEnvFile } from '../cloud/keys.ts';
import { type CopyReport, copyStore } from './copy.ts';

const HELP = `Usage: npm run store -- copy --from <store> --to <store> [options]

Makes the documents of one store equal to those of another: cloudbase (CLOUDBASE_ENV_ID and the keys of
Tencent Cloud) or postgres (DATABASE_URL or PGHOST …), provisioned before. What is equal already is only
compared, so run it again after a failure, and once more after the functions have stopped: see
docs/postgresql.md. At the end it compares everything once more; exit code 1 if a document differs.

  --check          only compare, change nothing: exit code 1 if a document differs
  --stage <name>   read .env.<name> instead of .env, if it is there
  --json           print the report as JSON
  --help           print this`;

const stores: Readonly<Record<string, () => Store>> = {
  cloudbase() {
    const credentials = keysFrom(process.env);
    // Otherwise the SDK asks a host that only Tencent's own machines can reach before every call.
    process.env.TENCENTCLOUD = 'true';
    return createCloudbaseStore({
      envId: loadConfig(process.env, ['cloudbaseEnvId']).cloudbaseEnvId,
      credentials: () => credentials,
      clock: systemClock,
      driver: () => Promise.resolve(sdk),
      budgetMs: 30_000,
    });
  },
  postgres() {
    return createPostgresStore({
      server: serverFrom(loadConfig(process.env, serverSettings)),
      clock: systemClock,
      driver: () => Promise.resolve(postgresDriver),
      budgetMs: 30_000,
    });
  },
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let wanted: ReturnType<typeof readArguments>;
  try {
    wanted = readArguments(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (!wanted) {
    console.log(HELP);
    return 0;
  }
  const { from, to, check, stage, json } = wanted;
  try {
    loadEnvFile(path.resolve(import.meta.dirname, '../..'), stage);
    const between = {
      from: storeOf(from),
      to: storeOf(to),
      // Each schema knows its own documents; here they are only carried from one store to the other.
      collections: appCollections as readonly Collection<Doc>[],
    };
    const onCollection = (report: CopyReport) => json || console.log(lineOf(report));
    const made = check ? [] : await copyStore({ ...between, check: false, onCollection });
    const left = await copyStore({ ...between, check: true, ...(check ? { onCollection } : {}) });
    const differing = left.filter((each) => each.created + each.replaced + each.removed > 0);
    if (json) console.log(JSON.stringify({ copied: made, differing }));
    else if (differing.length === 0) console.log('Both stores hold the same documents.');
    else console.log(`They differ in ${differing.map(({ collection }) => collection).join(', ')}.`);
    return differing.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`The copy stopped: ${(error as Error).message}`);
    return 1;
  } finally {
    await postgresDriver.disconnect();
  }
}

/** `undefined`: help was asked for. */
function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      check: { type: 'boolean', default: false },
      stage: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { from = '', to = '', check, stage, json } = values;
  if (positionals.join(' ') !== 'copy') throw new Error('The one thing to do with stores is copy.');
  for (const name of [from, to]) {
    if (!Object.hasOwn(stores, name)) {
      throw new Error(`--from and --to are each one of ${Object.keys(stores).join(', ')}.`);
    }
  }
  if (from === to) throw new Error('--from and --to are the same store.');
  return { from, to, check, stage, json };
}

function storeOf(name: string): Store {
  const open = stores[name];
  if (!open) throw new Error(`There is no store ${name}.`);
  return open();
}

function lineOf({ collection, documents, created, replaced, removed }: CopyReport): string {
  return `${collection}: ${documents} documents, ${created} created, ${replaced} replaced, ${removed} removed`;
}
