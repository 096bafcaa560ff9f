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

/** Every way in which a broadcast may move on; there is no other. */
export const moves = {
  /** Its time has come: who gets it is laid down now. */
  start: { from: ['scheduled'], to: 'preparing' },
  /** Everyone who gets it stands in a batch. */
  send: { from: ['preparing'], to: 'sending' },
  /** Nothing more is sent; who was not sent it gets the place in the month back. */
  abandon: { from: ['preparing', 'sending'], to: 'releasing' },
  /** What WeChat says of the batches is waited for. */
  close: { from: ['sending', 'releasing'], to: 'closing' },
  finish: { from: ['closing'], to: 'done' },
  cancel: { from: ['scheduled', 'closing'], to: 'cancelled' },
  stop: { from: ['closing'], to: 'stopped' },
} as const satisfies Record<
  string,
  { readonly from: readonly BroadcastState[]; readonly to: BroadcastState }
>;
export type Move = keyof typeof moves;

export function isLegal(move: Move, state: BroadcastState): boolean {
  return (moves[move].from as readonly BroadcastState[]).includes(state);
}

export function isOver(state: BroadcastState): boolean {
  return state === 'done' || state === 'cancelled' || state === 'stopped';
}

export const batchStates = [
  /** Not tried yet. */
  'ready',
  /** Given to WeChat, whose answer is not known yet. */
  'sending',
  /** WeChat has taken it. */
  'accepted',
  /** WeChat has sent it, to all but those that it left out itself. */
  'done',
  /** WeChat took it, and then sent it to nobody. */
  'failed',
  /** WeChat did not take it. */
  'refused',
  /** Never tried. */
  'left',
  /** Tried, and too long ago to find out: it may have been sent. */
  'unknown',
] as const;
export type BatchState = (typeof batchStates)[number];
