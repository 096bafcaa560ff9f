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
import { ownRoot } from '../project/root.ts';
import { checkpointIn } from './checkpoint.ts';
import { compareStores, type Difference } from './compare.ts';
import { copyStore, type Verified, verifyCopy } from './copy.ts';
import type { Digest } from './digest.ts';

const HELP = `Usage: npm run store -- copy --from <store> --to <store> [options]

Makes the documents of one store equal to those of another: cloudbase (CLOUDBASE_ENV_ID and the keys of
Tencent Cloud) or postgres (DATABASE_URL or PGHOST …), provisioned before. What is equal already is only
compared, so run it again after a failure, and once more after the functions have stopped: see
docs/postgresql.md. One that was broken off within a day goes on where it was. At the end every document
of both is read once more, and a digest of each collection compared; exit code 1 if they differ.

  --check          only compare, change nothing: exit code 1 if a document differs
  --remove         also remove documents that the source does not have and that never expire; without it
                   a copy that would do so is refused, because --from and --to may have been exchanged
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
  const { from, to, check, remove, stage, json } = wanted;
  try {
    loadEnvFile(ownRoot, stage);
    const between = {
      from: storeOf(from),
      to: storeOf(to),
      // Each schema knows its own documents; here they are only carried from one store to the other.
      collections: appCollections as readonly Collection<Doc>[],
    };
    if (check) {
      const compared = await compareStores(between);
      const differing = compared.filter((each) => each.created + each.replaced + each.removed > 0);
      if (!json) for (const each of compared) console.log(lineOf(each, 'to be '));
      return conclude(json, { compared }, differing);
    }
    const copied = await copyStore({
      ...between,
      mayRemove: remove,
      checkpoint: checkpointIn(
        path.resolve(ownRoot, `.fuwuhao/copy-${from}-to-${to}.json`),
        identityOf(process.env),
        systemClock.now,
      ),
      onCollection: (report) => json || console.log(lineOf(report, '')),
    });
    const verified = await verifyCopy(between);
    if (!json) for (const each of verified) console.log(digestLine(each));
    return conclude(
      json,
      { copied, verified },
      verified.filter(({ isSame }) => !isSame),
    );
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
      remove: { type: 'boolean', default: false },
      stage: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { from = '', to = '', check, remove, stage, json } = values;
  if (positionals.join(' ') !== 'copy') throw new Error('The one thing to do with stores is copy.');
  for (const name of [from, to]) {
    if (!Object.hasOwn(stores, name)) {
      throw new Error(`--from and --to are each one of ${Object.keys(stores).join(', ')}.`);
    }
  }
  if (from === to) throw new Error('--from and --to are the same store.');
  return { from, to, check, remove, stage, json };
}

function storeOf(name: string): Store {
  const open = stores[name];
  if (!open) throw new Error(`There is no store ${name}.`);
  return open();
}

function conclude(json: boolean, report: object, differing: readonly NamedCollection[]): number {
  const names = differing.map(({ collection }) => collection);
  if (json) console.log(JSON.stringify({ ...report, differing: names }));
  else if (names.length === 0) console.log('Both stores hold the same documents.');
  else console.log(`They differ in ${names.join(', ')}.`);
  return names.length === 0 ? 0 : 1;
}

interface NamedCollection {
  readonly collection: string;
}

function lineOf(
  { collection, documents, created, replaced, removed }: Difference,
  will: string,
): string {
  return `${collection}: ${documents} documents, ${will}created ${created}, ${will}replaced ${replaced}, ${will}removed ${removed}`;
}

function digestLine({ collection, from, to, isSame }: Verified): string {
  const told = ({ documents, sha256 }: Digest) => `${documents} documents, ${sha256.slice(0, 16)}`;
  return isSame
    ? `${collection}: both ${told(from)}`
    : `${collection}: source ${told(from)}, target ${told(to)}`;
}

/** Which stores the settings name, without a secret. */
function identityOf(env: NodeJS.ProcessEnv): string {
  const config = loadConfig(env, serverSettings);
  const { address, schema } = serverFrom(config) ?? {};
  const parts = [env.CLOUDBASE_ENV_ID, address?.host, address?.port, address?.database, schema];
  return parts.join(' ');
}
