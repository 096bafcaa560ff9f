/**
 * An `AbortController` that makes its signal when a handler asks for it: making a signal costs more
 * than reading a message, and few handlers use theirs.
 */
export interface Abort {
  readonly signal: AbortSignal;
  isAborted(): boolean;
  /** Aborts once; later reasons change nothing. */
  abort(reason: unknown): void;
}

export function createAbort(): Abort {
  let controller: AbortController | undefined;
  let aborted: { readonly reason: unknown } | undefined;

  return {
    get signal() {
      if (!controller) {
        controller = new AbortController();
        if (aborted) controller.abort(aborted.reason);
      }
      return controller.signal;
    },
    isAborted: () => aborted !== undefined,
    abort(reason) {
      if (aborted) return;
      aborted = { reason };
      controller?.abort(reason);
    },
  };
}
