import { randomUUID } from 'node:crypto';
import type { Later } from '../account/later.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { withinTime } from '../kernel/time-limit.ts';
import { mayPass } from '../store/failure.ts';
import type { Store } from '../store/store.ts';
import type { Message } from '../wechat/message/message.ts';
import { messageId } from '../wechat/message/message-id.ts';
import { messageText } from '../wechat/message/message-text.ts';
import type { Reply } from '../wechat/reply.ts';
import { claimMessage } from './claim.ts';
import { done, type InboxDocument, inboxCollection, replyOf } from './inbox-document.ts';
import {
  ANSWER_WITHIN_MS,
  CLAIM_WITHIN_MS,
  HAND_OVER_WITHIN_MS,
  HANDED_OVER_WITHIN_MS,
} from './timing.ts';

/**
 * What a delivery knows of its message: `untouched` nothing yet, `new` it is the first, `taken over`
 * the first one died, `repeat` another one has handled it or is at it, `unavailable` the store did
 * not say.
 */
export const standings = ['untouched', 'new', 'taken over', 'repeat', 'unavailable'] as const;
export type Standing = (typeof standings)[number];

/** One delivery of a message, on its way through the inbox. Nothing in it fails. */
export interface Entry {
  readonly standing: Standing;
  /** Of a `repeat`: what the message was answered, as far as is known. */
  readonly reply: Reply | undefined;
  /** The message is ours, and stays in the store until it is settled. */
  readonly isClaimed: boolean;
  /** A handler that must not run twice has begun. */
  readonly hasBegun: boolean;
  /** The store has failed, and in a way that does not pass by itself. */
  readonly isHopeless: boolean;
  /**
   * Makes the message ours, once, before anything is done for it: one write. A repeat waits here
   * for the reply of the first delivery, or takes the message over from one that died.
   */
  claim(options?: { readonly hasBegun?: boolean }): Promise<void>;
  /** Stores what the message was answered: one write. Gives the answer that counts. */
  settle(reply: Reply | undefined): Promise<Reply | undefined>;
  /**
   * Puts the message into the worker's queue and stores what it was answered, both or neither.
   * `false` if the store failed; if another delivery was quicker, this one is now a `repeat`.
   */
  handOver(reply: Reply | undefined): Promise<boolean>;
}

/** Where every message is handled once, over all instances and deliveries. */
export interface Inbox {
  /** `pushedAt`: when the push came in, in ms since the epoch. */
  open(message: Message, pushedAt: number, log: Log): Entry;
}

export type InboxStore = Pick<Store, 'get' | 'insert' | 'patchIf' | 'transaction'>;

export interface InboxOptions {
  readonly store: InboxStore;
  readonly clock: Clock;
  readonly later: Pick<Later, 'enqueueIn'>;
  /** How long a repeat is known for one. */
  readonly keptMs: number;
}

/** Before a reply is stored that could not be. */
const PAUSE_MS = 400;
/** Also when time is up: what an instance that was held up has done is to be known. */
const AT_LEAST_MS = 300;

export function createInbox(options: InboxOptions): Inbox {
  return { open: (message, pushedAt, log) => openEntry(options, message, pushedAt, log) };
}

/**
 * A message is claimed under a lease by creating its document, and done by a write on the revision
 * of the claim. So one delivery gets it, and one that lost its lease can store nothing.
 */
function openEntry(
  { store, clock, later, keptMs }: InboxOptions,
  message: Message,
  pushedAt: number,
  log: Log,
): Entry {
  const id = messageId(message);
  const holder = randomUUID();
  let standing: Standing = 'untouched';
  let reply: Reply | undefined;
  /** Of our own claim. */
  let rev: number | undefined;
  let hasBegun = false;
  let isHopeless = false;
  let claiming: Promise<void> | undefined;

  const leftMs = (withinMs: number) => Math.max(AT_LEAST_MS, pushedAt + withinMs - clock.now());
  const record = (given: Reply | undefined) => ({
    ...done(given),
    removeAt: new Date(clock.now() + keptMs),
  });

  function stepBack(found?: InboxDocument): void {
    standing = 'repeat';
    reply = replyOf(found);
  }

  function fail(step: string, error: unknown): void {
    standing = 'unavailable';
    isHopeless = !mayPass(error);
    log.warn('inbox unavailable', { reason: step, error });
  }

  async function claim(begins: boolean): Promise<void> {
    const wanted = { id, holder, message: messageText(message), hasBegun: begins, pushedAt };
    try {
      const found = await claimMessage({ store, clock, log, keptMs, ...wanted });
      if (found.standing === 'repeat') return stepBack(found.doc);
      ({ standing, rev } = found);
      hasBegun = begins;
    } catch (error) {
      fail('claim', error);
    }
  }

  /** Marks a message that was claimed for something else. */
  async function begin(at: number): Promise<void> {
    try {
      const isOurs = await withinTime(clock, CLAIM_WITHIN_MS, () =>
        store.patchIf(inboxCollection, id, { hasBegun: true }, at),
      );
      if (!isOurs) return stepBack();
      rev = at + 1;
      hasBegun = true;
    } catch (error) {
      fail('begin', error);
    }
  }

  async function put(given: Reply | undefined): Promise<Reply | undefined> {
    if (rev === undefined) {
      const created = await store.insert(inboxCollection, { _id: id, ...record(given) });
      if (created !== undefined) {
        if (standing === 'untouched') standing = 'new';
        return given;
      }
    } else if (await store.patchIf(inboxCollection, id, record(given), rev)) return given;
    const found = await store.get(inboxCollection, id);
    // A claim of ours that we had not heard of.
    if (found?.doc.holder === holder) {
      rev = found.rev;
      return put(given);
    }
    stepBack(found?.doc);
    return reply;
  }

  /** Gives the document of another delivery that was quicker; then nothing is written. */
  function move(given: Reply | undefined): Promise<InboxDocument | undefined> {
    return store.transaction(async (tx) => {
      const known = await tx.get(inboxCollection, id);
      if (known && known.doc.holder !== holder) return known.doc;
      await later.enqueueIn(tx, message);
      const doc = { _id: id, ...record(given) };
      await (known ? tx.replace(inboxCollection, doc) : tx.create(inboxCollection, doc));
      return undefined;
    });
  }

  return {
    get standing() {
      return standing;
    },
    get reply() {
      return reply;
    },
    get isClaimed() {
      return rev !== undefined;
    },
    get hasBegun() {
      return hasBegun;
    },
    get isHopeless() {
      return isHopeless;
    },

    async claim({ hasBegun: begins = false } = {}) {
      claiming ??= claim(begins);
      await claiming;
      if (begins && !hasBegun && rev !== undefined) await begin(rev);
    },

    async settle(given) {
      if (standing === 'repeat') return reply;
      // Nothing was done for it, or nothing that may not be done again.
      if (standing === 'untouched' && !given) return undefined;
      for (;;) {
        try {
          return await withinTime(clock, leftMs(ANSWER_WITHIN_MS), () => put(given));
        } catch (error) {
          // A claim that stays has the message handled again.
          if (rev === undefined || leftMs(ANSWER_WITHIN_MS) <= PAUSE_MS) {
            fail('settle', error);
            return given;
          }
          await sleep(clock, PAUSE_MS);
        }
      }
    },

    async handOver(given) {
      try {
        const limitMs = Math.min(HAND_OVER_WITHIN_MS, leftMs(HANDED_OVER_WITHIN_MS));
        const found = await withinTime(clock, limitMs, () => move(given));
        if (found) stepBack(found);
        else if (rev === undefined) standing = 'new';
        return true;
      } catch (error) {
        fail('hand over', error);
        return false;
      }
    },
  };
}
