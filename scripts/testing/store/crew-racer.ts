/**
 * A process that puts people into crews as fast as it can, against others that do the same:
 * `node --import tsx crew-racer.ts <number>` with the server and the prefix of the ids as JSON on
 * stdin. It prints whom it has got.
 */
import { text } from 'node:stream/consumers';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createPostgresStore } from '../../../shared/store/postgres/store.ts';
import { crews } from './contract/fixtures.ts';

const ROUNDS = 60;

const [number = ''] = process.argv.slice(2);
const { prefix, schema, password, ...address } = JSON.parse(await text(process.stdin)) as {
  readonly prefix: string;
  readonly schema: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
};
const store = createPostgresStore({
  server: {
    address: { ...address, password: new Secret(password), tls: undefined },
    schema,
    poolSize: 2,
  },
  clock: systemClock,
});
const id = `${prefix} crew ${number}`;
const won: string[] = [];
let refused = 0;
await store.create(crews, { _id: id, members: [`${prefix} captain ${number}`] });
won.push(`${prefix} captain ${number}`);
for (let round = 0; round < ROUNDS; round += 1) {
  const member = `${prefix} member ${round}`;
  const found = await store.get(crews, id);
  if (!found) throw new Error('The crew is gone.');
  const members = [...found.doc.members, member];
  try {
    const isMine =
      round % 2 === 0
        ? await store.patchIf(crews, id, { members }, found.rev)
        : await store.transaction(async (tx) => {
            await tx.replace(crews, { _id: id, members });
            return true;
          });
    if (isMine) won.push(member);
  } catch (error) {
    const { details } = error as { readonly details?: { readonly reason?: string } };
    if (details?.reason !== 'duplicate') throw error;
    refused += 1;
  }
}
console.log(JSON.stringify({ won, refused }));
process.exit();
