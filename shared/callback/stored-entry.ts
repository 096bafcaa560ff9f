import { randomUUID } from 'node:crypto';
import { sleep } from '../kernel/clock.ts';
import type { Eventual } from '../kernel/eventual.ts';
import type { Log } from '../kernel/log.ts';
import type { InboxStep } from '../kernel/log-events.ts';
import { withinTime } from '../kernel/time-limit.ts';
import { mayPass } from '../store/failure.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { messageId, serializeMessage } from '../wechat/message/message-id.ts';
import type { Reply } from '../wechat/reply.ts';
import { claimMessage } from './claim.ts';
import { done, type InboxDocument, inboxCollection, replyOf } from './inbox-document.ts';
import type { ClaimingHandler, InboxEntry, Standing } from './inbox-entry.ts';
import type { InboxWorld } from './inbox-options.ts';
import { inOrderOf, type SettledTurn, SlowAnswer } from './slow-answer.ts';
import {
  ANSWER_WITHIN_MS,
  AT_LEAST_MS,
  CLAIM_WITHIN_MS,
  HAND_OVER_WITHIN_MS,
  HANDED_OVER_WITHIN_MS,
  STORE_PAUSE_MS,
} from './timing.ts';

/**
 * A message is claimed under a lease by creating its document, and done by a write on the revision
 * of the claim. So one delivery gets it, and a delivery that lost its lease can store nothing.
 */
export class StoredEntry implements InboxEntry {
  standing: Standing = 'untouched';
  reply: Reply | undefined;
  hasBegun = false;
  isHopeless = false;
  readonly #inbox: InboxWorld;
  readonly #message: Message;
  readonly #pushedAt: number;
  readonly #log: Log;
  /** Tells the claim of this delivery from any other. */
  readonly #holder = randomUUID();
  /** The revision that this delivery's claim made. */
  #rev: number | undefined;
  #claiming: Promise<void> | undefined;
  #isSlow = false;
  #answer: SlowAnswer | undefined;

  constructor(inbox: InboxWorld, message: Message, pushedAt: number, log: Log) {
    this.#inbox = inbox;
    this.#message = message;
    this.#pushedAt = pushedAt;
    this.#log = log;
  }

  /** `undefined` for what WeChat pushes about nobody. */
  get #follower(): string | undefined {
    const openid = followerOf(this.#message);
    return openid === undefined ? undefined : this.#inbox.traceOf(openid);
  }

  get #id(): string {
    return messageId(this.#message);
  }

  get isClaimed(): boolean {
    return this.#rev !== undefined;
  }

  get answer(): SlowAnswer {
    this.#answer ??= new SlowAnswer(this.#inbox, this.#message, this.#holder);
    return this.#answer;
  }

  claim(handler: ClaimingHandler = {}): Eventual<void> {
    if (this.standing !== 'untouched') return this.#mark(handler);
    this.#claiming ??= this.#claim(handler);
    return this.#claiming.then(() => this.#mark(handler));
  }

  settle(given: Reply | undefined, turn?: SettledTurn): Eventual<Reply | undefined> {
    if (this.standing === 'repeat') return this.reply;
    // No handler has acted, or only such as may act again.
    if (this.standing === 'untouched' && !given) return undefined;
    return this.#settle(given, turn);
  }

  async #settle(
    given: Reply | undefined,
    turn: SettledTurn | undefined,
  ): Promise<Reply | undefined> {
    const { clock } = this.#inbox;
    for (;;) {
      try {
        return await withinTime(clock, this.#leftMs(ANSWER_WITHIN_MS), () =>
          turn ? this.#putWith(given, turn) : this.#put(given),
        );
      } catch (error) {
        // A claim that stays would have the message handled again.
        if (this.#rev === undefined || this.#leftMs(ANSWER_WITHIN_MS) <= STORE_PAUSE_MS) {
          this.#fail('settle', error);
          return given;
        }
        await sleep(clock, STORE_PAUSE_MS);
      }
    }
  }

  async handOver(given: Reply | undefined, turn?: SettledTurn): Promise<boolean> {
    try {
      const limitMs = Math.min(HAND_OVER_WITHIN_MS, this.#leftMs(HANDED_OVER_WITHIN_MS));
      const found = await withinTime(this.#inbox.clock, limitMs, () => this.#move(given, turn));
      if (found) this.#stepBack(found);
      else if (this.#rev === undefined) this.standing = 'new';
      return true;
    } catch (error) {
      this.#fail('hand over', error);
      return false;
    }
  }

  async #claim({ hasBegun = false, isSlow = false }: ClaimingHandler): Promise<void> {
    const { store, clock, keptMs, atWork } = this.#inbox;
    try {
      const claim = await claimMessage({
        store,
        clock,
        atWork,
        log: this.#log,
        id: this.#id,
        holder: this.#holder,
        message: serializeMessage(this.#message),
        follower: this.#follower,
        hasBegun,
        isSlow,
        pushedAt: this.#pushedAt,
        keptMs,
      });
      if (claim.standing === 'repeat') return this.#stepBack(claim.doc);
      this.standing = claim.standing;
      this.#rev = claim.rev;
      this.hasBegun = hasBegun;
      // Who took the message over has it as the first delivery claimed it.
      this.#isSlow = isSlow;
    } catch (error) {
      this.#fail('claim', error);
    }
  }

  /** A message that was claimed for one handler may meet another that the inbox has to know of. */
  #mark({ hasBegun = false, isSlow = false }: ClaimingHandler): Eventual<void> {
    const isNews = (hasBegun && !this.hasBegun) || (isSlow && !this.#isSlow);
    if (isNews && this.#rev !== undefined) return this.#note({ hasBegun, isSlow }, this.#rev);
  }

  async #note(handler: Required<ClaimingHandler>, rev: number): Promise<void> {
    const { store, clock } = this.#inbox;
    const hasBegun = handler.hasBegun || this.hasBegun;
    const isSlow = handler.isSlow || this.#isSlow;
    try {
      const isOurs = await withinTime(clock, CLAIM_WITHIN_MS, () =>
        store.patchIf(inboxCollection, this.#id, { hasBegun, isSlow }, rev),
      );
      if (!isOurs) return this.#stepBack();
      this.#rev = rev + 1;
      this.hasBegun = hasBegun;
      this.#isSlow = isSlow;
    } catch (error) {
      this.#fail('begin', error);
    }
  }

  async #put(given: Reply | undefined): Promise<Reply | undefined> {
    const { store } = this.#inbox;
    if (this.#rev === undefined) {
      const created = await store.insert(inboxCollection, this.#document(given));
      if (created !== undefined) {
        if (this.standing === 'untouched') this.standing = 'new';
        return given;
      }
    } else if (await store.patchIf(inboxCollection, this.#id, this.#record(given), this.#rev)) {
      return given;
    }
    const found = await store.get(inboxCollection, this.#id);
    // The store has a claim of this delivery whose confirmation was lost.
    if (found?.doc.holder === this.#holder && found.doc.told === undefined) {
      this.#rev = found.rev;
      return this.#put(given);
    }
    this.#stepBack(found?.doc);
    return this.reply;
  }

  async #putWith(given: Reply | undefined, turn: SettledTurn): Promise<Reply | undefined> {
    const { store } = this.#inbox;
    const { isOurs, found } = await store.transaction(async (tx) => {
      const known = (await tx.get(inboxCollection, this.#id))?.doc;
      const isHeld = known?.holder === this.#holder && known.told === undefined;
      if (!isHeld || !(await turn.settleIn(tx))) return { isOurs: false, found: known };
      await tx.replace(inboxCollection, this.#document(given));
      return { isOurs: true, found: undefined };
    });
    if (isOurs) return given;
    this.#stepBack(found);
    return this.reply;
  }

  /** Gives the document of another delivery that was quicker; then nothing is written. */
  #move(
    given: Reply | undefined,
    turn: SettledTurn | undefined,
  ): Promise<InboxDocument | undefined> {
    const { store, queue } = this.#inbox;
    return store.transaction(async (tx) => {
      const known = await tx.get(inboxCollection, this.#id);
      if (known && known.doc.holder !== this.#holder) return known.doc;
      await queue.enqueueIn(tx, this.#message, inOrderOf(turn));
      await turn?.moveIn(tx);
      const doc = this.#document(given);
      await (known ? tx.replace(inboxCollection, doc) : tx.create(inboxCollection, doc));
      return undefined;
    });
  }

  #document(given: Reply | undefined): InboxDocument {
    return { _id: this.#id, ...this.#record(given) };
  }

  #record(given: Reply | undefined) {
    const { clock, keptMs } = this.#inbox;
    const follower = given && this.#follower;
    return { ...done(given), follower, removeAt: new Date(clock.now() + keptMs) };
  }

  /** The store has to learn what an instance has done that was held up. */
  #leftMs(withinMs: number): number {
    return Math.max(AT_LEAST_MS, this.#pushedAt + withinMs - this.#inbox.clock.now());
  }

  /** Another delivery has the message. */
  #stepBack(found?: InboxDocument): void {
    this.standing = 'repeat';
    this.reply = replyOf(found);
  }

  #fail(step: InboxStep, error: unknown): void {
    this.standing = 'unavailable';
    this.isHopeless = !mayPass(error);
    this.#log.warn('inbox unavailable', { reason: step, error });
  }
}
