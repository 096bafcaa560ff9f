import type { Store } from '../store/store.ts';
import { broadcastCollection } from './broadcast-document.ts';
import {
  type BatchState,
  type BroadcastState,
  batchStates,
  broadcastStates,
  isOver,
} from './states.ts';

/** One is under way at a time; the others wait for their hour. */
const MAX_UNDER_WAY = 20;

/** Broadcasts that are not over yet, and their batches, by state. */
export interface MassSendProgress {
  readonly broadcasts: Readonly<Partial<Record<BroadcastState, number>>>;
  readonly batches: Readonly<Partial<Record<BatchState, number>>>;
}

/** Reads how far mass sends are. One query. */
export async function readProgress(store: Pick<Store, 'query'>): Promise<MassSendProgress> {
  const states = broadcastStates.filter((state) => !isOver(state));
  const found = await store.query(broadcastCollection, {
    filter: { state: { in: states } },
    order: [{ field: 'createdAt', direction: 'desc' }],
    limit: MAX_UNDER_WAY,
  });
  const batches = found.flatMap(({ doc }) => doc.batches);
  return {
    broadcasts: counted(
      states,
      found.map(({ doc }) => doc.state),
    ),
    batches: counted(
      batchStates,
      batches.map(({ state }) => state),
    ),
  };
}

function counted<S extends string>(states: readonly S[], found: readonly S[]): Record<S, number> {
  const counts = states.map((state) => [state, found.filter((each) => each === state).length]);
  return Object.fromEntries(counts) as Record<S, number>;
}
