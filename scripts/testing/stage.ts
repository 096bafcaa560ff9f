import type { Clock } from '../../shared/kernel/clock.ts';

export interface Option {
  /** -1 for the passing of time. */
  readonly actor: number;
  readonly kind: 'go on' | 'time' | 'crash' | 'freeze' | 'fail' | 'lose';
  /** What the actor is about to do, or to hear of. */
  readonly at: string;
}

/** Picks one of the options by its index; the first option is that nothing goes wrong. */
export type Choose = (options: readonly Option[], step: number) => number;

/** How many of each disturbance may happen in one play. */
export interface Disturbances {
  readonly crashes: number;
  readonly freezes: number;
  readonly faults: number;
}

/** `fail`: the request is not carried out. `lose`: it is, but its answer is lost. */
export type Fault = 'fail' | 'lose';

export interface Stage {
  readonly actors: readonly Actor[];
  now(): number;
  /** Moves the time to `at` while no actor runs. */
  set(at: number): void;
  /** Lets one event after the other happen, until `isOver` or no event is left. */
  play(choose: Choose, isOver: () => boolean): Promise<Ending>;
}

export interface Actor {
  /** The actor's own clock, which may be wrong, and whose timers stop while the actor is frozen. */
  readonly clock: Clock;
  /** Waits until the actor is chosen to go on; after a crash, for ever. */
  readonly gate: (at: string, faults?: readonly Fault[]) => Promise<Fault | undefined>;
  readonly isDead: () => boolean;
  readonly onCrash: (task: () => void) => void;
}

export interface Ending {
  readonly how: 'over' | 'stuck' | 'endless';
  /** The number of options at each step. */
  readonly widths: readonly number[];
  readonly trace: readonly string[];
  /** Whether anything was disturbed. */
  readonly isDisturbed: boolean;
}

interface Parked {
  readonly actor: number;
  readonly at: string;
  readonly faults: readonly Fault[];
  readonly release: (fault?: Fault) => void;
}

const MAX_STEPS = 500;

/**
 * Actors whose every step is chosen from outside: who goes on, when time passes, who crashes, who
 * is frozen for a while (as by SIGSTOP) and what fails. The same choices give the same play.
 */
export function createStage(options: {
  readonly skewsMs: readonly number[];
  readonly disturbances: Disturbances;
  readonly freezeMs: number;
  /** Until what the last event has set off is done. */
  readonly settled: () => Promise<void>;
}): Stage {
  let now = Date.UTC(2026, 0, 1);
  let parked: Parked[] = [];
  let timers: { readonly actor: number; readonly at: number; readonly task: () => void }[] = [];
  const left = { ...options.disturbances };
  const states = options.skewsMs.map(() => ({ isDead: false, frozenUntil: 0, onCrash: () => {} }));
  let last = 0;
  let isDisturbed = false;

  return {
    actors: options.skewsMs.map((skewMs, index) => createActor(index, skewMs)),
    now: () => now,
    set(at) {
      now = at;
    },
    async play(choose, isOver) {
      const widths: number[] = [];
      const trace: string[] = [];
      const ending = (how: Ending['how']) => ({ how, widths, trace, isDisturbed });
      for (let step = 0; step < MAX_STEPS; step++) {
        await options.settled();
        if (isOver()) return ending('over');
        const possible = possibilities();
        const option = possible[choose(possible, step)] ?? possible[0];
        if (!option) return ending('stuck');
        widths.push(possible.length);
        trace.push(`${option.actor} ${option.kind} ${option.at}`);
        act(option);
      }
      return ending('endless');
    },
  };

  function createActor(index: number, skewMs: number): Actor {
    const state = states[index];
    if (!state) throw new Error('no such actor');
    return {
      clock: {
        now: () => now + skewMs,
        after(delayMs, task) {
          const timer = { actor: index, at: now + delayMs, task };
          timers.push(timer);
          return () => {
            timers = timers.filter((other) => other !== timer);
          };
        },
      },
      gate: (at, faults = []) =>
        new Promise((release) => {
          if (!state.isDead) parked.push({ actor: index, at, faults, release });
        }),
      isDead: () => state.isDead,
      onCrash(task) {
        state.onCrash = task;
      },
    };
  }

  function possibilities(): Option[] {
    const awake = parked.filter(({ actor }) => !isFrozen(actor));
    const inTurn = [
      ...awake.filter(({ actor }) => actor === last),
      ...awake.filter(({ actor }) => actor !== last),
    ];
    const disturbances = inTurn.flatMap(({ actor, at, faults }): Option[] => [
      ...(left.crashes > 0 ? [{ actor, at, kind: 'crash' as const }] : []),
      ...(left.freezes > 0 ? [{ actor, at, kind: 'freeze' as const }] : []),
      ...(left.faults > 0 ? faults.map((kind) => ({ actor, at, kind })) : []),
    ]);
    return [
      ...inTurn.map(({ actor, at }) => ({ actor, at, kind: 'go on' as const })),
      ...(Number.isFinite(nextAt()) ? [{ actor: -1, at: '', kind: 'time' as const }] : []),
      ...disturbances,
    ];
  }

  function act({ actor, kind, at }: Option): void {
    if (kind === 'time') {
      pass();
      return;
    }
    if (kind !== 'go on') isDisturbed = true;
    const state = states[actor];
    const one = parked.find((other) => other.actor === actor && other.at === at);
    if (!state || !one) throw new Error('there is no such option');
    last = actor;
    if (kind === 'freeze') {
      left.freezes -= 1;
      state.frozenUntil = now + options.freezeMs;
    } else if (kind === 'crash') {
      left.crashes -= 1;
      state.isDead = true;
      parked = parked.filter((other) => other.actor !== actor);
      timers = timers.filter((other) => other.actor !== actor);
      state.onCrash();
    } else {
      if (kind !== 'go on') left.faults -= 1;
      parked = parked.filter((other) => other !== one);
      one.release(kind === 'go on' ? undefined : kind);
    }
  }

  function isFrozen(actor: number): boolean {
    return (states[actor]?.frozenUntil ?? 0) > now;
  }

  /** When the next event is due: a timer of an actor that is awake, or the waking of a frozen one. */
  function nextAt(): number {
    const due = timers.filter(({ actor }) => !isFrozen(actor)).map(({ at }) => at);
    const waking = states.map(({ frozenUntil }) => frozenUntil).filter((at) => at > now);
    return Math.min(...due, ...waking);
  }

  /** Time passes while a request is under way only if an actor is slow. */
  function pass(): void {
    if (parked.some(({ actor }) => !isFrozen(actor))) isDisturbed = true;
    now = Math.max(now, nextAt());
    const due = timers.filter(({ actor, at }) => at <= now && !isFrozen(actor));
    timers = timers.filter((timer) => !due.includes(timer));
    for (const { task } of due.sort((a, b) => a.at - b.at)) task();
  }
}

/** Which plays to try. */
export interface Reach {
  /** In how many choices a play may differ from the dull one. */
  readonly depth: number;
  /** Only the first steps differ, because later actors mostly wait. */
  readonly steps: number;
}

/**
 * All plays within reach, each from the start, until one breaks a promise.
 *
 * @returns how many there were; what `judge` said of the broken one, and what led to it.
 */
export async function exploreAll<E extends Ending>(
  explore: (choose: Choose) => Promise<E>,
  { depth, steps }: Reach,
  judge: (exploration: E) => readonly string[],
): Promise<{ readonly plays: number; readonly worst: readonly string[] }> {
  let plays = 0;
  const visit = async (turns: ReadonlyMap<number, number>, from: number): Promise<string[]> => {
    plays += 1;
    const exploration = await explore((_, step) => turns.get(step) ?? 0);
    const problems = judge(exploration);
    if (problems.length > 0) return [...problems, ...exploration.trace];
    if (turns.size === depth) return [];
    const { widths } = exploration;
    for (let step = from; step < Math.min(steps, widths.length); step++) {
      for (let turn = 1; turn < (widths[step] ?? 0); turn++) {
        const found = await visit(new Map([...turns, [step, turn]]), step + 1);
        if (found.length > 0) return found;
      }
    }
    return [];
  };
  const worst = await visit(new Map(), 0);
  return { plays, worst };
}

/** Choices of the first option, but for these turns, each after so many steps. */
export function withTurns(turns: readonly (readonly [dull: number, turn: number])[]): Choose {
  const plan = new Map<number, number>();
  let step = 0;
  for (const [dull, turn] of turns) {
    step += dull;
    plan.set(step, turn);
    step += 1;
  }
  return (options, at) => (plan.get(at) ?? 0) % options.length;
}
