import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Completion, Instance } from './instance.ts';
import type { FunctionSpec } from './spec.ts';

export type InstanceState = 'idle' | 'busy' | 'held';

/** An instance as tests and the simulator see it. */
export interface InstanceInfo {
  readonly id: string;
  readonly function: string;
  readonly pid: number;
  /** `idle` is frozen until the next event, `held` was frozen by hand and gets none. */
  readonly state: InstanceState;
  /** Events or requests that it is working on. */
  readonly inFlight: number;
  readonly invocations: number;
  readonly startedAt: number;
  /** Runs an older bundle and takes no more events. */
  readonly isRetired: boolean;
}

/** An instance of the pool. */
export interface Member {
  readonly info: InstanceInfo;
  /** Only for a member that `take` has handed out. */
  run(event: string, context: string): Promise<Completion>;
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
}

/**
 * The instances of one function. An event function takes one event at a time in each, so it grows with
 * concurrency; an HTTP function takes as many requests at a time as it says.
 */
export interface Pool {
  readonly spec: FunctionSpec;
  /** The free instance that was busy last, else a new one; undefined when there may be no more. */
  take(): Member | undefined;
  members(): readonly Member[];
  /** New events go to instances of this spec; running ones end on the old one. */
  replace(spec: FunctionSpec): Promise<void>;
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly spec: FunctionSpec;
  readonly start: (spec: FunctionSpec, id: string) => Instance;
  readonly maxInstances: number;
  /** How long an idle instance is kept. */
  readonly idleMs: number;
  readonly clock: Clock;
  readonly onGone: (pid: number) => void;
}

export function createPool(options: PoolOptions): Pool {
  const { start, maxInstances, idleMs, clock, onGone } = options;
  let spec = options.spec;
  let started = 0;
  /** The most recently used last. */
  let members: Controlled[] = [];

  return {
    get spec() {
      return spec;
    },
    take() {
      const free = members.findLast((member) => member.isFree());
      if (!free && members.length >= maxInstances) return undefined;
      const member = free ?? add();
      member.claim();
      return member;
    },
    members: () => members,
    async replace(next) {
      spec = next;
      await Promise.all(members.map((member) => member.retire()));
    },
    async close() {
      await Promise.all(members.map((member) => member.end()));
    },
  };

  function add(): Controlled {
    started += 1;
    const id = `${spec.name}-${started}`;
    const member = control(id, start(spec, id));
    members.push(member);
    return member;
  }

  function control(id: string, instance: Instance): Controlled {
    const startedAt = clock.now();
    let invocations = 0;
    const { concurrency = 1 } = spec.httpFunction ?? {};
    let inFlight = 0;
    let isHeld = false;
    let isRetired = false;
    let cancelRecycling = () => {};

    const member: Controlled = {
      get info() {
        const state = isHeld ? 'held' : inFlight > 0 ? 'busy' : 'idle';
        const { pid } = instance;
        const name = spec.name;
        return {
          id,
          function: name,
          pid,
          state,
          inFlight,
          invocations,
          startedAt,
          isRetired,
        } as const;
      },
      isFree: () => inFlight < concurrency && !isHeld && !isRetired,
      claim() {
        inFlight += 1;
        cancelRecycling();
      },
      async run(event, context) {
        invocations += 1;
        const completion = await instance.run(event, context);
        inFlight -= 1;
        if (completion.isLast) await kill();
        else if (inFlight === 0) {
          members = [...members.filter((other) => other !== member), member];
          if (isRetired) await end();
          else if (isHeld) instance.freeze();
          else recycleLater();
        }
        return completion;
      },
      freeze() {
        isHeld = true;
        cancelRecycling();
        instance.freeze();
      },
      thaw() {
        isHeld = false;
        if (inFlight > 0) instance.thaw();
        else recycleLater();
      },
      async retire() {
        isRetired = true;
        if (inFlight === 0) await end();
      },
      kill,
      end,
    };
    // The system may end it too, at any time.
    void instance.gone.then(() => {
      forget();
      onGone(instance.pid);
    });
    return member;

    function recycleLater() {
      cancelRecycling = clock.after(idleMs, () => void end());
    }

    function kill() {
      forget();
      return instance.kill();
    }

    function end() {
      forget();
      return instance.end();
    }

    function forget() {
      cancelRecycling();
      members = members.filter((other) => other !== member);
    }
  }
}

interface Controlled extends Member {
  isFree(): boolean;
  claim(): void;
  retire(): Promise<void>;
  end(): Promise<void>;
}
