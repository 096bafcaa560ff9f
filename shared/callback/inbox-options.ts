import type { RightToSend } from '../account/delivery.ts';
import type { Clock } from '../kernel/clock.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store } from '../store/store.ts';
import type { MessageQueue } from './message-queue.ts';

/** What the inbox asks of the store. */
export type InboxStore = Pick<Store, 'get' | 'query' | 'insert' | 'patchIf' | 'transaction'>;

export interface InboxOptions {
  readonly store: InboxStore;
  readonly clock: Clock;
  readonly queue: MessageQueue;
  readonly right: RightToSend;
  /** How long the record of a message is kept, by which its repeats are known. */
  readonly keptMs: number;
  readonly traceOf: TraceOf;
}

/** The inbox of one process. */
export interface InboxWorld extends InboxOptions {
  /**
   * The holders of claims whose slow handlers go on in this process. It knows that they live, also while
   * the store does not let them extend their claims.
   */
  readonly atWork: Set<string>;
}
