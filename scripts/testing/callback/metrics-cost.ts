import { createRequire } from 'node:module';
import { createLog, type LogFields } from '../../../shared/kernel/log.ts';
import { createMeter } from '../../../shared/kernel/meter.ts';
import { metricTable } from '../../../shared/monitoring/metric-table.ts';
import { testEnv } from '../test-account.ts';
import { signedPush, textMessage } from './signed-push.ts';

/**
 * What counting costs: the CPU time that one message takes in a built callback bundle, and that of
 * everything which it makes the meter count. Prints both in microseconds, and their ratio. The store
 * fails at once, so the message is cheaper than any that is stored, and the ratio is the worst.
 */
const [bundle = '', count = '3000'] = process.argv.slice(2);
const ROUNDS = 5;
const messages = Number(count);

// Made before anything is measured.
const pushes = Array.from({ length: Math.max(messages, 21) }, (_, index) => {
  const now = Date.now();
  const text = textMessage(`message ${index}`, now, String(index));
  const { query, body } = signedPush(text, { mode: 'safe', now });
  return { httpMethod: 'POST', path: '/', queryString: query, body, headers: {} };
});
const told: string[] = [];
console.log = (line: string) => told.push(line);
Object.assign(process.env, testEnv, { LOG_LEVEL: 'debug' });
const { main } = createRequire(import.meta.url)(bundle) as {
  main: (event: unknown, context: unknown) => Promise<{ statusCode: number }>;
};

// What one message tells, once the instance is warm and no write is due.
for (let index = 0; index < 20; index += 1) await answer(index);
told.length = 0;
await answer(20);
const events = told.map((line) => {
  const { event, ...fields } = JSON.parse(line) as LogFields & { event: string };
  return { event, fields };
});

const fresh = createRequire(import.meta.url);
delete fresh.cache[fresh.resolve(bundle)];
process.env.LOG_LEVEL = 'error';
const quiet = fresh(bundle) as { main: typeof main };

const ratios: { readonly message: number; readonly counting: number }[] = [];
for (let round = 0; round <= ROUNDS; round += 1) {
  const message = await microseconds(async () => {
    for (let index = 0; index < messages; index += 1) await answer(index, quiet.main);
  });
  const counting = await microseconds(() => tellAll(true));
  const silence = await microseconds(() => tellAll(false));
  // The first round warms up.
  if (round > 0) ratios.push({ message, counting: counting - silence });
}
ratios.sort((a, b) => a.counting / a.message - b.counting / b.message);
const { message, counting } = ratios[Math.floor(ratios.length / 2)] ?? { message: 0, counting: 0 };
process.stdout.write(
  `${JSON.stringify({
    events: events.map(({ event }) => event),
    messageMicroseconds: Number(message.toFixed(1)),
    countingMicroseconds: Number(counting.toFixed(2)),
    ratio: Number((counting / message).toFixed(4)),
  })}\n`,
);

async function answer(index: number, callback = main): Promise<void> {
  const { statusCode } = await callback(pushes[index], { request_id: `r${index}` });
  if (statusCode !== 200) throw new Error(`The callback answered ${statusCode}.`);
}

/** The events of one message, as often as there are messages, to a log that writes none of them. */
async function tellAll(isCounted: boolean): Promise<void> {
  const meter = createMeter(metricTable, Date.now);
  const log = createLog({
    write: () => {},
    now: Date.now,
    level: 'error',
    ...(isCounted ? { onEvent: (event, fields) => meter.note(event, fields) } : {}),
  });
  for (let index = 0; index < messages; index += 1) {
    for (const { event, fields } of events) log.debug(event, fields);
  }
}

/** Of CPU, for each message. */
async function microseconds(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / messages;
}
