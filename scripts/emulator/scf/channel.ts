/**
 * What the emulator and an instance say to each other over file descriptor 3: one JSON object a
 * line. The instance reads it in blocking calls, as the platform's runtime does, so that between
 * two events its event loop does not turn at all.
 */
export type ToInstance =
  | { readonly kind: 'load'; readonly bundle: string; readonly exportName: string }
  | {
      readonly kind: 'event';
      /** JSON. */
      readonly event: string;
      /** JSON. */
      readonly context: string;
      /** How far the function's time is ahead of the machine's. */
      readonly clockOffsetMs: number;
    };

export type FromInstance =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'no-handler' }
  | { readonly kind: 'load-failed'; readonly fault: string }
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  /** The function has opened a connection from this port, or it has closed. */
  | { readonly kind: 'socket'; readonly port: number; readonly isOpen: boolean }
  | { readonly kind: 'done'; readonly result: string; readonly usage: Usage }
  | { readonly kind: 'failed'; readonly fault: string; readonly usage: Usage }
  | { readonly kind: 'too-large'; readonly usage: Usage };

/** Measured inside the instance. */
export interface Usage {
  readonly ms: number;
  readonly rssBytes: number;
}
