import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../../shared/proxy-sdk/index.ts';
import { createSend } from '../../../shared/proxy-sdk/send.ts';
import { endpointByName } from '../../../shared/wechat/catalogue/endpoints.ts';
import { limited, type SoakClient, steady } from './clients.ts';

export interface LoadOptions {
  readonly url: string;
  readonly secretOf: (client: SoakClient) => string;
  /** When to end, in epoch ms. */
  readonly until: number;
  /** Callers at the same time: as many as there are instances, so that all instances work. */
  readonly callers: number;
}

export interface LoadReport {
  /** Answers by client and HTTP status; 0 is none. */
  readonly answers: Readonly<Record<string, Readonly<Record<number, number>>>>;
  /** Calls of the library that failed though they were safe to repeat. */
  readonly failedSafe: number;
  /** The messages of those failures, each once. */
  readonly errors: readonly string[];
}

/** One caller in so many uses the client library. */
const STEADY_PART = 4;

/** Calls as fast as the answers come, from all callers at once, above every rate. */
export async function run({ url, secretOf, until, callers }: LoadOptions): Promise<LoadReport> {
  const answers: Record<string, Record<number, number>> = {};
  const errors = new Set<string>();
  let failedSafe = 0;

  function count(id: string, status: number): void {
    const counts = answers[id] ?? {};
    answers[id] = { ...counts, [status]: (counts[status] ?? 0) + 1 };
  }

  /** Calls for each client in turn, without repeats: a refusal is an answer too. */
  async function flood(): Promise<void> {
    const sends = limited.map((client) => {
      const send = createSend({
        urls: [url],
        client: client.id,
        secret: secretOf(client),
        tries: 1,
      });
      const { method, path } = endpointByName(client.endpoint);
      return () =>
        send({ method, path: `/v1${path}` }).then(
          ({ status }) => count(client.id, status),
          (error: { status?: number }) => count(client.id, error.status ?? 0),
        );
    });
    while (Date.now() < until) for (const send of sends) await send();
  }

  async function live(): Promise<void> {
    const api = connect({ urls: [url], client: steady.id, secret: secretOf(steady) });
    while (Date.now() < until) {
      try {
        await api.call('material.count');
        count(steady.id, 200);
      } catch (error) {
        failedSafe += 1;
        errors.add(String(error));
      }
      await delay(5);
    }
  }

  const lives = Math.max(1, Math.floor(callers / STEADY_PART));
  await Promise.all([
    ...Array.from({ length: callers - lives }, flood),
    ...Array.from({ length: lives }, live),
  ]);
  return { answers, failedSafe, errors: [...errors] };
}
