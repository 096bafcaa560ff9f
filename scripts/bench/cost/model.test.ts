import { expect, test } from '@jest/globals';
import { platform } from '../platform.ts';
import { billOf, breakEven, times } from './model.ts';
import {
  usageOfBroadcast,
  usageOfContainers,
  usageOfEvents,
  usageOfFunctionPush,
  usageOfHttp,
  usageOfMessage,
  usageOnPostgres,
} from './usage.ts';

const prices = {
  gbSecond: { cny: 0.0001 },
  invocations: { cny: 0.01 },
  storeReads: { cny: 0.02 },
  storeWrites: { cny: 0.05 },
  egress: { cny: 0.8 },
  postgresMonth: { cny: 300 },
  containerHour: { cny: 0.03 },
};
const figures = {
  'message.cpuMs': 0.05,
  'function.cpuMs': 0.05,
  'container.cpuMs': 0.05,
  'message.cpuMsAtOnce': 0.02,
  'message.storeReads': 0,
  'message.storeWrites': 2,
  'broadcast.storeReads': 0.01,
  'broadcast.storeWrites': 0.02,
  'broadcast.storeSteps': 0.001,
  'cold.firstReplyCpuMs': 25,
  'memory.peakRssMb': 80,
};
const timing = {
  ...platform.timing,
  cpuShare: { ...platform.timing.cpuShare, value: 0.25 },
  storeMs: { ...platform.timing.storeMs, value: 10 },
  postgresMs: { ...platform.timing.postgresMs, value: 2 },
};

test('a bill is each amount at its price', () => {
  const usage = {
    gbSeconds: 1_000,
    invocations: 20_000,
    storeReads: 10_000,
    storeWrites: 40_000,
    egressBytes: 5e9,
  };

  expect(billOf(usage, prices)).toEqual({
    gbSecond: 0.1,
    invocations: 0.02,
    storeReads: 0.02,
    storeWrites: 0.2,
    egress: 4,
    postgresMonth: 0,
    containerHour: 0,
    total: expect.closeTo(4.34, 10),
  });
  expect(billOf(times(usage, 3), prices).total).toBeCloseTo(3 * 4.34, 10);
});

test('a message is billed for its CPU in a quarter of a core, and while it waits for the store', () => {
  const usage = usageOfMessage(figures, timing, 100);

  // 0.05 ms / 0.25 + 2 × 10 ms + 100 ms in a quarter of a GB
  expect(usage.gbSeconds).toBeCloseTo((0.2 + 20 + 100) / 1_000 / 4, 10);
  expect(usage).toMatchObject({ invocations: 1, storeReads: 0, storeWrites: 2 });
});

test('a broadcast grows by batches of 10 000', () => {
  const [one, ten] = [10_000, 100_000].map((count) => usageOfBroadcast(figures, timing, count));

  expect(ten?.egressBytes).toBe(10 * Number(one?.egressBytes));
  expect(Number(ten?.invocations) - Number(one?.invocations)).toBe(9);
  expect(ten).toMatchObject({ storeReads: 1_100, storeWrites: 2_000 });
});

test('on PostgreSQL a message waits less and pays for no operation; the instance is paid by the month', () => {
  const usage = usageOnPostgres(figures, timing, 100);

  // 0.05 ms / 0.25 + 2 × 2 ms + 100 ms in a quarter of a GB
  expect(usage.gbSeconds).toBeCloseTo((0.2 + 4 + 100) / 1_000 / 4, 10);
  expect(usage).toMatchObject({ invocations: 1, storeReads: 0, storeWrites: 0 });
  expect(billOf({ ...times(usage, 0), postgresMonths: 2 }, prices).total).toBe(600);
});

test('one message at a time costs an HTTP function as much; many at a time are paid once', () => {
  const alike = { ...figures, 'message.cpuMsAtOnce': figures['message.cpuMs'] };
  const [event, http] = [usageOfEvents, usageOfHttp].map((usage) => usage(alike, timing, 0.01));
  expect(http?.gbSeconds).toBeCloseTo(Number(event?.gbSeconds), 0);

  // 50 messages of 20 ms at a time: always one in hand, in an instance of a quarter of a GB.
  const many = usageOfHttp(alike, timing, 2_500);
  expect(many.gbSeconds).toBeCloseTo((30 * 86_400) / 4, -1);
  expect(many.storeWrites).toBe(2 * 2_500 * 30 * 86_400);
});

test('where PostgreSQL begins to cost less, both bills are the same', () => {
  const onDocuments = usageOfMessage(figures, timing);
  const onPostgres = usageOnPostgres(figures, timing);

  const messages = breakEven(onDocuments, onPostgres, prices) ?? Number.NaN;

  const month = { ...times(onPostgres, messages), postgresMonths: 1 };
  expect(billOf(month, prices).total).toBeCloseTo(
    billOf(times(onDocuments, messages), prices).total,
    6,
  );
  expect(breakEven(onPostgres, onDocuments, prices)).toBeUndefined();
});

test('a push inside WeChat Cloud costs what a message costs, less what would leave the network', () => {
  const [message, push] = [usageOfMessage(figures, timing), usageOfFunctionPush(figures, timing)];

  expect(push).toEqual({ ...message, egressBytes: 0 });
});

test('containers are paid by the hour: one at least, and as many as the CPU of the messages fills', () => {
  const quiet = billOf(usageOfContainers(figures, 1), prices);
  // 0.2 ms of a quarter of a core each: 3 500 a second fill 70 % of one.
  const [full, more] = [3_500, 3_501].map((rate) => usageOfContainers(figures, rate));

  expect(quiet.containerHour).toBeCloseTo(720 * 0.03, 10);
  expect([full?.containerHours, more?.containerHours]).toEqual([720, 1_440]);
  expect(quiet).toMatchObject({ gbSecond: 0, invocations: 0, egress: 0 });
});
