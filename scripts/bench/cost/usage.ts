import type { Figures, Timing } from '../platform.ts';
import { times, type Usage } from './model.ts';

/** As in serverless.yml. */
export const MEMORY_MB = 256;
/** Of an HTTP function for many messages: a whole core, by the platform's share of CPU. */
export const HTTP_MEMORY_MB = 1_024;

/** One encrypted text and its encrypted reply over a Function URL, headers included. */
const REPLY_BYTES = 1_300;
const OPENID_BYTES = 31;
/** What a mass send carries besides its openids, and what all calls carry as headers. */
const CALL_BYTES = 1_500;
const BATCH_OPENIDS = 10_000;

/** A message that has two writes around its handler; the handler itself takes `handlerMs`. */
export function usageOfMessage(figures: Figures, timing: Timing, handlerMs = 0): Usage {
  const cpuMs = figures['message.cpuMs'] / timing.cpuShare.value;
  const writes = figures['message.storeWrites'];
  const reads = figures['message.storeReads'];
  return {
    gbSeconds: gbSeconds(cpuMs + (writes + reads) * timing.storeMs.value + handlerMs),
    invocations: 1,
    storeReads: reads,
    storeWrites: writes,
    egressBytes: REPLY_BYTES,
  };
}

/** The same on PostgreSQL, which has no price for an operation; the instance of it is not in here. */
export function usageOnPostgres(figures: Figures, timing: Timing, handlerMs = 0): Usage {
  const quick = { ...timing, storeMs: timing.postgresMs };
  return { ...usageOfMessage(figures, quick, handlerMs), storeReads: 0, storeWrites: 0 };
}

const MONTH_SECONDS = 30 * 86_400;
/** Beyond this part of its CPU an instance keeps messages waiting. */
const FULL = 0.7;

/** A month of messages at one rate, each in an event function that does nothing else meanwhile. */
export function usageOfEvents(figures: Figures, timing: Timing, perSecond: number): Usage {
  return times(usageOfMessage(figures, timing), perSecond * MONTH_SECONDS);
}

/**
 * The same in HTTP functions: an instance is paid while it has any message in hand, however many these
 * are. Messages come at random, so it has none for exp(-rate × time of a message) of the time.
 */
export function usageOfHttp(figures: Figures, timing: Timing, perSecond: number): Usage {
  const cpuMs = figures['message.cpuMsAtOnce'] / timing.cpuShare.value;
  const instances = Math.ceil((perSecond * cpuMs) / (FULL * 1_000));
  const messageMs = cpuMs + figures['message.storeWrites'] * timing.storeMs.value;
  const busy = 1 - Math.exp((-perSecond / instances) * (messageMs / 1_000));
  const events = usageOfEvents(figures, timing, perSecond);
  return { ...events, gbSeconds: instances * gbSeconds(busy * MONTH_SECONDS * 1_000) };
}

/** A message that WeChat pushes into a cloud function, over its own network: nothing leaves it. */
export function usageOfFunctionPush(figures: Figures, timing: Timing): Usage {
  const own = { ...figures, 'message.cpuMs': figures['function.cpuMs'] };
  return { ...usageOfMessage(own, timing), egressBytes: 0 };
}

/** Of a core, in the smallest container of WeChat Cloud Run. */
const CONTAINER_CORES = 0.25;

/**
 * A month of pushes into containers, which are paid for as long as they are there: one at least, since
 * the worker in it has its timer, and more when their CPU is full. Nothing leaves WeChat's network.
 */
export function usageOfContainers(figures: Figures, perSecond: number): Usage {
  const cpuMs = figures['container.cpuMs'] / CONTAINER_CORES;
  const containers = Math.max(1, Math.ceil((perSecond * cpuMs) / (FULL * 1_000)));
  const messages = perSecond * MONTH_SECONDS;
  return {
    ...none,
    storeReads: messages * figures['message.storeReads'],
    storeWrites: messages * figures['message.storeWrites'],
    containerHours: (containers * MONTH_SECONDS) / 3_600,
  };
}

/** What a new instance takes longer for its first message. */
export function usageOfColdStart(figures: Figures, timing: Timing): Usage {
  return {
    ...none,
    gbSeconds: gbSeconds(figures['cold.firstReplyCpuMs'] / timing.cpuShare.value),
  };
}

/**
 * A broadcast to followers chosen by a filter, in batches of openids, each operation of the store
 * after the other. What a transaction begins and ends with is taken for a read.
 */
export function usageOfBroadcast(figures: Figures, timing: Timing, followers: number): Usage {
  const batches = Math.ceil(followers / BATCH_OPENIDS);
  const reads = followers * (figures['broadcast.storeReads'] + figures['broadcast.storeSteps']);
  const writes = followers * figures['broadcast.storeWrites'];
  return {
    gbSeconds: gbSeconds(batches * timing.weChatMs.value + (reads + writes) * timing.storeMs.value),
    // Besides the workers' the submission, and for each batch the event with its result.
    invocations: 2 + batches,
    storeReads: reads,
    storeWrites: writes,
    egressBytes: followers * OPENID_BYTES + batches * CALL_BYTES,
  };
}

/** A month of timers when nothing happens: the token every five minutes, the worker every minute. */
export function usageOfMonth(timing: Timing): Usage {
  const ticks = { token: 12 * 24 * 30, worker: 60 * 24 * 30 };
  const invocations = ticks.token + ticks.worker;
  return {
    gbSeconds: invocations * gbSeconds(5 / timing.cpuShare.value + timing.storeMs.value),
    invocations,
    storeReads: invocations,
    storeWrites: ticks.token / 24 + ticks.worker / 60,
    egressBytes: ticks.token * CALL_BYTES,
  };
}

const none: Usage = {
  gbSeconds: 0,
  invocations: 0,
  storeReads: 0,
  storeWrites: 0,
  egressBytes: 0,
};

function gbSeconds(ms: number): number {
  return (MEMORY_MB / 1_024) * (ms / 1_000);
}
