import { randomUUID } from 'node:crypto';
import type { Delivery, DocumentReader, OrderedHandler, RightToSend } from '../account/delivery.ts';
import type { SessionDrafts } from '../account/session-drafts.ts';
import type { SlowPlan } from '../account/slow-plan.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Transaction } from '../store/store.ts';
import type { Message } from '../wechat/message/message.ts';
import type { FollowerTurn, OpenTurn } from './follower-turn.ts';

export interface WorkerDeliveryOptions {
  readonly message: Message;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly openTurn: OpenTurn;
  readonly right: RightToSend;
  readonly documents?: DocumentReader | undefined;
  /** @throws AppError if a handler that must not run twice may have run before */
  readonly beginOnce: () => Promise<void>;
  /** The handler is slow. @throws AppError as `beginOnce`, if it must not run twice */
  readonly beginSlow: (plan: SlowPlan) => Promise<void>;
}

/** When a message behind others of its follower looks again: the longer it waits, the later. */
const LOOK_AFTER_MS = 500;
const LOOK_WITHIN_MS = 5_000;
/** It waits longer than it has to by this part of the time, at most. */
const TOO_LATE = 1 / 5;

/** A message in the hands of a worker, where it waits for its turn without holding a worker up. */
export class WorkerDelivery implements Delivery {
  readonly beginOnce: () => Promise<void>;
  readonly right: RightToSend;
  readonly documents: DocumentReader | undefined;
  readonly #options: WorkerDeliveryOptions;
  #turn: FollowerTurn | undefined;
  #waitMs: number | undefined;
  #isSlow = false;

  constructor(options: WorkerDeliveryOptions) {
    this.#options = options;
    this.beginOnce = options.beginOnce;
    this.right = options.right;
    this.documents = options.documents;
  }

  /** A handler begins only when its turn has come. */
  async beginSlow(plan: SlowPlan, { inOrder }: OrderedHandler): Promise<'here'> {
    if (inOrder) await this.takeTurn();
    this.#isSlow = true;
    await this.#options.beginSlow(plan);
    return 'here';
  }

  /** A failed handler runs again, but for a slow one, whose follower is told at once. */
  get triesAgain(): boolean {
    return !this.#isSlow;
  }

  get sessions(): SessionDrafts | undefined {
    return this.#turn?.sessions;
  }

  /** When to look again for the turn, which was asked for and has not come. */
  get waitMs(): number | undefined {
    return this.#waitMs;
  }

  async takeTurn(): Promise<SessionDrafts> {
    if (this.sessions) return this.sessions;
    const turn = this.#openTurn();
    while (!(await turn.enter(true))) {
      if ((await turn.head()) === 'nobody') continue;
      const { message, clock } = this.#options;
      const waitedMs = clock.now() - message.createdAt;
      const pauseMs = Math.max(LOOK_AFTER_MS * turn.before, waitedMs * TOO_LATE);
      this.#waitMs = Math.min(LOOK_WITHIN_MS, pauseMs);
      throw new AppError('conflict', 'Earlier messages of the follower have the sessions in hand.');
    }
    this.#waitMs = undefined;
    return turn.sessions as SessionDrafts;
  }

  /** What the handlers changed does not count: they have failed. */
  discard(): void {
    this.#turn?.discard();
  }

  /**
   * Stores what the handlers changed; the message keeps its place while it has something to send.
   *
   * @throws AppError `conflict` if another attempt has the turn by now
   */
  async settleIn(tx: Transaction, isOver: boolean): Promise<void> {
    if (!(await this.#openTurn().settleIn(tx, { isOver }))) {
      throw new AppError('conflict', 'Another attempt has the turn of this message by now.');
    }
  }

  /** Lets the next message of the follower have its turn. If it fails, that one finds out by itself. */
  async leave(): Promise<void> {
    try {
      await this.#openTurn().leave();
    } catch (error) {
      this.#options.log.warn('inbox unavailable', { reason: 'leave line', error });
    }
  }

  #openTurn(): FollowerTurn {
    const { message, log, signal, openTurn } = this.#options;
    this.#turn ??= openTurn({ message, log, signal, holder: randomUUID(), by: 'worker' });
    return this.#turn;
  }
}
