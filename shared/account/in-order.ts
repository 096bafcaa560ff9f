/** Handlers whose messages run one at a time for each follower, in the order in which they were sent. */
const ordered = new WeakSet<object>();

export function inOrder<H extends object>(handler: H): H {
  ordered.add(handler);
  return handler;
}

export function keepsOrder(handler: object): boolean {
  return ordered.has(handler);
}
