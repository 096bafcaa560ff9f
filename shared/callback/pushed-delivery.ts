import { randomUUID } from 'node:crypto';
import type { Delivery, DocumentReader, RightToSend } from '../account/delivery.ts';
import type { SessionDrafts } from '../account/session-drafts.ts';
import type { SlowPlan } from '../account/slow-plan.ts';
import type { SlowWords } from '../account/slow-words.ts';
import { Abort } from '../kernel/abort.ts';
import { sleep } from '../kernel/clock.ts';
import type { AppError } from '../kernel/errors.ts';
import { type Eventual, whenDone } from '../kernel/eventual.ts';
import { mayPass } from '../store/failure.ts';
import type { Message } from '../wechat/message/message.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import type { FollowerTurn } from './follower-turn.ts';
import type { ClaimingHandler, InboxEntry } from './inbox-entry.ts';
import type { Asking } from './kept-answers.ts';
import { notHandled, type Obstacle } from './obstacle.ts';
import {
  ANSWER_WITHIN_MS,
  DELIVERIES_OVER_MS,
  HANDLE_WITHIN_MS,
  HUNG_UP_MS,
  MAY_HANG_UP_MS,
  REPEAT_AFTER_MS,
  STORE_PAUSE_MS,
  TELL_AFTER_MS,
  TELL_BY_MS,
  TURN_WITHIN_MS,
} from './timing.ts';

/** One delivery of a message, by a push to this instance: claims the message when a route acts. */
export class PushedDelivery implements Delivery {
  readonly message: Message;
  readonly options: DeliveryOptions;
  readonly entry: InboxEntry;
  /** Ends the chain of handlers. */
  readonly abort = new Abort();
  #isDeferred = false;
  #isUnrecorded = false;
  #turn: FollowerTurn | undefined;
  #opened: FollowerTurn | undefined;
  #turning: Promise<SessionDrafts> | undefined;
  #obstacle: Obstacle | undefined;
  #plan: SlowPlan | undefined;
  #asking: Asking | undefined;
  #finding: Promise<Asking | undefined> | undefined;

  constructor(message: Message, options: DeliveryOptions) {
    this.message = message;
    this.options = options;
    this.entry = options.inbox.open(message, options.pushedAt, options.log);
  }

  get isDeferred(): boolean {
    return this.#isDeferred;
  }

  /** The place of the message among those of its follower, if it uses sessions. */
  get turn(): FollowerTurn | undefined {
    return this.#turn;
  }

  /** The turn that the message has, and must end with it. */
  get heldTurn(): FollowerTurn | undefined {
    return this.#turn?.sessions && this.#turn;
  }

  get sessions(): SessionDrafts | undefined {
    return this.#turn?.sessions;
  }

  get obstacle(): Obstacle | undefined {
    return this.#obstacle;
  }

  /** Of a slow handler. */
  get plan(): SlowPlan | undefined {
    return this.#plan;
  }

  /** What the follower asks for, if the message asks for a kept answer, and one is kept. */
  get asking(): Asking | undefined {
    return this.#asking;
  }

  /** When the time for handlers is over, in ms since the epoch. */
  get untilMs(): number {
    return this.options.pushedAt + HANDLE_WITHIN_MS;
  }

  /**
   * Until when an answer in this response is heard. One that an instance got late, or works at slowly,
   * reaches nobody: WeChat has hung up. Then the next delivery brings it, unless it is the last one, or
   * cannot reach the store.
   */
  get heardUntil(): number {
    const { pushedAt, sentAt } = this.options;
    const hungUpAt = this.#hasOwnTime
      ? sentAt + MAY_HANG_UP_MS
      : Math.max(sentAt + HUNG_UP_MS, this.message.createdAt + DELIVERIES_OVER_MS);
    return Math.min(pushedAt + ANSWER_WITHIN_MS, hungUpAt);
  }

  /**
   * When the last delivery says that the answer is still to come. An instance that was still starting got it
   * late; how late, nobody knows, for WeChat writes the time on it in whole seconds.
   */
  get tellBy(): number {
    const { pushedAt, sentAt } = this.options;
    const tellBy = pushedAt + TELL_AFTER_MS;
    return this.#hasOwnTime ? Math.min(tellBy, sentAt + TELL_BY_MS) : tellBy;
  }

  /** Should repeats carry the time of the first delivery, that is no measure of when they were sent. */
  get #hasOwnTime(): boolean {
    return this.options.sentAt - this.message.createdAt >= REPEAT_AFTER_MS;
  }

  get isHeard(): boolean {
    return this.options.clock.now() < this.heardUntil;
  }

  /** WeChat delivers the message again if it gets no answer, and the store may be back by then. */
  get mayComeAgain(): boolean {
    return this.options.comesAgain && !this.entry.isHopeless;
  }

  get right(): RightToSend {
    return this.options.inbox.right;
  }

  get documents(): DocumentReader | undefined {
    return this.options.documents;
  }

  get isRepeat(): boolean {
    return this.options.isRepeat;
  }

  /**
   * Nothing is answered without the store: it knows nothing of the message, or not what the handlers
   * have changed in the sessions with the answer.
   */
  get mustWait(): boolean {
    const { standing, isClaimed } = this.entry;
    if (standing !== 'unavailable') return false;
    return this.heldTurn !== undefined || (!isClaimed && this.options.withoutStore === 'wait');
  }

  /** A handler that is done without a claim leaves nothing to store. */
  get isUnrecorded(): boolean {
    return this.#isUnrecorded && this.entry.standing === 'untouched';
  }

  claim(): Eventual<void> {
    return this.#claim({});
  }

  leaveUnrecorded(): void {
    this.#isUnrecorded = true;
  }

  beginOnce(): Eventual<void> {
    return this.#claim({ hasBegun: true });
  }

  beginSlow(plan: SlowPlan, { inOrder } = { inOrder: false }): Eventual<'here' | 'worker'> {
    this.#plan = plan;
    if (inOrder) this.#openTurn();
    if (!this.waitsForRepeats(plan)) {
      this.#isDeferred = true;
      return 'worker';
    }
    // It has begun only when its turn has come.
    const turning = inOrder ? this.takeTurn() : undefined;
    const claiming = whenDone(turning, () => this.#claim({ hasBegun: !plan.rerun, isSlow: true }));
    return whenDone(claiming, () => 'here');
  }

  /** WeChat asks again, and this delivery may wait for that without an answer. */
  waitsForRepeats({ ways }: SlowPlan): boolean {
    return this.options.goesOn && this.options.comesAgain && ways.has('whileAskedAgain');
  }

  async askForAnswer(words: SlowWords): Promise<boolean> {
    // A router inside another asks once more.
    this.#finding ??= this.#find(words);
    this.#asking = await this.#finding;
    return this.#asking !== undefined;
  }

  async #find(words: SlowWords): Promise<Asking | undefined> {
    const { log, inbox } = this.options;
    try {
      // An earlier delivery may have taken the answer: then the record of this message has it.
      const isGiven = this.isRepeat && (await inbox.kept.given(this.message)) !== undefined;
      const id = isGiven ? '' : await inbox.kept.find(this.message);
      return id === undefined ? undefined : { id, words };
    } catch (error) {
      log.warn('kept answers unknown', { error });
      return undefined;
    }
  }

  defer({ inOrder } = { inOrder: false }): void {
    this.#isDeferred = true;
    if (inOrder) this.#openTurn();
  }

  async remembers(session: string): Promise<boolean> {
    if (this.sessions) return true;
    return this.#inLine(() => this.#ownTurn.remembers(session));
  }

  takeTurn(): Promise<SessionDrafts> {
    this.#turning ??= this.#takeTurn();
    return this.#turning;
  }

  /**
   * The place in the line is taken before the message is claimed, so that one whose instance dies in
   * between has it still when WeChat brings the message again.
   */
  async #takeTurn(): Promise<SessionDrafts> {
    const { entry, isRepeat } = this;
    const turn = this.#openTurn();
    const mayBeDone = isRepeat || entry.isClaimed;
    if (!mayBeDone) await this.#inLine(() => this.#enter(turn));
    if (this.abort.isAborted) this.abort.signal.throwIfAborted();
    try {
      await this.#claim({ isSlow: this.#plan !== undefined }, true);
    } catch (error) {
      if (this.#obstacle === 'repeat' && turn.isNew) await this.#inLine(() => turn.leave());
      throw error;
    }
    if (!turn.sessions) await this.#inLine(() => this.#awaitTurn(turn));
    if (!turn.sessions) throw this.#stop('turn');
    return turn.sessions;
  }

  /** Without a place in the line, the next message of the follower would be handled before this one. */
  async #enter(turn: FollowerTurn): Promise<void> {
    const { clock, pushedAt } = this.options;
    for (;;) {
      try {
        await turn.enter(false);
        return;
      } catch (error) {
        const isLastTry = clock.now() + STORE_PAUSE_MS > pushedAt + TURN_WITHIN_MS;
        if (isLastTry || this.abort.isAborted || !mayPass(error)) throw error;
      }
      await sleep(clock, STORE_PAUSE_MS);
    }
  }

  async #awaitTurn(turn: FollowerTurn): Promise<void> {
    const { clock, log, pushedAt } = this.options;
    const since = clock.now();
    const reason = (await turn.wait(pushedAt + TURN_WITHIN_MS)) ? 'taken' : 'left to the worker';
    log.info('turn awaited', { reason, ms: clock.now() - since });
  }

  /** From now on the message has a place among those of its follower. */
  #openTurn(): FollowerTurn {
    this.#turn = this.#ownTurn;
    return this.#turn;
  }

  get #ownTurn(): FollowerTurn {
    const { log, openTurn } = this.options;
    const { message } = this;
    this.#opened ??= openTurn({
      ...{ message, log, signal: this.abort.signal },
      holder: randomUUID(),
      by: 'callback',
    });
    return this.#opened;
  }

  /** @throws AppError if the store fails: no handler may run without the sessions */
  async #inLine<R>(step: () => Promise<R>): Promise<R> {
    try {
      return await step();
    } catch (error) {
      if (this.abort.isAborted) throw error;
      this.options.log.warn('inbox unavailable', { reason: 'take turn', error });
      throw this.#stop('unavailable');
    }
  }

  /** After an abort the chain ends, whatever its handlers make of the error. */
  #stop(obstacle: Obstacle): AppError {
    this.#obstacle ??= obstacle;
    const error = notHandled(this.#obstacle);
    this.abort.abort(error);
    return error;
  }

  /** @throws AppError if this delivery may do nothing for the message now */
  #claim(handler: ClaimingHandler, mustClaim = handler.hasBegun === true): Eventual<void> {
    return whenDone(this.entry.claim(handler), () => {
      const obstacle = this.#obstacle ?? this.#findObstacle(mustClaim);
      if (obstacle) this.#stop(obstacle);
      if (this.abort.isAborted) this.abort.signal.throwIfAborted();
    });
  }

  #findObstacle(isNeeded: boolean): Obstacle | undefined {
    const { clock, withoutStore } = this.options;
    const { standing } = this.entry;
    if (standing === 'repeat') return 'repeat';
    const mustClaim = isNeeded || withoutStore === 'wait';
    if (standing === 'unavailable' && mustClaim) return 'unavailable';
    // While this instance was frozen, another may have begun to handle the message.
    return clock.now() >= this.untilMs ? 'late' : undefined;
  }
}
