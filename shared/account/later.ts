import type { Transaction } from '../store/store.ts';
import type { Message } from '../wechat/message/message.ts';

/** The way to the worker, which runs the handlers of a message after its response. */
export interface Later {
  /** Puts the message into the worker's queue, with whatever else the transaction writes. */
  enqueueIn(tx: Transaction, message: Message): Promise<void>;
  /** Wakes the worker, after the commit; it never fails. */
  kick(): Promise<void>;
}
