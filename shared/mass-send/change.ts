import { AppError } from '../kernel/errors.ts';
import { isLegal } from '../kernel/state-table.ts';
import type { Store, Transaction } from '../store/store.ts';
import { type Batch, type Broadcast, broadcastCollection } from './broadcast-document.ts';
import { type Gate, gateCollection, openGate, tidied } from './gate.ts';
import { type BroadcastMove, moves } from './states.ts';

const TRIES = 20;

/** @throws AppError `conflict` for a move that the table of states does not have */
export function moved(doc: Broadcast, move: BroadcastMove): Broadcast {
  if (!isLegal(moves[move], doc.state)) {
    throw new AppError('conflict', `The mass send is ${doc.state}; it cannot ${move} now.`, {
      details: { state: doc.state },
    });
  }
  return { ...doc, state: moves[move].to };
}

/** @throws AppError `not_found` */
export async function readBroadcast(store: Pick<Store, 'get'>, id: string) {
  const stored = await store.get(broadcastCollection, id);
  if (stored) return stored;
  throw new AppError('not_found', `There is no mass send ${id}; \`list\` shows those there are.`);
}

/**
 * Changes a broadcast as it is now, by compare-and-set; `undefined` from `change` leaves it as it
 * is. Returns the broadcast as it is then.
 *
 * @throws AppError `not_found`
 */
export async function changeBroadcast(
  store: Store,
  id: string,
  change: (doc: Broadcast) => Broadcast | undefined,
): Promise<Broadcast> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { doc, rev } = await readBroadcast(store, id);
    const next = change(doc);
    if (!next) return doc;
    if (await store.replaceIf(broadcastCollection, next, rev)) return next;
  }
  throw busy();
}

/** Changes one batch of a broadcast in the same way. */
export async function changeBatch(
  store: Store,
  id: string,
  index: number,
  change: (batch: Batch) => Batch | undefined,
): Promise<void> {
  await changeBroadcast(store, id, (doc) => {
    const batch = doc.batches[index];
    const next = batch && change(batch);
    return next && withBatch(doc, index, next);
  });
}

export function withBatch(doc: Broadcast, index: number, batch: Batch): Broadcast {
  return { ...doc, batches: doc.batches.map((each, at) => (at === index ? batch : each)) };
}

export async function readGate(store: Pick<Store, 'get'>, now: number): Promise<Gate> {
  return tidied((await store.get(gateCollection, 'gate'))?.doc ?? openGate, now);
}

/** Changes the gate in the same way; `undefined` from `change` leaves it as it is. */
export async function changeGate(
  store: Store,
  now: number,
  change: (gate: Gate) => Gate | undefined,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await store.get(gateCollection, 'gate');
    const next = change(tidied(stored?.doc ?? openGate, now));
    if (!next) return;
    const isDone = stored
      ? await store.replaceIf(gateCollection, next, stored.rev)
      : await store.create(gateCollection, next);
    if (isDone) return;
  }
  throw busy();
}

/** Lets another broadcast have the time of one of which nothing was sent. */
export function freeSlot(store: Store, now: number, id: string): Promise<void> {
  return changeGate(store, now, (gate) => ({
    ...gate,
    slots: gate.slots.filter((slot) => slot.id !== id),
  }));
}

/** Adds the slot of a broadcast, in the transaction that stores the broadcast. */
export async function takeSlotIn(
  tx: Transaction,
  now: number,
  slot: Gate['slots'][number],
  check: (gate: Gate) => void,
): Promise<void> {
  const stored = await tx.get(gateCollection, 'gate');
  const gate = tidied(stored?.doc ?? openGate, now);
  check(gate);
  const next = { ...gate, slots: [...gate.slots, slot] };
  await (stored ? tx.replace(gateCollection, next) : tx.create(gateCollection, next));
}

function busy(): AppError {
  return new AppError(
    'conflict',
    'Other workers or operators are changing the same mass send; try again.',
  );
}
