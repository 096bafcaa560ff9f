import path from 'node:path';
import type { PushHome } from '../../emulator/wechat/push/home.ts';
import type { SentMessage } from '../../emulator/wechat/state/sent.ts';
import type { LocalStore } from '../../start/database/local-database.ts';
import { type Emulation, startEmulation } from '../../start/emulation.ts';
import { numberOf } from './message-number.ts';

const root = path.resolve(import.meta.dirname, '../../..');

export interface Backend extends Emulation {
  /** How often each message was handled, by its number. */
  readonly runs: ReadonlyMap<number, number>;
  /** The messages that were answered while the store could not be told of it. */
  readonly unsettled: ReadonlySet<number>;
  /** The customer-service messages. */
  readonly sent: readonly SentMessage[];
}

/**
 * Starts the functions as they are deployed, with the account of the soak and so many processes
 * each.
 */
export async function startBackend(
  instances: number,
  options: {
    readonly store: LocalStore;
    readonly serverKills: number;
    readonly concurrency?: number | undefined;
    readonly home?: PushHome;
  },
): Promise<Backend> {
  const { store, serverKills, concurrency, home = 'server' } = options;
  const runs = new Map<number, number>();
  const unsettled = new Set<number>();
  const sent: SentMessage[] = [];
  const emulation = await startEmulation({
    root,
    account: path.join(import.meta.dirname, 'account.ts'),
    port: 0,
    mode: 'safe',
    home,
    timers: 'hand',
    maxInstances: instances,
    store,
    concurrency,
    // A server that is killed has to keep what it has answered.
    postgres: { isDurable: serverKills > 0 },
    settings: {
      // The soak itself wakes the worker, to see what the deliveries leave to it.
      WORKER_WAKE: 'none',
      // While the store is gone, or late because fifty messages meet a cold process, nothing tells
      // whether a message is a repeat: WeChat brings it again.
      ...(serverKills > 0 || concurrency !== undefined ? { INBOX_WITHOUT_STORE: 'wait' } : {}),
    },
    onLog({ line }) {
      if (line.includes('"event":"handler ran"')) {
        const { count } = JSON.parse(line) as { count: number };
        runs.set(count, (runs.get(count) ?? 0) + 1);
      } else if (
        line.includes('"event":"inbox unavailable"') &&
        line.includes('"reason":"settle"')
      ) {
        const { messageId } = JSON.parse(line) as { messageId: string };
        unsettled.add(numberOf(messageId));
      }
    },
  });
  emulation.onSend((message) => sent.push(message));
  return { ...emulation, runs, unsettled, sent };
}
