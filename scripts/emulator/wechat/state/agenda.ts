import type { Clock } from '../../../../shared/kernel/clock.ts';
import type { EventMessage } from '../push/messages.ts';
import type { EmulatedClock, ShiftedClock } from './clock.ts';
import type { Storage } from './storage.ts';

interface Task {
  readonly at: number;
  readonly kind: string;
  readonly subject: string;
}

/** Does what is due: changes the state, and returns the event that tells of it. */
export type Doer = (subject: string) => EventMessage | undefined;

export interface Agenda {
  /** Says what is to be done about tasks of this kind; once for each kind. */
  handle(kind: string, doer: Doer): void;
  plan(kind: string, subject: string, delayMs: number): void;
  /** Does it at once; resolves when the event has been pushed. */
  doNow(kind: string, subject: string): Promise<void>;
  /** Takes up what an earlier process left undone. */
  resume(): void;
  readonly clock: EmulatedClock;
}

/** Longer delays overflow the timers of Node.js. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** What WeChat does later, in the order of the emulated time. A task outlives the process. */
export function createAgenda(
  storage: Storage,
  options: {
    readonly clock: ShiftedClock;
    readonly after: Clock['after'];
    readonly announce: (event: EventMessage) => Promise<void>;
  },
): Agenda {
  const { clock, after, announce } = options;
  const section = storage.section<{ tasks: Task[] }>('agenda', () => ({ tasks: [] }));
  const doers = new Map<string, Doer>();
  const underWay = new Set<Promise<void>>();
  let cancelTimer = () => {};

  return {
    handle: (kind, doer) => void doers.set(kind, doer),
    plan(kind, subject, delayMs) {
      section.update(({ tasks }) => tasks.push({ at: clock.now() + delayMs, kind, subject }));
      setTimer();
    },
    doNow: (kind, subject) => perform({ at: clock.now(), kind, subject }),
    resume: setTimer,
    clock: { now: clock.now, advance, set: (target) => advance(target - clock.now()) },
  };

  async function advance(ms: number): Promise<void> {
    const target = clock.now() + ms;
    // Each task finds the time at which it was due.
    for (let task = earliest(target); task; task = earliest(target)) {
      clock.shift(Math.max(0, task.at - clock.now()));
      await doDue();
    }
    clock.shift(ms < 0 ? ms : Math.max(0, target - clock.now()));
    setTimer();
    await Promise.all(underWay);
  }

  async function doDue(): Promise<void> {
    for (let task = earliest(clock.now()); task; task = earliest(clock.now())) {
      const due = task;
      section.update((state) => {
        state.tasks = state.tasks.filter((each) => each !== due);
      });
      const performing = perform(due).finally(() => underWay.delete(performing));
      underWay.add(performing);
      await performing;
    }
    setTimer();
  }

  async function perform({ kind, subject }: Task): Promise<void> {
    const event = doers.get(kind)?.(subject);
    storage.save();
    if (event) await announce(event);
  }

  function setTimer(): void {
    cancelTimer();
    const next = earliest(Number.POSITIVE_INFINITY);
    if (!next) return;
    const delayMs = Math.min(Math.max(0, next.at - clock.now()), MAX_DELAY_MS);
    cancelTimer = after(delayMs, () => void doDue());
  }

  function earliest(limit: number): Task | undefined {
    return section
      .read()
      .tasks.filter(({ at }) => at <= limit)
      .sort((a, b) => a.at - b.at)[0];
  }
}
