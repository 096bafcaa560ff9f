import { firstPart, type SlowWords } from '../account/slow-words.ts';
import type { Clock } from '../kernel/clock.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store, Transaction } from '../store/store.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { messageId, serializeMessage } from '../wechat/message/message-id.ts';
import type { Reply } from '../wechat/reply.ts';
import { done, type InboxDocument, inboxCollection, repliesOf, replyOf } from './inbox-document.ts';
import type { Brought, Response } from './slow-answer.ts';
import { isKept, ready, restId } from './slow-moves.ts';
import { DELIVERIES_OVER_MS } from './timing.ts';

/** A follower asks for an answer that is kept. */
export interface Asking {
  /** The id of the answer. */
  readonly id: string;
  readonly words: SlowWords;
}

export interface KeptAnswersOptions {
  readonly store: Pick<Store, 'get' | 'query' | 'transaction'>;
  readonly clock: Clock;
  readonly traceOf: TraceOf;
  /** How long the record of a message is kept, by which its repeats are known. */
  readonly keptMs: number;
}

/** The messages of one follower of the last hour, for which an answer is stored; few have as many. */
const PAGE = 100;

/** The answers that followers are to ask for. Every method throws what the store fails with. */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
  }

  /** The id of an answer for whoever sent the message, one that is there before one still to come. */
  async find(message: Message): Promise<string | undefined> {
    const follower = this.#followerOf(message);
    if (follower === undefined) return undefined;
    const found = await this.#options.store.query(inboxCollection, {
      filter: { follower: { eq: follower } },
      order: [{ field: 'removeAt', direction: 'asc' }],
      limit: PAGE,
    });
    const kept = found
      .map(({ doc }) => doc)
      .filter((doc) => isKept(doc) && doc._id !== messageId(message));
    return (kept.find(({ state }) => state === 'ready') ?? kept[0])?._id;
  }

  /** What an earlier delivery of a message that asks was answered. */
  async given(message: Message): Promise<Reply | undefined> {
    return replyOf((await this.#options.store.get(inboxCollection, messageId(message)))?.doc);
  }

  /**
   * Answers a message that asks with a kept answer, or with the next part of it. Both are written
   * together, so a repeat gets the same. `undefined`: the answer is still to come, or nobody would hear it.
   */
  give(
    message: Message,
    { id, words }: Asking,
    { isHeard, onGiving }: Pick<Response, 'isHeard' | 'onGiving'>,
  ): Promise<Brought | undefined> {
    return this.#options.store.transaction(async (tx) => {
      const asking = await tx.get(inboxCollection, messageId(message));
      if (asking) return { reply: replyOf(asking.doc) };
      const kept = (await tx.get(inboxCollection, id))?.doc;
      if (kept?.state !== 'ready' || !isHeard()) return undefined;
      const { first, rest } = firstPart(repliesOf(kept), words);
      onGiving?.({ reply: first });
      await tx.create(inboxCollection, this.#answered(message, first));
      const left =
        rest.length > 0
          ? ready({ ...kept, told: 'whenAsked' }, rest, this.#now)
          : { ...kept, ...done(undefined) };
      await tx.replace(inboxCollection, left);
      return { reply: first };
    });
  }

  /** What the worker cannot send is kept beside the message that it answers. */
  keep(message: Message, replies: readonly Reply[]): Promise<void> {
    return this.#options.store.transaction(async (tx) => {
      const doc = (await tx.get(inboxCollection, messageId(message)))?.doc;
      if (doc?.state === 'claimed') await close(tx, doc);
      const id = restId(messageId(message));
      const isThere = (await tx.get(inboxCollection, id)) !== undefined;
      const empty = { ...this.#answered(message, undefined), _id: id, told: 'whenAsked' as const };
      const kept = ready(empty, replies, this.#now);
      await (isThere ? tx.replace(inboxCollection, kept) : tx.create(inboxCollection, kept));
    });
  }

  /**
   * The worker has run the handler of a message that deliveries may follow. Gives what it is to send:
   * nothing if one of them can bring the answer, or the follower is to ask for it.
   */
  finish(message: Message, replies: readonly Reply[]): Promise<readonly Reply[]> {
    return this.#options.store.transaction(async (tx) => {
      const doc = (await tx.get(inboxCollection, messageId(message)))?.doc;
      if (!doc) return replies;
      const isBrought =
        doc.told === undefined && this.#now < message.createdAt + DELIVERIES_OVER_MS;
      if (doc.state === 'claimed' && doc.told !== 'whenAsked' && !isBrought) return replies;
      if (doc.state === 'claimed') {
        // The sweep needs the message, should no delivery bring the answer.
        const found = { ...doc, message: serializeMessage(message) };
        await tx.replace(inboxCollection, ready(found, replies, this.#now));
      }
      return [];
    });
  }

  /** The worker has sent the answer, so that the follower need not ask for it. */
  sent(message: Message): Promise<void> {
    return this.#options.store.transaction(async (tx) => {
      const doc = (await tx.get(inboxCollection, messageId(message)))?.doc;
      if (doc?.state === 'claimed') await close(tx, doc);
    });
  }

  #answered(message: Message, reply: Reply | undefined): InboxDocument {
    const follower = this.#followerOf(message);
    return {
      _id: messageId(message),
      ...done(reply),
      ...(follower === undefined ? {} : { follower }),
      removeAt: new Date(this.#now + this.#options.keptMs),
    };
  }

  #followerOf(message: Message): string | undefined {
    const openid = followerOf(message);
    return openid === undefined ? undefined : this.#options.traceOf(openid);
  }

  get #now(): number {
    return this.#options.clock.now();
  }
}

/** Nothing is to come any more; a repeat gets what the last response said. */
function close(tx: Transaction, doc: InboxDocument): Promise<void> {
  return tx.replace(inboxCollection, { ...doc, ...done(replyOf(doc)) });
}
