import { createRandom } from '../../emulator/cloudbase/control/random.ts';
import { createAgenda } from './agenda.ts';

/** WeChat hangs up after this, and pushes again. */
const PATIENCE_MS = 5_000;
const DELIVERIES = 3;
/** A repeat finds the claim of the first delivery: one more operation, and the stored reply. */
const CLAIM_OPERATIONS = 1;

export interface Load {
  readonly messagesPerSecond: number;
  readonly seconds: number;
  readonly seed: number;
  /** Of CPU in an instance of this size. */
  readonly cpuMs: number;
  readonly handlerMs: number;
  /** From the request to our first line in a new instance, and what our code adds to it. */
  readonly coldMs: number;
  readonly storeMs: number;
  readonly storeSpread: number;
  readonly storeWrites: number;
  readonly storeOperationsPerSecond: number;
  /** Idle when the first message comes. */
  readonly warmInstances: number;
  readonly maxInstances: number;
  readonly instancesPerSecond: number;
  /** Messages that an instance takes at a time: 1 in an event function, more in an HTTP function. */
  readonly concurrency: number;
}

/** One thread: what its messages compute, they compute one after the other. */
interface SimulatedInstance {
  readonly readyAt: number;
  inHand: number;
  computesUntil: number;
}

export interface Outcome {
  readonly messages: number;
  /** In ms, of the first delivery that was answered in time, from its push. */
  readonly latencies: readonly number[];
  readonly instances: number;
  readonly coldStarts: number;
  /** Pushes that no instance took: there may be no more. */
  readonly refused: number;
  /** Pushes that came again because 5 s had passed. */
  readonly repeats: number;
  /** Messages of which the follower saw WeChat's fault notice, or no answer at all. */
  readonly lost: number;
  readonly storeOperations: number;
  /** The longest that an operation waited because the store had more to do than it can. */
  readonly longestStoreQueueMs: number;
}

/**
 * Messages, instances, and a store behind them, event by event: WeChat pushes at random, an instance
 * with room takes the push or a new one is started, the claim is written, the handler runs, the reply
 * is stored and sent.
 */
export function simulate(load: Load): Outcome {
  const agenda = createAgenda();
  const random = createRandom(load.seed);
  const store = createStore(load, agenda.now, random);
  const latencies: number[] = [];
  const { warmInstances } = load;
  const pool = { all: warmInstances, coldStarts: 0, nextStartAt: 0 };
  /** Those with room for one more. The last is filled first. */
  const withRoom = Array.from({ length: warmInstances }, () => newInstance(0));
  const counts = { messages: 0, refused: 0, repeats: 0, lost: 0 };

  arrive();
  agenda.run();
  return {
    ...counts,
    latencies,
    instances: pool.all,
    coldStarts: pool.coldStarts,
    storeOperations: store.operations(),
    longestStoreQueueMs: store.longestQueueMs(),
  };

  function arrive(): void {
    const gapMs = (-Math.log(1 - random()) * 1_000) / load.messagesPerSecond;
    agenda.after(gapMs, () => {
      if (agenda.now() > load.seconds * 1_000) return;
      counts.messages += 1;
      push({ isDone: false }, 1);
      arrive();
    });
  }

  /** One delivery. An instance works on after WeChat has hung up: that is why a repeat is cheap. */
  function push(message: { isDone: boolean }, delivery: number): void {
    const pushedAt = agenda.now();
    const instance = takeInstance();
    if (!instance) {
      counts.refused += 1;
      counts.lost += 1;
      return;
    }
    let isOpen = true;
    agenda.after(PATIENCE_MS, () => {
      if (!isOpen) return;
      isOpen = false;
      if (delivery === DELIVERIES) counts.lost += 1;
      else {
        counts.repeats += 1;
        push(message, delivery + 1);
      }
    });
    agenda.after(Math.max(0, instance.readyAt - agenda.now()), () =>
      work(message, instance, () => {
        leave(instance);
        if (!isOpen) return;
        isOpen = false;
        latencies.push(agenda.now() - pushedAt);
      }),
    );
  }

  function work(
    message: { isDone: boolean },
    instance: SimulatedInstance,
    answered: () => void,
  ): void {
    if (message.isDone) {
      store.request(CLAIM_OPERATIONS, agenda, () => compute(instance, answered));
      return;
    }
    store.request(1, agenda, () =>
      compute(instance, () =>
        agenda.after(load.handlerMs, () =>
          store.request(load.storeWrites - 1, agenda, () => {
            message.isDone = true;
            answered();
          }),
        ),
      ),
    );
  }

  function compute(instance: SimulatedInstance, done: () => void): void {
    instance.computesUntil = Math.max(agenda.now(), instance.computesUntil) + load.cpuMs;
    agenda.after(instance.computesUntil - agenda.now(), done);
  }

  /** Nothing if there may be no more of them. */
  function takeInstance(): SimulatedInstance | undefined {
    const instance = withRoom.at(-1) ?? startInstance();
    if (!instance) return undefined;
    instance.inHand += 1;
    if (instance.inHand === load.concurrency) withRoom.pop();
    return instance;
  }

  function leave(instance: SimulatedInstance): void {
    if (instance.inHand === load.concurrency) withRoom.push(instance);
    instance.inHand -= 1;
  }

  function startInstance(): SimulatedInstance | undefined {
    if (pool.all >= load.maxInstances) return undefined;
    pool.all += 1;
    pool.coldStarts += 1;
    pool.nextStartAt = Math.max(agenda.now(), pool.nextStartAt) + 1_000 / load.instancesPerSecond;
    const instance = newInstance(pool.nextStartAt + load.coldMs);
    withRoom.push(instance);
    return instance;
  }
}

function newInstance(readyAt: number): SimulatedInstance {
  return { readyAt, inHand: 0, computesUntil: 0 };
}

/** Answers each operation after a random time, and never more than so many a second. */
function createStore(load: Load, now: () => number, random: () => number) {
  const spacingMs = 1_000 / load.storeOperationsPerSecond;
  let freeAt = 0;
  let operations = 0;
  let longestQueueMs = 0;

  return {
    operations: () => operations,
    longestQueueMs: () => longestQueueMs,
    request(count: number, agenda: ReturnType<typeof createAgenda>, task: () => void): void {
      if (count <= 0) {
        task();
        return;
      }
      operations += 1;
      freeAt = Math.max(now(), freeAt) + spacingMs;
      const queueMs = freeAt - now();
      longestQueueMs = Math.max(longestQueueMs, queueMs);
      const ownMs = load.storeMs * Math.exp(load.storeSpread * normal(random));
      agenda.after(queueMs + ownMs, () => this.request(count - 1, agenda, task));
    },
  };
}

/** Box and Muller's. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
