import type { Clock } from '../../../shared/kernel/clock.ts';
import { parseCron } from './cron.ts';
import type { FunctionSpec, TimerSpec } from './spec.ts';

/** Fires the timers of all functions, each by its own cron, for as long as it is not closed. */
export interface Timers {
  /** Forgets the timers that the function had and takes those that it has now. */
  set(spec: FunctionSpec): void;
  /** The function is no more. */
  forget(name: string): void;
  close(): void;
}

/** What a function gets from a timer. */
export interface TimerEvent {
  readonly Type: 'Timer';
  readonly TriggerName: string;
  /** Without milliseconds: `2026-01-01T01:00:00Z`. */
  readonly Time: string;
  readonly Message: string;
}

/** Whoever moves the clock back is noticed so much later: the next time may then be sooner. */
const LONGEST_WAIT_MS = 60_000;

export function createTimers(
  clock: Clock,
  fire: (functionName: string, timer: TimerSpec, at: number) => void,
): Timers {
  const cancels = new Map<string, (() => void)[]>();

  return {
    set(spec) {
      cancel(spec.name);
      const enabled = (spec.timers ?? []).filter((timer) => timer.enabled);
      cancels.set(
        spec.name,
        enabled.map((timer) => run(timer, (at) => fire(spec.name, timer, at))),
      );
    },
    forget: cancel,
    close() {
      for (const name of cancels.keys()) cancel(name);
    },
  };

  function run(timer: TimerSpec, onDue: (at: number) => void): () => void {
    const schedule = parseCron(timer.cron);
    let cancelWait = () => {};
    wait(schedule.next(clock.now()));
    return () => cancelWait();

    function wait(due: number | undefined): void {
      if (due === undefined) return;
      cancelWait = clock.after(Math.min(due - clock.now(), LONGEST_WAIT_MS), () => {
        // A clock may wake us a little early, or was moved back meanwhile.
        if (clock.now() < due) return wait(schedule.next(clock.now()));
        // After a jump of the clock each timer fires once, not once for every time it missed.
        wait(schedule.next(Math.max(due, clock.now())));
        onDue(due);
      });
    }
  }

  function cancel(name: string): void {
    for (const cancelOne of cancels.get(name) ?? []) cancelOne();
    cancels.delete(name);
  }
}

export function timerEvent({ name, message = '' }: TimerSpec, at: number): TimerEvent {
  const Time = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  return { Type: 'Timer', TriggerName: name, Time, Message: message };
}
