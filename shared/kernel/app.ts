import type { Clock } from './clock.ts';
import type { ErrorCode } from './errors.ts';
import type { Eventual } from './eventual.ts';
import type { HttpHandler } from './http.ts';
import type { Log } from './log.ts';

/** Something that somebody did, for the audit trail. */
export interface Act {
  /** `operator` (with a name: by the console), `client` and the id of a client of the proxy, or `deployer` and a UIN of CAM. */
  readonly actor: string;
  /** Such as `menu create`. */
  readonly action: string;
  /** The id of what it was done to; never a secret or an openid. */
  readonly subject?: string | undefined;
  readonly outcome: 'ok' | ErrorCode;
  readonly requestId: string | undefined;
}

/** Writes an act into the audit trail. @throws what the store fails with */
export type Audit = (act: Act) => Promise<void>;

/** What an app gives to the adapter that runs its invocations on a platform. */
export interface App {
  readonly clock: Clock;
  readonly log: Log;
  /** The audit trail, where the app has the AppSecret to write it. */
  readonly audit?: Audit | undefined;
  /** Sources of a call that an operator admits beside those that are known to be servers. */
  readonly invokeSources?: readonly string[] | undefined;
  /**
   * Awaited at the end of each invocation, because the platform may freeze the process afterwards.
   * It takes `withinMs` at most, and never fails. `isEnd`: the process ends.
   */
  readonly finish?: (withinMs?: number, isEnd?: boolean) => Eventual<void>;
}

/** What goes on in a process between its requests. */
export interface Background {
  start(): void;
  end(withinMs: number): Promise<void>;
}

/** An app that answers HTTP requests. */
export interface HttpApp extends App {
  readonly handle: HttpHandler;
  /** For a process that is never frozen. */
  readonly background?: Background;
}

/** An app that a timer starts. */
export interface TimerApp<Report> extends App {
  /**
   * Does what is due, until the platform ends the instance at `untilMs`. The platform writes the
   * report into its log, so it holds no token and no openid.
   */
  readonly tick: (signal: AbortSignal, untilMs?: number) => Promise<Report>;
}
