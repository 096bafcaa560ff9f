import type { StateTable } from '../kernel/state-table.ts';

export const broadcastStates = [
  'scheduled',
  'preparing',
  'sending',
  'releasing',
  'closing',
  'done',
  'cancelled',
  'stopped',
] as const;
export type BroadcastState = (typeof broadcastStates)[number];

/** Every way in which a broadcast may move on. */
export const moves = {
  /** Its time has come: the worker lays down which followers get it. */
  start: { from: ['scheduled'], to: 'preparing' },
  /** Every follower who gets it stands in a batch. */
  send: { from: ['preparing'], to: 'sending' },
  /** Nothing more is sent; followers whom it did not reach get their place in the month back. */
  abandon: { from: ['preparing', 'sending'], to: 'releasing' },
  /** The worker waits for what WeChat says of the batches. */
  close: { from: ['sending', 'releasing'], to: 'closing' },
  finish: { from: ['closing'], to: 'done' },
  cancel: { from: ['scheduled', 'closing'], to: 'cancelled' },
  stop: { from: ['closing'], to: 'stopped' },
} as const satisfies StateTable<BroadcastState>;
export type BroadcastMove = keyof typeof moves;

export function isOver(state: BroadcastState): boolean {
  return state === 'done' || state === 'cancelled' || state === 'stopped';
}

/** How the worker goes on with a broadcast: at once, or when a rule frees. */
export type NextStep = 'next' | { readonly waitUntil: number };

export const batchStates = [
  /** The worker has not tried it yet. */
  'ready',
  /** The worker has given it to WeChat, whose answer is not known yet. */
  'sending',
  /** WeChat has taken it. */
  'accepted',
  /** WeChat has sent it, to all but the followers that it left out itself. */
  'done',
  /** WeChat took it, and then sent it to nobody. */
  'failed',
  /** WeChat did not take it. */
  'refused',
  /** It was never tried. */
  'left',
  /** It was tried too long ago to find out what became of it: WeChat may have sent it. */
  'unknown',
] as const;
export type BatchState = (typeof batchStates)[number];
