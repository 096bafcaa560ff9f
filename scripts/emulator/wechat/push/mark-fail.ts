/** When WeChat gives up on a callback for a while, which its alarms call MarkFail. */
export interface MarkFailRule {
  /** So many messages in a row without a good answer. WeChat does not publish its number. */
  readonly after: number;
  /** For so long nothing is pushed. Default one minute, as documented. */
  readonly blockMs?: number;
}

export interface MarkFail {
  /** Messages in a row without a good answer. */
  readonly failures: number;
  /** Milliseconds since the epoch; in the past, or `undefined`, when pushes go out. */
  readonly blockedUntil?: number;
}

export const MARK_FAIL_BLOCK_MS = 60_000;

export function createMarkFail(rule: MarkFailRule | undefined, now: () => number) {
  let state: MarkFail = { failures: 0 };
  return {
    state: () => state,
    isBlocked: () => (state.blockedUntil ?? 0) > now(),
    note(good: boolean) {
      const failures = good ? 0 : state.failures + 1;
      state =
        rule && failures >= rule.after
          ? { failures: 0, blockedUntil: now() + (rule.blockMs ?? MARK_FAIL_BLOCK_MS) }
          : { failures };
    },
  };
}
