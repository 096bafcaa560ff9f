import type { RightToSend } from '../account/delivery.ts';
import type { SlowPlan } from '../account/slow-plan.ts';
import { firstPart } from '../account/slow-words.ts';
import type { Clock } from '../kernel/clock.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store, Transaction } from '../store/store.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { messageId } from '../wechat/message/message-id.ts';
import { type Reply, text } from '../wechat/reply.ts';
import type { FollowerTurn } from './follower-turn.ts';
import { done, type InboxDocument, inboxCollection, repliesOf, replyOf } from './inbox-document.ts';
import type { MessageQueue } from './message-queue.ts';
import { extended, isFree, isSaid, leftToWorker, ready, restId, type Told } from './slow-moves.ts';
import { REST_AFTER_MS, UNHANDLED_KEPT_MS } from './timing.ts';

/** What is written of the follower's sessions with the end of a message. */
export type SettledTurn = Pick<FollowerTurn, 'settleIn' | 'moveIn' | 'leaveIn'>;

/** What the worker is told of a message that has, or has not, its place among those of its follower. */
export function inOrderOf(turn: SettledTurn | undefined): { readonly inOrder?: true } {
  return turn ? { inOrder: true } : {};
}

/** What all slow answers share. */
export interface SlowWorld {
  readonly store: Pick<Store, 'get' | 'transaction'>;
  readonly clock: Clock;
  readonly queue: MessageQueue;
  readonly right: RightToSend;
  readonly traceOf: TraceOf;
  /** The holders whose handlers go on in this process. */
  readonly atWork: Set<string>;
}

/** The response of one delivery, and the place of its message among those of its follower. */
export interface Response {
  /** Whether WeChat still waits for it: asked again and again, since the store takes its time. */
  readonly isHeard: () => boolean;
  readonly turn: SettledTurn | undefined;
  /** Told what the response brings while that is being noted, as often as it is tried. */
  readonly onGiving?: (brought: Brought) => void;
}

/** What a response brings the follower; without a reply, nothing. */
export interface Brought {
  readonly reply: Reply | undefined;
}

/** Why there is no answer yet; with nobody at work the instance that had the message in hand has died. */
export type Waiting = 'at work' | 'nobody at work';

/**
 * The answer of a slow handler, on its way to the follower: the instance that runs the handler, the
 * deliveries that wait for it and the worker meet in the document of the message. Each step is a
 * transaction on it, so that one of them brings the answer, and the others know.
 *
 * Every method throws what the store fails with.
 */
export class SlowAnswer {
  readonly #world: SlowWorld;
  readonly #message: Message;
  /** This delivery, which may have the claim. */
  readonly #holder: string;

  constructor(world: SlowWorld, message: Message, holder: string) {
    this.#world = world;
    this.#message = message;
    this.#holder = holder;
  }

  /** Whether the handler goes on in this process: then nobody here takes the message from it. */
  set isAtWork(isAtWork: boolean) {
    const { atWork } = this.#world;
    if (isAtWork) atWork.add(this.#holder);
    else atWork.delete(this.#holder);
  }

  /** The handler goes on. `false`: the claim is lost, and its result will not count. */
  extend(): Promise<boolean> {
    return this.#transact(async (doc, tx) => {
      if (doc?.state !== 'claimed' || doc.holder !== this.#holder) return false;
      await tx.replace(inboxCollection, extended(doc, this.#holder, this.#now));
      return true;
    });
  }

  /**
   * The worker is to run the handler, unless another instance has the message in hand, or an earlier
   * response has said something.
   */
  async leaveToWorker(
    { rerun }: Pick<SlowPlan, 'rerun'>,
    turn?: SettledTurn,
  ): Promise<Brought | 'in hand'> {
    const { queue } = this.#world;
    const found = await this.#transact(async (doc, tx) => {
      if (doc && doc.holder !== this.#holder && !this.#isFree(doc)) {
        return isSaid(doc) ? { reply: replyOf(doc) } : 'in hand';
      }
      // One that must not run twice fails in the worker, which tells the follower.
      const hasBegun = !rerun && doc?.hasBegun === true;
      const order = inOrderOf(turn);
      await queue.enqueueIn(tx, this.#message, { isFollowed: true, hasBegun, ...order });
      await turn?.moveIn(tx);
      if (doc) await tx.replace(inboxCollection, leftToWorker(doc));
      else await tx.create(inboxCollection, this.#newDocument());
      return 'left';
    });
    if (found !== 'left') return found;
    await queue.wakeWorker();
    return 'in hand';
  }

  /**
   * The handler is done. If this response can bring the first reply, it is given back; else it waits for
   * one that can, or if the last response is over, for the worker or for the follower to ask.
   */
  async finish(
    replies: readonly Reply[],
    plan: SlowPlan,
    { isHeard, turn }: Response,
  ): Promise<Brought> {
    const way = isHeard() && replies.length > 1 ? await this.#way(plan) : undefined;
    return this.#transactAndWake(async (doc, tx) => {
      if (doc?.state !== 'claimed' || doc.holder !== this.#holder) {
        return { reply: doc?.state === 'done' ? replyOf(doc) : undefined };
      }
      const isInTime = isHeard();
      // The next message is not answered before this one, if WeChat is about to ask again.
      const isOver = isInTime || doc.told !== undefined;
      // Without its turn the message is another's by now, or will be when the claim is over.
      if (turn && !(await turn.settleIn(tx, { isOver }))) return { reply: undefined };
      if (doc.told === undefined && isInTime) return this.#give(tx, doc, replies, plan, way);
      if (doc.told !== 'later') {
        await tx.replace(inboxCollection, ready(doc, replies, this.#now));
        return { reply: undefined };
      }
      await this.#world.queue.enqueueAnswerIn(tx, this.#message, { replies });
      await tx.replace(inboxCollection, { ...doc, ...done(replyOf(doc)) });
      return { reply: undefined, isQueued: true };
    });
  }

  /** What a delivery that waits for the answer can give: one read, as long as there is none. */
  async bring(plan: SlowPlan, response: Response): Promise<Brought | Waiting> {
    const doc = await this.#look();
    if (!doc || this.#isFree(doc)) return 'nobody at work';
    if (isSaid(doc)) return { reply: replyOf(doc) };
    if (doc.state === 'claimed' || !response.isHeard()) return 'at work';
    const way = repliesOf(doc).length > 1 ? await this.#way(plan) : undefined;
    return this.#respond(plan, { telling: undefined, way, ...response });
  }

  /** The last delivery brings the answer, or tells the follower how it comes. */
  async tell(plan: SlowPlan, response: Response): Promise<Brought> {
    const way = await this.#way(plan);
    return this.#respond(plan, { telling: way ?? 'never', way, ...response });
  }

  async #look(): Promise<InboxDocument | undefined> {
    return (await this.#world.store.get(inboxCollection, messageId(this.#message)))?.doc;
  }

  #respond(
    plan: SlowPlan,
    {
      telling,
      way,
      isHeard,
      turn,
      onGiving,
    }: Response & {
      readonly telling: Told | 'never' | undefined;
      readonly way: Told | undefined;
    },
  ): Promise<Brought> {
    return this.#transactAndWake(async (doc, tx) => {
      if (doc?.state === 'ready') {
        // The sweep has it sent.
        if (!isHeard()) return { reply: undefined };
        onGiving?.({ reply: partsOf(repliesOf(doc), plan, way).first });
        await turn?.leaveIn(tx);
        return this.#give(tx, doc, repliesOf(doc), plan, way);
      }
      if (doc?.state !== 'claimed' || doc.told !== undefined || !telling) {
        return { reply: replyOf(doc) };
      }
      const { interim, waiting, gaveUp } = plan.words;
      const reply = text({ later: interim, whenAsked: waiting, never: gaveUp }[telling]);
      const told =
        telling === 'never'
          ? { ...doc, ...done(reply) }
          : { ...doc, told: telling, reply: JSON.stringify(reply) };
      await tx.replace(inboxCollection, told);
      return { reply };
    });
  }

  /** Gives the first reply to a response; the rest is sent after it, or is kept to be asked for. */
  async #give(
    tx: Transaction,
    doc: InboxDocument,
    replies: readonly Reply[],
    plan: SlowPlan,
    way: Told | undefined,
  ): Promise<Brought & { readonly isQueued: boolean }> {
    const { first, rest } = partsOf(replies, plan, way);
    const isQueued = rest.length > 0 && way !== 'whenAsked';
    if (isQueued) {
      const notBefore = this.#now + REST_AFTER_MS;
      await this.#world.queue.enqueueAnswerIn(tx, this.#message, { replies: rest, notBefore });
    } else if (rest.length > 0) {
      const kept = { ...doc, _id: restId(doc._id), told: 'whenAsked' as const };
      await tx.create(inboxCollection, ready(kept, rest, this.#now));
    }
    await tx.replace(inboxCollection, { ...doc, ...done(first) });
    return { reply: first, isQueued };
  }

  /** How the follower gets what no response brings; `undefined` if the route has no way for it. */
  async #way({ ways }: SlowPlan): Promise<Told | undefined> {
    if (ways.has('later') && !(await this.#world.right.isMissing())) return 'later';
    return ways.has('whenAsked') ? 'whenAsked' : undefined;
  }

  get #now(): number {
    return this.#world.clock.now();
  }

  #isFree(doc: InboxDocument): boolean {
    return isFree(doc, this.#now) && !this.#world.atWork.has(doc.holder ?? '');
  }

  #newDocument(): InboxDocument {
    const openid = followerOf(this.#message);
    return {
      _id: messageId(this.#message),
      state: 'claimed',
      isSlow: true,
      ...(openid === undefined ? {} : { follower: this.#world.traceOf(openid) }),
      removeAt: new Date(this.#now + UNHANDLED_KEPT_MS),
    };
  }

  #transact<R>(work: (doc: InboxDocument | undefined, tx: Transaction) => Promise<R>): Promise<R> {
    const id = messageId(this.#message);
    return this.#world.store.transaction(async (tx) =>
      work((await tx.get(inboxCollection, id))?.doc, tx),
    );
  }

  async #transactAndWake(
    work: (
      doc: InboxDocument | undefined,
      tx: Transaction,
    ) => Promise<Brought & { readonly isQueued?: boolean }>,
  ): Promise<Brought> {
    const { reply, isQueued } = await this.#transact(work);
    if (isQueued) await this.#world.queue.wakeWorker();
    return { reply };
  }
}

/** What a response brings, and what comes after it: what has to be asked for says so. */
function partsOf(replies: readonly Reply[], { words }: SlowPlan, way: Told | undefined) {
  return firstPart(replies, way === 'whenAsked' ? words : undefined);
}
