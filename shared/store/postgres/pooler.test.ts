import { afterAll, describe, expect, test } from '@jest/globals';
import { storeContract } from '../../../scripts/testing/store/contract/contract.ts';
import {
  contractCollections,
  order,
  orders,
} from '../../../scripts/testing/store/contract/fixtures.ts';
import { findPooler, type Pooler, startPooler } from '../../../scripts/testing/store/pooler.ts';
import {
  openPostgresFixture,
  type PostgresFixture,
} from '../../../scripts/testing/store/postgres-fixture.ts';
import { testServer } from '../../../scripts/testing/store/postgres-server.ts';
import { addOne } from '../../../scripts/testing/store/store-traps.ts';

const url = await testServer();
const program = findPooler();
let pooler: Pooler | undefined;
afterAll(() => pooler?.close());

(url === undefined || program === undefined ? describe.skip : describe)(
  'the store on PostgreSQL behind a pooler in transaction mode',
  () => {
    let fixture: PostgresFixture;

    /** The tables are made past the pooler. */
    async function open() {
      pooler ??= await startPooler(program ?? '', url ?? '');
      fixture = await openPostgresFixture(url ?? '', contractCollections);
      const { server } = fixture;
      const { port } = pooler;
      const behind = { ...server, address: { ...server.address, port } };
      return { store: fixture.another({ server: behind }), behind, close: fixture.close };
    }

    storeContract(open, 40);

    test('many clients share few connections and their prepared statements', async () => {
      const { behind, close } = await open();
      const clients = Array.from({ length: 6 }, (_, n) =>
        fixture.another({ server: { ...behind, poolSize: 5 + n } }),
      );
      const docs = clients.flatMap((client) =>
        Array.from({ length: 10 }, () => ({ client, doc: order({ total: 0 }) })),
      );

      const totals = await Promise.all(
        docs.map(async ({ client, doc }) => {
          await client.create(orders, doc);
          await addOne(client, doc._id);
          await client.increment(orders, doc, { total: 1 });
          expect(await client.count(orders, { _id: { eq: doc._id } })).toBe(1);
          return (await fixture.store.get(orders, doc._id))?.doc.total;
        }),
      );

      expect(totals).toEqual(docs.map(() => 2));
      await close();
    });
  },
);
