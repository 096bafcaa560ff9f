import { systemClock } from '../../../shared/kernel/clock.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createCloudbaseStore } from '../../../shared/store/cloudbase.ts';
import type { CloudbaseEmulator } from '../../emulator/cloudbase/index.ts';
import { decodeValue } from '../../emulator/cloudbase/protocol/codec-ejson.ts';
import { encodeRelaxed } from '../../emulator/cloudbase/protocol/codec-relaxed.ts';
import type { ShownDatabase, ShownDocument } from '../../emulator/simulator/shown-database.ts';
import type { LocalEnvironment } from '../local-account.ts';
import type { LocalDatabase, StoredDocument } from './local-database.ts';

const READS = /^database\.(get|query|count|calculate)/;
const WRITES = /^database\.(add|insert|update|modify|delete|remove)/;
/** CloudBase ends a transaction that is older. */
const TRANSACTION_MS = 30_000;

/** The documents of the emulated CloudBase environment. */
export function cloudbaseDatabase(
  { control, url }: CloudbaseEmulator,
  { envId, secretId, secretKey }: LocalEnvironment,
): LocalDatabase {
  const { stats, faults, clock } = control;
  let cleared = 0;
  const list = () => faults.list().reduce((sum, { hits }) => sum + hits, 0);

  return {
    kind: 'cloudbase',
    driver: 'node-sdk',
    env: {},
    shown: shownOf(control, envId),
    faults: {
      add({ rate, seed, collection }) {
        const lost = [
          { kind: 'reset', when: 'before' },
          { kind: 'reset', when: 'after' },
        ] as const;
        const answers = [
          { kind: 'http', status: 502 },
          { kind: 'error', code: 'SYS_ERR' },
        ] as const;
        const kinds = collection === undefined ? [...lost, ...answers] : lost;
        for (const [index, kind] of kinds.entries()) {
          // The later kinds are only asked when the earlier ones let the request pass.
          const share = rate / kinds.length / (1 - (rate * index) / kinds.length);
          const where = collection === undefined ? {} : { collection };
          faults.add({ ...kind, ...where, rate: share, seed: seed * kinds.length + index + 1 });
        }
      },
      holdBackTransaction(ms) {
        const action = 'database.startTransaction';
        faults.add({ kind: 'delay', when: 'before', ms, action, times: 1 });
      },
      hits: () => cleared + list(),
      clear() {
        cleared += list();
        faults.clear();
      },
    },
    requests: () => stats.snapshot().requests,
    requestsByKind: () => stats.snapshot().byAction,
    tally(collections) {
      const { byAction, byCollection } = stats.snapshot();
      const asked = collections.flatMap((name) => Object.entries(byCollection[name] ?? {}));
      const count = (pattern: RegExp) =>
        asked.reduce((sum, [action, n]) => sum + (pattern.test(action) ? n : 0), 0);
      return {
        reads: count(READS),
        writes: count(WRITES),
        transactions: byAction['database.startTransaction'] ?? 0,
      };
    },
    conflicts: () => stats.snapshot().conflicts,
    instance: () =>
      createCloudbaseStore({
        envId,
        credentials: () => ({ secretId, secretKey: new Secret(secretKey) }),
        serviceUrl: url,
        clock: systemClock,
        // Most emulations have no use for it, and the SDK takes as long to load as all the rest of them.
        driver: () => import('../../../shared/store/sdk/node-sdk.ts'),
      }),
    async documents(collection, equals = {}) {
      const { documents } = control.documents(envId, collection, { filter: equals });
      return documents as unknown as readonly StoredDocument[];
    },
    async count(collection, equals = {}) {
      return control.documents(envId, collection, { filter: equals, limit: 1 }).total;
    },
    async put(collection, document) {
      await control.putDocument(envId, collection, document as never);
    },
    async clear(collection) {
      control.clearCollection(envId, collection);
    },
    everything: async () => JSON.stringify(control.export(envId)),
    endTransactions() {
      clock.advance(TRANSACTION_MS);
      clock.advance(-TRANSACTION_MS);
    },
    // The emulator belongs to whoever has started it.
    close: async () => {},
  };
}

function shownOf(control: CloudbaseEmulator['control'], envId: string): ShownDatabase {
  /** What was changed here is no request of the functions. */
  let changes = 0;
  const isThere = (name: string) => control.collections(envId).some((each) => each.name === name);
  return {
    collections: async () =>
      control.collections(envId).map(({ name, documents }) => ({ name, documents })),
    version: async () => control.stats.snapshot().requests + changes,
    async find(collection, { limit, skip: offset = 0, equals: filter = {}, text = '' }) {
      if (!isThere(collection)) return { total: 0, documents: [] };
      const order = [['createdAt', -1]] as const;
      // The database itself looks into no document as a whole.
      const page = text === '' ? { limit, offset } : {};
      const { total, documents } = control.documents(envId, collection, { order, filter, ...page });
      const shown = documents.map((document) => encodeRelaxed(document) as ShownDocument);
      if (text === '') return { total, documents: shown };
      const found = shown.filter((document) => holdsText(document, text));
      return { total: found.length, documents: found.slice(offset, offset + limit) };
    },
    async document(collection, id) {
      const found = control.document(envId, collection, id);
      return found && (encodeRelaxed(found) as ShownDocument);
    },
    async put(collection, document) {
      changes += 1;
      const value = decodeValue(document, control.clock.now());
      return encodeRelaxed(await control.putDocument(envId, collection, value)) as ShownDocument;
    },
    create: async (name) => control.createCollection(envId, { name }),
    remove(collection, id) {
      changes += 1;
      return control.deleteDocument(envId, collection, id);
    },
  };
}

function holdsText(document: ShownDocument, text: string): boolean {
  return JSON.stringify(document).toLowerCase().includes(text.toLowerCase());
}
