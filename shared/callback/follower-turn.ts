import { liveStates, SessionDrafts, type SessionStates } from '../account/session-drafts.ts';
import { type Backoff, backoffMs } from '../kernel/backoff.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { TraceOf } from '../kernel/trace.ts';
import type { Store, Stored, Transaction } from '../store/store.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import type { Message } from '../wechat/message/message.ts';
import { inboxCollection } from './inbox-document.ts';
import { inLine, ticketOf, withoutTicket } from './line.ts';
import { type AtWork, findAtWork } from './line-head.ts';
import type { MessageQueue } from './message-queue.ts';
import {
  removeAtOf,
  type SessionDocument,
  sessionCollection,
  sessionDocument,
  statesOf,
  type Ticket,
} from './session-document.ts';
import { TURN_LEASE_MS } from './timing.ts';

export interface TurnsOptions {
  readonly store: Pick<Store, 'get' | 'insert' | 'patchIf' | 'transaction'>;
  readonly clock: Clock;
  readonly queue: Pick<MessageQueue, 'enqueueIn' | 'isPending' | 'wakeWorker'>;
  readonly traceOf: TraceOf;
}

export interface TurnOptions {
  readonly message: Message;
  readonly log: Log;
  /** Tells this attempt at the message from any other. */
  readonly holder: string;
  /** Aborted when the attempt is given up. */
  readonly signal: AbortSignal;
  /** An instance of the callback is at it for a lease; a job has its own, and waits as long as it must. */
  readonly by: 'callback' | 'worker';
}

/** Opens the turn of a message. @throws AppError `invalid` for an event that concerns no follower */
export type OpenTurn = (options: TurnOptions) => FollowerTurn;

export function createTurns(options: TurnsOptions): OpenTurn {
  return (about) => new FollowerTurn(options, about);
}

const PAUSE: Backoff = { firstMs: 60, lastMs: 400 };
/** Each try that fails lets another message of the same follower get further. */
const MOST_TRIES = 50;

/**
 * The turn of one message among those of its follower that use sessions. Messages stand in a line in
 * the document of the sessions, in the order in which they were sent, and the first one has its turn:
 * all that it takes is written under compare-and-set. It leaves the line in the write that stores what
 * it has changed. One whose instance died is handed to the worker by the message behind it.
 */
export class FollowerTurn {
  /** The follower's sessions, once the message has its turn. */
  sessions: SessionDrafts | undefined;
  readonly #world: TurnsOptions;
  readonly #about: TurnOptions;
  readonly #id: string;
  readonly #ticket: Ticket;
  /** The line when this attempt last looked. */
  #line: readonly Ticket[] = [];
  /** The ticket as this attempt has written it. */
  #written: Ticket | undefined;
  /** The document as it was found a moment ago. */
  #seen: { readonly found: Stored<SessionDocument> | undefined } | undefined;
  #isNew = false;
  #isDiscarded = false;

  constructor(world: TurnsOptions, about: TurnOptions) {
    const openid = followerOf(about.message);
    if (openid === undefined) {
      throw new AppError(
        'invalid',
        'This event is about the account, and no follower: there is no session. Do not wrap its handler in with().',
        { details: { isFinal: true } },
      );
    }
    this.#world = world;
    this.#about = about;
    this.#id = world.traceOf(openid);
    this.#ticket = ticketOf(about.message);
  }

  /** This attempt has put the message into the line. */
  get isNew(): boolean {
    return this.#isNew;
  }

  /** How many messages were before this one when it last looked. */
  get before(): number {
    return this.#line.findIndex(({ message }) => message === this.#ticket.message);
  }

  /**
   * Whether the session is there, or another message has the sessions in hand or waits for them: one
   * read, which `enter` need not repeat.
   *
   * @throws what the store fails with
   */
  async remembers(session: string): Promise<boolean> {
    const found = await this.#world.store.get(sessionCollection, this.#id);
    this.#seen = { found };
    const states = liveStates(statesOf(found?.doc), this.#world.clock.now());
    return (found?.doc.line.length ?? 0) > 0 || Object.hasOwn(states, session);
  }

  /**
   * Takes the place of the message in the line, and its turn if it is the first: one read and one
   * write. Unless the message is this attempt's own, another that is at it keeps it.
   *
   * @returns whether the message has its turn
   * @throws what the store fails with
   */
  async enter(isOwn: boolean): Promise<boolean> {
    let absent = 0;
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      // A message that is left to others must not be found in the line by them.
      this.#about.signal.throwIfAborted();
      const found = await this.#look();
      const hasTurn = await this.#take(found, isOwn);
      if (hasTurn !== undefined) return hasTurn;
      absent = found ? 0 : absent + 1;
      // Its proof is wrong: the store refuses to read it, and it is in the way of a good one.
      if (absent > 1) await this.#removeRefused();
      await sleep(this.#world.clock, backoffMs(PAUSE, tries));
    }
    throw new AppError('conflict', 'The sessions of a follower were changed at every try.');
  }

  /** Waits for the turn; `false` if it has not come by `untilMs`, or is behind one of the worker's. */
  async wait(untilMs: number): Promise<boolean> {
    const { clock } = this.#world;
    for (let looks = 1; !(await this.enter(true)); looks += 1) {
      if ((await this.head()) === 'worker') return false;
      const pauseMs = backoffMs(PAUSE, looks);
      if (clock.now() + pauseMs > untilMs) return false;
      await sleep(clock, pauseMs);
    }
    return true;
  }

  /** Who is at the first message of the line. One whom nobody is at is handed to the worker. */
  head(): Promise<AtWork> {
    const [first] = this.#line;
    if (!first) return Promise.resolve('nobody');
    return findAtWork(this.#world, this.#id, first);
  }

  /** What the handlers changed does not count: they have failed. */
  discard(): void {
    this.#isDiscarded = true;
  }

  /**
   * Stores the sessions, and ends the turn unless the message is still to be answered: by the worker,
   * or by a delivery that WeChat is about to bring.
   *
   * @returns `false` if this attempt has not got the turn any more: nothing is written then
   */
  async settleIn(tx: Transaction, { isOver = true } = {}): Promise<boolean> {
    const found = await tx.get(sessionCollection, this.#id);
    const first = found?.doc.line[0];
    if (first?.holder !== this.#about.holder || first.message !== this.#ticket.message)
      return false;
    const line = found?.doc.line ?? [];
    const states = this.#isDiscarded ? undefined : this.sessions?.states;
    const left = isOver ? withoutTicket(line, first.message) : inLine(line, this.#waiting(first));
    await this.#put(tx, found, left, states ?? statesOf(found?.doc));
    return true;
  }

  /** The answer is on its way, whichever attempt has made it. */
  async leaveIn(tx: Transaction): Promise<void> {
    const found = await tx.get(sessionCollection, this.#id);
    const left = withoutTicket(found?.doc.line ?? [], this.#ticket.message);
    if (left.length === found?.doc.line.length) return;
    await this.#put(tx, found, left, statesOf(found?.doc));
  }

  /** The message keeps its place, or takes it, and waits there for the worker. */
  async moveIn(tx: Transaction): Promise<void> {
    const found = await tx.get(sessionCollection, this.#id);
    await this.#put(tx, found, inLine(found?.doc.line ?? [], this.#ticket), statesOf(found?.doc));
  }

  /**
   * Leaves the line, whether or not the turn has come, unless the message is in other hands by now.
   *
   * @throws what the store fails with
   */
  async leave(): Promise<void> {
    await this.#world.store.transaction(async (tx) => {
      const found = await tx.get(sessionCollection, this.#id);
      const line = found?.doc.line ?? [];
      const ticket = line.find(({ message }) => message === this.#ticket.message);
      const hands = this.#about.by === 'worker' ? this.#ticket : this.#written;
      if (ticket === undefined || ticket.until !== hands?.until) return;
      if (this.#about.by === 'callback' && (await this.#isClaimed(tx))) return;
      await this.#put(tx, found, withoutTicket(line, ticket.message), statesOf(found?.doc));
    });
  }

  /** A delivery that has the message, and takes its turn later, counts on the place that another took. */
  async #isClaimed(tx: Transaction): Promise<boolean> {
    const claim = await tx.get(inboxCollection, this.#ticket.message);
    return claim?.doc.state === 'claimed';
  }

  async #look(): Promise<Stored<SessionDocument> | undefined> {
    const { found } = this.#seen ?? {
      found: await this.#world.store.get(sessionCollection, this.#id),
    };
    this.#seen = undefined;
    return found;
  }

  /** `undefined` if the document was changed in between. */
  async #take(
    found: Stored<SessionDocument> | undefined,
    isOwn: boolean,
  ): Promise<boolean | undefined> {
    const { store, clock } = this.#world;
    const { by, holder } = this.#about;
    const { message } = this.#ticket;
    const present = found?.doc.line.find((ticket) => ticket.message === message);
    const now = clock.now();
    const waiting = this.#waiting(this.#ticket);
    const line = inLine(found?.doc.line ?? [], present ?? waiting);
    this.#line = line;
    const isFirst = line[0]?.message === message;
    if (present && !isOwn && present.holder !== holder) return false;
    // What waits for the worker is not taken back from it, and what a worker has is taken over by one.
    if (present && by === 'callback' && (!isFirst || present.until === undefined)) return false;
    if (present && !isFirst && present.until === undefined) return false;
    const ticket = isFirst ? { ...waiting, holder } : waiting;
    const states = statesOf(found?.doc);
    const patch = {
      line: [...inLine(line, ticket)],
      removeAt: removeAtOf([ticket], states, now),
    };
    const isWritten = found
      ? await store.patchIf(sessionCollection, this.#id, patch, found.rev)
      : (await store.insert(sessionCollection, { _id: this.#id, ...patch })) !== undefined;
    if (!isWritten) return undefined;
    this.#isNew ||= !present;
    this.#written = ticket;
    if (isFirst) this.sessions = this.#draft(states);
    return isFirst;
  }

  /** A job has a lease of its own. */
  #waiting(ticket: Ticket): Ticket {
    if (this.#about.by === 'worker') return ticket;
    return { ...ticket, until: this.#world.clock.now() + TURN_LEASE_MS };
  }

  #draft(stored: SessionStates): SessionDrafts {
    const { clock } = this.#world;
    return new SessionDrafts({
      stored,
      now: () => clock.now(),
      onReset: (name) => this.#about.log.warn('session reset', { reason: name }),
    });
  }

  async #put(
    tx: Transaction,
    found: Stored<SessionDocument> | undefined,
    line: readonly Ticket[],
    states: SessionStates,
  ): Promise<void> {
    const doc = sessionDocument(this.#id, line, states, this.#world.clock.now());
    if (!doc) await tx.remove(sessionCollection, this.#id);
    else if (found) await tx.replace(sessionCollection, doc);
    else await tx.create(sessionCollection, doc);
  }

  async #removeRefused(): Promise<void> {
    await this.#world.store.transaction(async (tx) => {
      if (!(await tx.get(sessionCollection, this.#id)))
        await tx.remove(sessionCollection, this.#id);
    });
  }
}
