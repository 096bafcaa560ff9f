import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { type AuditEntry, auditCollection, createAudit } from '../../shared/app/audit.ts';
import { createAuditReader } from '../../shared/app/audit-reader.ts';
import { action, audited } from '../../shared/kernel/action.ts';
import { createLog } from '../../shared/kernel/log.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import { invokable } from '../../shared/scf/invoke.ts';
import { createBinder } from '../../shared/store/binder.ts';
import { createMemoryStore } from '../../shared/store/memory.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { testAccount } from '../testing/test-account.ts';
import { createTally } from './tally.ts';

const tally = createTally('the audit trail');
const binderOf = (secret: string) =>
  createBinder({ appid: testAccount.appid, key: new Secret(secret) });

/** Five acts of an operator, one of which failed, and one that only reads. */
async function withEntries() {
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  const store = createMemoryStore({ now: clock.now });
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const binder = binderOf(testAccount.secret);
  const audit = createAudit({ store, binder, now: clock.now, log });
  const main = invokable(
    {
      change: audited(v.object({ id: v.string() }), async ({ id }) => {
        if (id === 'bad') throw new Error('a bug');
      }),
      look: action(v.unknown(), async () => 1),
    },
    () => ({ clock, log, audit }),
  );
  for (const id of ['a', 'b', 'bad', 'c', 'd']) {
    await main({ action: 'change', payload: { id } }, { request_id: `r-${id}` });
  }
  await main({ action: 'look' }, {});
  const reader = createAuditReader({ store, binder, watched: [] });
  const all = async () =>
    (
      await store.query(auditCollection, {
        filter: 'all',
        order: [{ field: '_id', direction: 'asc' }],
        limit: 100,
      })
    ).map(({ doc }) => doc);
  async function replaceAll(entries: readonly AuditEntry[]) {
    for (const { _id } of await all()) await store.remove(auditCollection, _id);
    for (const entry of entries) await store.create(auditCollection, entry);
  }
  return { store, lines, reader, all, replaceAll, audit };
}

test('who did what stands in it, in order, and nothing else', async () => {
  const { reader } = await withEntries();

  const entries = await reader.list();

  expect(entries.map(({ subject, outcome }) => `${subject} ${outcome}`)).toEqual([
    'd ok',
    'c ok',
    'bad internal',
    'b ok',
    'a ok',
  ]);
  expect(entries[0]).toMatchObject({ actor: 'operator', action: 'change', requestId: 'r-d' });
  expect(await reader.verify()).toMatchObject({ entries: 5, isWhole: true, problems: [] });
});

test('writers at the same time make one chain', async () => {
  const { audit, reader } = await withEntries();
  const act = {
    actor: 'client crm',
    action: 'menu.create',
    outcome: 'ok',
    requestId: 'r',
  } as const;

  await Promise.all(Array.from({ length: 8 }, () => audit(act)));

  expect(await reader.verify()).toMatchObject({ entries: 13, isWhole: true });
});

test('every change by a writer without the AppSecret shows', async () => {
  const { all, replaceAll, reader, lines } = await withEntries();
  const honest = await all();
  const end = JSON.parse(lines.filter((line) => line.includes('"audited"')).at(-1) ?? '') as {
    readonly details: { readonly number: number; readonly hash: string };
  };
  const changes: Partial<AuditEntry>[] = [
    { actor: 'client crm' },
    { action: 'nothing' },
    { subject: 'z' },
    { outcome: 'forbidden' },
    { at: new Date(0) },
    { requestId: 'r' },
    { hash: 'x' },
    { previous: '' },
  ];
  const forged: (readonly AuditEntry[])[] = [
    ...honest.flatMap((entry, at) =>
      changes.map((change) => honest.with(at, { ...entry, ...change })),
    ),
    ...honest.map((_, at) => honest.toSpliced(at, 1)),
    ...honest.slice(1).map((_, at) => swapped(honest, at)),
    honest.map((entry) => ({ ...entry, hash: binderOf('guess').mac('audit', entry._id, entry) })),
    [],
  ];
  const unseen: string[] = [];
  for (const [at, entries] of forged.entries()) {
    if (JSON.stringify(entries) === JSON.stringify(honest)) continue;
    await replaceAll(entries);
    const { isWhole } = await reader.verify(end.details);
    if (isWhole) unseen.push(`forgery ${at}`);
  }
  await replaceAll(honest);

  expect(await reader.verify(end.details)).toMatchObject({ isWhole: true });
  tally.refused(forged.length, unseen);
});

/** Two neighbours whose numbers are exchanged. */
function swapped(entries: readonly AuditEntry[], at: number): readonly AuditEntry[] {
  const [first, second] = [entries[at], entries[at + 1]];
  if (!first || !second) return entries;
  const number = ({ _id, number }: AuditEntry) => ({ _id, number });
  return entries
    .with(at, { ...second, ...number(first) })
    .with(at + 1, { ...first, ...number(second) });
}
