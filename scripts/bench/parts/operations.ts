import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { syncCollection } from '../../../shared/followers/sync-document.ts';
import { broadcastCollection } from '../../../shared/mass-send/broadcast-document.ts';
import { connect } from '../../../shared/proxy-sdk/index.ts';
import type { PushMessage } from '../../emulator/wechat/push/messages.ts';
import { ordinary } from '../../emulator/wechat/push/ordinary.ts';
import { sampleEvent } from '../../emulator/wechat/push/samples.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { fixtureAccount } from '../../testing/tools/fixture-build.ts';
import type { BenchContext, PartReport } from '../report/part.ts';

const TIMES = 50;
const QUIET_MS = 1_500;
const LONGEST_MS = 120_000;
/** Of the sync and of the mass send by a filter: two pages, and two batches. */
const FOLLOWERS = 20_000;

interface Operations {
  readonly reads: number;
  readonly writes: number;
  /** Begin, commit and roll back: requests that carry no document. */
  readonly transactions: number;
  readonly apiCalls: number;
}

/** Something that is done over and over, and counted. */
interface Deed {
  readonly name: string;
  readonly times: number;
  readonly act: (emulation: Emulation, serial: number) => Promise<void>;
}

/** (f) What one message, request or broadcast costs elsewhere: the store, and WeChat. */
export async function operations({ root }: BenchContext): Promise<PartReport> {
  const emulation = await startEmulation({
    root,
    account: fixtureAccount,
    port: 0,
    mode: 'safe',
    timers: 'cron',
    settings: { MASS_SEND_GAP_MINUTES: '0' },
  });
  try {
    await addClient(emulation);
    const rows = [];
    for (const deed of deeds) {
      // The first one makes what all others find: a token, for those that call WeChat.
      if (deed.times > 1) await deed.act(emulation, 0);
      await quiet(emulation);
      rows.push({ name: deed.name, costs: await count(emulation, deed) });
    }
    const byName = Object.fromEntries(rows.map(({ name, costs }) => [name, costs]));
    const { [TEXT]: text, [BROADCAST]: broadcast } = byName;
    const perFollower = (total = Number.NaN) => total / FOLLOWERS;
    return {
      title: 'Store and API calls',
      note: `Each, counted by the emulators while the deployed bundles do it (${TIMES} times; what is for many followers once); what a timer does meanwhile is counted too. All counts of WeChat's calls are without the token.`,
      columns: ['reads', 'writes', 'transaction steps', 'API calls'],
      rows: rows.map(({ name, costs }) => ({
        name,
        values: [costs.reads, costs.writes, costs.transactions, costs.apiCalls],
      })),
      ratios: {},
      figures: {
        'message.storeReads': text?.reads ?? Number.NaN,
        'message.storeWrites': text?.writes ?? Number.NaN,
        'broadcast.storeReads': perFollower(broadcast?.reads),
        'broadcast.storeWrites': perFollower(broadcast?.writes),
        'broadcast.storeSteps': perFollower(broadcast?.transactions),
      },
    };
  } finally {
    await emulation.close();
  }
}

const openid = (serial: number) => `oBench${serial}`;
const message = (name: string, make: (serial: number) => PushMessage): Deed => ({
  name,
  times: TIMES,
  act: (emulation, serial) => send(emulation, make(serial)),
});

const TEXT = 'a text with a reply';
const BROADCAST = 'a mass send to 20 000 followers of a filter';

const deeds: readonly Deed[] = [
  message(TEXT, (serial) => ordinary.text(openid(serial), `hello ${serial}`)),
  message('an event without a reply', (serial) => sampleEvent(openid(serial), 'VIEW')),
  message('a text, and a second message after the reply', (serial) =>
    ordinary.text(openid(serial), 'more'),
  ),
  message('a text that the worker answers', (serial) => ordinary.text(openid(serial), 'report')),
  {
    name: 'a request through the API proxy',
    times: TIMES,
    async act({ urls }) {
      const api = connect({ urls: [urls.proxy], client: CLIENT, secret: SECRET });
      await api.call('material.count');
    },
  },
  {
    name: 'a mass send to everyone',
    times: 1,
    act: (emulation, serial) => submit(emulation, `bench-${serial}`, { all: true }),
  },
  {
    name: 'a full sync of 20 000 followers',
    times: 1,
    async act(emulation) {
      await emulation.wechatApi.fetch('http://localhost/emulator/followers', {
        method: 'POST',
        body: JSON.stringify({ count: FOLLOWERS }),
      });
      await invoke(emulation.scf, 'followers', { action: 'sync' });
      await until(emulation, syncCollection.name, { phase: 'done' });
    },
  },
  {
    name: BROADCAST,
    times: 1,
    async act(emulation) {
      const requestId = 'bench-filter';
      await submit(emulation, requestId, { filter: { subscribedFrom: '2020-01-01' } });
      await until(emulation, broadcastCollection.name, { requestId, state: 'done' });
    },
  },
];

async function submit({ scf }: Emulation, requestId: string, audience: object): Promise<void> {
  const content = { msgtype: 'text', text: { content: 'hello, all' } };
  const payload = { requestId, audience, content };
  await invoke(scf, 'mass-send', { action: 'submit', payload });
}

/** Until a document is like this; looked at from outside, which counts for nothing. */
async function until(
  { cloudbase: { control }, environment: { envId } }: Emulation,
  collection: string,
  filter: Readonly<Record<string, string>>,
): Promise<void> {
  for (const end = Date.now() + LONGEST_MS; Date.now() < end; await delay(100)) {
    if (control.documents(envId, collection, { filter }).total > 0) return;
  }
  throw new Error(`Nothing in ${collection} has become ${JSON.stringify(filter)}.`);
}

const CLIENT = 'bench';
const SECRET = randomBytes(32).toString('base64url');

async function addClient({ scf }: Emulation): Promise<void> {
  const payload = {
    id: CLIENT,
    secret: SECRET,
    allow: ['material.count'],
    perSecond: 50,
    burst: 100,
  };
  await invoke(scf, 'proxy-client', { action: 'add', payload });
}

async function invoke(scf: Emulation['scf'], name: string, event: object): Promise<void> {
  const outcome = await scf.invoke(name, event);
  const { ok } = Object(outcome.ok && outcome.result) as { readonly ok?: boolean };
  if (!ok) throw new Error(`${name} failed: ${JSON.stringify(outcome)}`);
}

async function count(emulation: Emulation, { act, times }: Deed): Promise<Operations> {
  const { control } = emulation.cloudbase;
  control.stats.clear();
  const callsBefore = apiCalls(emulation);
  for (let serial = 1; serial <= times; serial += 1) await act(emulation, serial);
  await quiet(emulation);
  const { byAction } = control.stats.snapshot();
  const perDeed = (names: readonly string[]) =>
    Math.round((10 * names.reduce((sum, name) => sum + (byAction[name] ?? 0), 0)) / times) / 10;
  return {
    reads: perDeed(reads),
    writes: perDeed(writes),
    transactions: perDeed(transactionSteps),
    apiCalls: (apiCalls(emulation) - callsBefore) / times,
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
  return Object.entries(endpoints).reduce(
    (sum, [name, { calls }]) => sum + (name.startsWith('token.') ? 0 : calls),
    0,
  );
}

/** Until the worker, which goes on after the answers, has asked nothing of the store for a while. */
async function quiet({ cloudbase: { control } }: Emulation): Promise<void> {
  for (let before = -1, now = 0; now !== before; ) {
    before = now;
    await delay(QUIET_MS);
    now = control.stats.snapshot().requests;
  }
}
