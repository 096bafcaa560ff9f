import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createClock } from '../clock.ts';
import { createEnvironment, type Environment } from '../environment.ts';
import type { Document } from '../values.ts';
import type { Transaction } from './transactions.ts';

const KEYS = ['s:a', 's:b', 's:d'] as const;
const SLOTS = 3;

type State = ReadonlyMap<string, number>;

type Step =
  | { readonly kind: 'begin' | 'commit' | 'abort'; readonly slot: number }
  | { readonly kind: 'write' | 'remove'; readonly slot: number; readonly key: string }
  | { readonly kind: 'direct' | 'directRemove'; readonly key: string };

const slot = fc.nat(SLOTS - 1);
const key = fc.constantFrom(...KEYS);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('begin', 'commit', 'abort'), slot }),
  fc.record({ kind: fc.constantFrom('write', 'write', 'write', 'remove'), slot, key }),
  fc.record({ kind: fc.constantFrom('direct', 'direct', 'directRemove'), key }),
);

/** What a transaction must see, and what it holds. */
interface Model {
  readonly transaction: Transaction;
  state: State;
  readonly begunAt: number;
  readonly written: Map<string, number | undefined>;
}

function createWorld(): Environment {
  const environment = createEnvironment({
    envId: 'env-session',
    stateDir: undefined,
    clock: createClock(() => 0),
    settings: { duplicates: 'request-failed' },
  });
  environment.database.createCollection('c');
  return environment;
}

/** Plays the steps on the store and on a model of snapshot isolation, and compares after each. */
async function play(steps: readonly Step[]) {
  const environment = createWorld();
  let committed: State = new Map();
  const changedAt = new Map<string, number>();
  const open = new Map<number, Model>();
  let time = 0;

  for (const [n, each] of steps.entries()) {
    time += 1;
    if (!('slot' in each)) await direct(each.key, each.kind, n);
    else if (each.kind === 'begin') begin(each.slot);
    else await inTransaction(each, n);
    check();
  }

  function begin(at: number) {
    if (open.has(at)) return;
    const transaction = environment.transactions.begin(environment.database.seq);
    open.set(at, { transaction, state: committed, begunAt: time, written: new Map() });
  }

  async function direct(at: string, kind: 'direct' | 'directRemove', n: number) {
    // A held document would make the write wait, which has its own tests.
    if ([...open.values()].some(({ written }) => written.has(at))) return;
    const value = kind === 'direct' ? n : undefined;
    if (value === undefined && !committed.has(at)) return;
    await environment.session(undefined).write('c', at, () => documentOf(at, value));
    apply(at, value);
  }

  async function inTransaction(each: Extract<Step, { readonly slot: number }>, n: number) {
    const model = open.get(each.slot);
    if (!model) return;
    const { transactions, database } = environment;
    if (each.kind === 'commit') {
      const writes = [...(model.transaction.writes.get('c') ?? [])];
      database.commit(writes.map(([at, document]) => ({ collection: 'c', key: at, document })));
      transactions.end(model.transaction);
      for (const [at, value] of model.written) apply(at, value);
      open.delete(each.slot);
    } else if (each.kind === 'abort') {
      transactions.end(model.transaction);
      open.delete(each.slot);
    } else if (each.kind === 'write' || each.kind === 'remove') {
      await writeInTransaction(each.slot, model, each.key, each.kind === 'write' ? n : undefined);
    }
  }

  async function writeInTransaction(
    at: number,
    model: Model,
    target: string,
    value: number | undefined,
  ) {
    if (value === undefined && !model.state.has(target)) return;
    const isHeld = [...open].some(([other, { written }]) => other !== at && written.has(target));
    const isStale = (changedAt.get(target) ?? 0) > model.begunAt;
    const session = environment.session(model.transaction.id);
    const outcome = await session
      .write('c', target, () => documentOf(target, value))
      .then(
        () => 'written',
        (error: { code: string }) => error.code,
      );

    expect(outcome).toBe(isHeld || isStale ? 'DATABASE_TRANSACTION_CONFLICT' : 'written');
    if (outcome !== 'written') {
      open.delete(at);
      return;
    }
    model.written.set(target, value);
    model.state = changed(model.state, target, value);
  }

  function apply(at: string, value: number | undefined) {
    committed = changed(committed, at, value);
    changedAt.set(at, time);
  }

  function check() {
    expect(seen(environment, undefined)).toEqual(sorted(committed));
    for (const { transaction, state } of open.values()) {
      expect(seen(environment, transaction.id)).toEqual(sorted(state));
    }
  }
}

function documentOf(at: string, value: number | undefined): Document | null {
  return value === undefined ? null : { _id: at.slice(2), value };
}

function changed(state: State, at: string, value: number | undefined): State {
  const next = new Map(state);
  if (value === undefined) next.delete(at);
  else next.set(at, value);
  return next;
}

function sorted(state: State) {
  return [...state].sort();
}

/** By scanning, which must agree with reading by id. */
function seen(environment: Environment, transactionId: string | undefined) {
  const session = environment.session(transactionId);
  const scanned = [...session.scan('c')].map(([at, { value }]) => [at, value] as const).sort();
  for (const at of KEYS) {
    const found = scanned.find(([other]) => other === at)?.[1];
    expect(session.get('c', at)?.value).toBe(found);
  }
  return scanned;
}

describe('transactions', () => {
  test('see their snapshot and conflict exactly when they must, in any order of events', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), play), { numRuns: 500 });
  });

  test('leave no history behind', async () => {
    const environment = createWorld();
    const { database, transactions } = environment;
    const write = (n: number) =>
      environment.session(undefined).write('c', 's:a', () => ({ _id: 'a', n }));
    const transaction = transactions.begin(database.seq);
    for (let n = 0; n < 10; n += 1) await write(n);
    const before = database.collection('c').get('s:a', database.seq - 5);

    transactions.end(transaction);

    expect(before).toEqual({ _id: 'a', n: 4 });
    expect(database.collection('c').get('s:a', database.seq - 5)).toBeUndefined();
    expect(database.collection('c').get('s:a')).toEqual({ _id: 'a', n: 9 });
  });
});
