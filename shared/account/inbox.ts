import { randomUUID } from 'node:crypto';
import { type Clock, sleep } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { mayPass } from '../store/failure.ts';
import { withinTime } from '../store/limit.ts';
import type { Store, Stored } from '../store/store.ts';
import type { Message } from '../wechat/message/message.ts';
import { messageId } from '../wechat/message/message-id.ts';
import { messageText } from '../wechat/message/message-text.ts';
import type { Reply } from '../wechat/reply.ts';
import { type InboxDocument, inboxCollection } from './inbox-document.ts';
import type { Later } from './later.ts';
import {
  ANSWER_WITHIN_MS,
  CLAIM_WITHIN_MS,
  FOLLOW_WITHIN_MS,
  HAND_OVER_WITHIN_MS,
  LEASE_MS,
  UNHANDLED_KEPT_MS,
} from './timing.ts';

/**
 * What this delivery knows of its message: `untouched` nothing yet, `new` it is the first, `taken
 * over` its holder died, `repeat` another delivery has handled it or is at it, `unavailable` the
 * store did not say.
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
   * `false` if the store failed; if that was another delivery's doing, this one is a `repeat`.
   */
  handOver(reply: Reply | undefined): Promise<boolean>;
}

/** Every message is handled once, over all instances and deliveries. */
export interface Inbox {
  /** `pushedAt`: when the push came in, in ms since the epoch. */
  open(message: Message, pushedAt: number, log: Log): Entry;
}

export type InboxStore = Pick<Store, 'get' | 'insert' | 'patchIf' | 'transaction'>;

export interface InboxOptions {
  readonly store: InboxStore;
  readonly clock: Clock;
  readonly later: Later;
  /** How long a repeat is known for one. */
  readonly keptMs: number;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;
/** Also when time is up: what an instance that was held up has done is to be known. */
const SETTLE_AT_LEAST_MS = 300;

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

  const record = (given?: Reply) => ({
    ...done(given),
    removeAt: new Date(clock.now() + keptMs),
  });
  const leftMs = (untilMs: number) => Math.max(0, pushedAt + untilMs - clock.now());

  function own(as: Standing, at: number, begins: boolean): void {
    standing = as;
    rev = at;
    hasBegun = begins;
  }

  function stepBack(found?: InboxDocument): void {
    standing = 'repeat';
    reply = found?.reply === undefined ? undefined : (JSON.parse(found.reply) as Reply);
  }

  function fail(step: string, error: unknown): void {
    standing = 'unavailable';
    isHopeless = !mayPass(error);
    log.error('inbox unavailable', { reason: step, error });
  }

  async function claim(begins: boolean): Promise<void> {
    const doc: InboxDocument = {
      _id: id,
      state: 'claimed',
      ...claimedBy(holder, clock.now(), begins),
      message: messageText(message),
      removeAt: new Date(clock.now() + UNHANDLED_KEPT_MS),
    };
    try {
      const created = await withinTime(clock, CLAIM_WITHIN_MS, () =>
        store.insert(inboxCollection, doc),
      );
      if (created !== undefined) return own('new', created, begins);
    } catch (error) {
      return fail('claim', error);
    }
    await follow(begins);
  }

  /** Another delivery was first: waits until it is done, or for the end of its lease. */
  async function follow(begins: boolean): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const found = await look();
      if (found?.doc.state === 'done') return stepBack(found.doc);
      // The answer to our own taking over was lost.
      if (found?.doc.holder === holder) return own('taken over', found.rev, begins);
      if (found && isOver(found.doc, clock.now()) && (await takeOver(found, begins))) return;
      if (leftMs(FOLLOW_WITHIN_MS) === 0) return stepBack();
      await sleep(clock, Math.min(pauseMs, leftMs(FOLLOW_WITHIN_MS)));
    }
  }

  /** The claim is there, so nothing is lost if it cannot be read just now. */
  async function look(): Promise<Stored<InboxDocument> | undefined> {
    const limitMs = leftMs(FOLLOW_WITHIN_MS);
    try {
      return await withinTime(clock, limitMs, () => store.get(inboxCollection, id));
    } catch (error) {
      log.warn('inbox unavailable', { reason: 'follow', error });
      return undefined;
    }
  }

  /** Whether that settles what this delivery does; else somebody else was quicker, or may have been. */
  async function takeOver({ doc, rev: at }: Stored<InboxDocument>, begins: boolean) {
    const patch = doc.hasBegun ? record() : claimedBy(holder, clock.now(), begins);
    try {
      const isOurs = await withinTime(clock, leftMs(ANSWER_WITHIN_MS), () =>
        store.patchIf(inboxCollection, id, patch, at),
      );
      if (!isOurs) return false;
    } catch (error) {
      log.warn('inbox unavailable', { reason: 'take over', error });
      return false;
    }
    if (doc.hasBegun) {
      log.error('message given up', { reason: 'must not run twice' });
      stepBack();
    } else own('taken over', at + 1, begins);
    return true;
  }

  async function begin(): Promise<void> {
    if (hasBegun || rev === undefined) return;
    try {
      const patch = { hasBegun: true };
      const at = rev;
      const isOurs = await withinTime(clock, CLAIM_WITHIN_MS, () =>
        store.patchIf(inboxCollection, id, patch, at),
      );
      if (isOurs) own(standing, at + 1, true);
      else stepBack();
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
      if (begins) await begin();
    },

    async settle(given) {
      if (standing === 'repeat') return reply;
      // Nothing was done for it, or nothing that may not be done again.
      if (standing === 'untouched' && !given) return undefined;
      for (;;) {
        const limitMs = Math.max(SETTLE_AT_LEAST_MS, leftMs(ANSWER_WITHIN_MS));
        try {
          return await withinTime(clock, limitMs, () => put(given));
        } catch (error) {
          // A claim that stays has the message handled again.
          if (rev !== undefined && leftMs(ANSWER_WITHIN_MS) > LONGEST_PAUSE_MS) {
            await sleep(clock, LONGEST_PAUSE_MS);
            continue;
          }
          fail('settle', error);
          return given;
        }
      }
    },

    async handOver(given) {
      try {
        const found = await withinTime(clock, HAND_OVER_WITHIN_MS, () => move(given));
        if (found) stepBack(found);
        else standing = rev === undefined ? 'new' : standing;
        return true;
      } catch (error) {
        fail('hand over', error);
        return false;
      }
    },
  };
}

function claimedBy(holder: string, now: number, begins: boolean) {
  return {
    holder,
    dueAt: new Date(now + LEASE_MS),
    ...(begins ? { hasBegun: true } : {}),
  } as const;
}

/** What is left of a message that needs nothing more. */
export function done(reply: Reply | undefined) {
  return {
    state: 'done',
    holder: undefined,
    dueAt: undefined,
    hasBegun: undefined,
    message: undefined,
    reply: reply && JSON.stringify(reply),
  } as const;
}

function isOver({ dueAt }: InboxDocument, now: number): boolean {
  return dueAt !== undefined && now >= dueAt.getTime();
}
