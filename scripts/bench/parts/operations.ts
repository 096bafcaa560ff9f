import { setTimeout as delay } from 'node:timers/promises';
import type { PushMessage } from '../../emulator/wechat/push/messages.ts';
import { ordinary } from '../../emulator/wechat/push/ordinary.ts';
import { sampleEvent } from '../../emulator/wechat/push/samples.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import type { BenchContext, PartReport } from '../report/part.ts';

const MESSAGES = 50;
const QUIET_MS = 1_500;

interface Operations {
  readonly reads: number;
  readonly writes: number;
  /** Begin, commit and roll back: requests that carry no document. */
  readonly transactions: number;
  readonly apiCalls: number;
}

/** (f) What one message costs elsewhere: requests to the store and calls of WeChat. */
export async function operations({ root }: BenchContext): Promise<PartReport> {
  const emulation = await startEmulation({ root, port: 0, mode: 'safe' });
  try {
    const rows = [];
    for (const [name, make] of Object.entries(messages)) {
      // The first one makes what all others find: a token, for those that send.
      await send(emulation, make(0));
      rows.push({ name, costs: await count(emulation, make) });
    }
    const text = rows[0]?.costs;
    return {
      title: 'Store and API calls of a message',
      note: `Per message, counted by the emulators over ${MESSAGES} messages through the deployed bundle.`,
      columns: ['reads', 'writes', 'transaction steps', 'API calls'],
      rows: rows.map(({ name, costs }) => ({
        name,
        values: [costs.reads, costs.writes, costs.transactions, costs.apiCalls],
      })),
      ratios: {},
      figures: {
        'message.storeReads': text?.reads ?? Number.NaN,
        'message.storeWrites': text?.writes ?? Number.NaN,
      },
    };
  } finally {
    await emulation.close();
  }
}

const messages: Readonly<Record<string, (serial: number) => PushMessage>> = {
  'a text with a reply': (serial) => ordinary.text(openid(serial), `hello ${serial}`),
  'an event without a reply': (serial) => sampleEvent(openid(serial), 'VIEW'),
  'a text with a second message after the reply': (serial) => ordinary.text(openid(serial), 'more'),
  'a text that the worker answers': (serial) => ordinary.text(openid(serial), 'report'),
};

const openid = (serial: number) => `oBench${serial}`;

async function count(
  emulation: Emulation,
  make: (serial: number) => PushMessage,
): Promise<Operations> {
  const { control } = emulation.cloudbase;
  control.stats.clear();
  const callsBefore = apiCalls(emulation);
  for (let serial = 1; serial <= MESSAGES; serial += 1) await send(emulation, make(serial));
  await quiet(emulation);
  const { byAction } = control.stats.snapshot();
  const perMessage = (names: readonly string[]) =>
    Math.round((10 * names.reduce((sum, name) => sum + (byAction[name] ?? 0), 0)) / MESSAGES) / 10;
  return {
    reads: perMessage(reads),
    writes: perMessage(writes),
    transactions: perMessage(transactionSteps),
    apiCalls: (apiCalls(emulation) - callsBefore) / MESSAGES,
  };
}

const reads = [
  'database.getDocument',
  'database.calculateDocument',
  'database.aggregateDocuments',
  'database.queryDocument',
];
const writes = [
  'database.insertDocument',
  'database.modifyDocument',
  'database.modifyAndReturnDoc',
  'database.removeDocument',
];
const transactionSteps = [
  'database.startTransaction',
  'database.commitTransaction',
  'database.abortTransaction',
];

async function send({ push }: Emulation, message: PushMessage): Promise<void> {
  const { outcome } = await push.send(message);
  if (outcome.kind === 'fault') throw new Error(`A message was not answered: ${outcome.reason}`);
}

function apiCalls({ wechatApi }: Emulation): number {
  const { endpoints } = wechatApi.inspect().statistics;
  return Object.values(endpoints).reduce((sum, { calls }) => sum + calls, 0);
}

/** Until the worker, which goes on after the answers, has asked nothing of the store for a while. */
async function quiet({ cloudbase: { control } }: Emulation): Promise<void> {
  for (let before = -1, now = 0; now !== before; ) {
    before = now;
    await delay(QUIET_MS);
    now = control.stats.snapshot().requests;
  }
}
