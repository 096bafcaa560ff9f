import { AppError } from '../kernel/errors.ts';
import { isLegal } from '../kernel/state-table.ts';
import type { Store, Transaction } from '../store/store.ts';
import { type Broadcast, broadcastCollection, type Gate, gateCollection } from './collections.ts';
import { openGate, tidied } from './gate.ts';
import { type BroadcastMove, moves } from './states.ts';

const TRIES = 20;

/** @throws AppError `conflict` for a move that the table does not have */
export function moved(doc: Broadcast, move: BroadcastMove): Broadcast {
  if (!isLegal(moves[move], doc.state)) {
    throw new AppError('conflict', `The mass send is ${doc.state}; it cannot ${move} now.`, {
      details: { state: doc.state },
    });
  }
  return { ...doc, state: moves[move].to };
}

/**
 * Changes a broadcast as it is now, by compare-and-set; `undefined` from `change` leaves it. Gives
 * what it is then.
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

/** @throws AppError `not_found` */
export async function readBroadcast(store: Pick<Store, 'get'>, id: string) {
  const stored = await store.get(broadcastCollection, id);
  if (stored) return stored;
  throw new AppError('not_found', `There is no mass send ${id}; \`list\` shows those there are.`);
}

/** Changes the gate in the same way; `undefined` leaves it. */
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

export async function readGate(store: Pick<Store, 'get'>, now: number): Promise<Gate> {
  return tidied((await store.get(gateCollection, 'gate'))?.doc ?? openGate, now);
}

export async function writeGateIn(tx: Transaction, change: (gate: Gate) => Gate, now: number) {
  const stored = await tx.get(gateCollection, 'gate');
  const next = change(tidied(stored?.doc ?? openGate, now));
  await (stored ? tx.replace(gateCollection, next) : tx.create(gateCollection, next));
}

function busy(): AppError {
  return new AppError('conflict', 'Others are changing the same mass send; try again.');
}
