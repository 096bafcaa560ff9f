import type { Failure } from './failure.ts';

export interface InvokeOptions {
  /** Default `sync`. An async event is accepted at once and retried when it fails. */
  readonly type?: 'sync' | 'async';
  /** The platform's variables for this one call, such as TRIGGER_SRC or WX_OPENID. */
  readonly environ?: Readonly<Record<string, string>>;
  /** Who calls, for records only; default `invoke`. */
  readonly source?: string;
}

interface Measures {
  readonly requestId: string;
  /** Of the handler. */
  readonly ms: number;
  readonly billedMs: number;
  readonly memoryMb: number;
  /** Whether a process had to be started for it. */
  readonly cold: boolean;
  /** How long that took; 0 on a warm instance. */
  readonly initMs: number;
  /** The id of the instance, if one took the event. */
  readonly instance?: string;
}

export type InvokeOutcome =
  | (Measures & { readonly ok: true; readonly result: unknown })
  | (Measures & { readonly ok: false; readonly error: Failure });

/** An invocation that has ended. Attempts of an async event share the request id. */
export interface InvocationRecord {
  readonly function: string;
  readonly source: string;
  /** From 1. */
  readonly attempt: number;
  readonly outcome: InvokeOutcome;
}

export interface LogLine {
  readonly function: string;
  readonly instance: string;
  /** Of the invocation that ran when the line was written. */
  readonly requestId: string;
  /** `platform` lines are those that SCF itself adds. */
  readonly stream: 'stdout' | 'stderr' | 'platform';
  readonly line: string;
}
