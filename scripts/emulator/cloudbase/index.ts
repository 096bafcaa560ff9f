import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Action } from './actions/action.ts';
import { nodeActions } from './actions/node-actions.ts';
import { transactionActions } from './actions/transaction-actions.ts';
import { createClock } from './clock.ts';
import { createFaults } from './control/faults.ts';
import { createStats } from './control/stats.ts';
import { type DispatchWorld, dispatch } from './dispatch.ts';
import { createEnvironment } from './environment.ts';
import type { EnvironmentKeys } from './protocol/credentials.ts';
import type { Answer } from './protocol/envelope.ts';
import { listen, readBody } from './server.ts';
import type { Settings } from './settings.ts';

export interface CloudbaseOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Where data and files are kept; without it they live in memory. */
  readonly stateDir?: string;
  readonly environments: readonly EnvironmentKeys[];
  /** The emulator's clock: server dates, expiry. Signatures are always checked with the real time. */
  readonly now?: () => number;
  /** Runs a function for `callFunction`. */
  readonly invokeFunction?: (envId: string, name: string, data: unknown) => Promise<unknown>;
}

export interface CloudbaseEmulator {
  /** The service URL for the SDKs. */
  readonly url: string;
  readonly baseUrl: string;
  close(): Promise<void>;
}

const TICK_MS = 100;

/**
 * Starts the data plane of CloudBase on the loopback interface.
 *
 * @throws Error if the port is taken or a log in the state directory is damaged
 */
export async function startCloudbase(options: CloudbaseOptions): Promise<CloudbaseEmulator> {
  const { environments: keys, stateDir, now = Date.now } = options;
  const clock = createClock(now);
  const settings: Settings = { duplicates: 'request-failed' };
  const environments = new Map(
    keys.map(({ envId }) => [envId, createEnvironment({ envId, stateDir, clock, settings })]),
  );
  const actions: Record<string, Action> = { ...nodeActions, ...transactionActions };
  const world: DispatchWorld = {
    environments,
    keys,
    actions,
    settings,
    clock,
    worldNow: Date.now,
    faults: createFaults(),
    stats: createStats(),
    onBug: (error) => console.error('CloudBase emulator:', error),
  };
  const requestsOn = new WeakMap<Socket, number>();
  let baseUrl = '';
  const server = await listen(options.port ?? 0, handle);
  baseUrl = server.baseUrl;
  const timer = setInterval(() => {
    for (const environment of environments.values()) environment.tick();
  }, TICK_MS);
  timer.unref();

  return {
    url: `${baseUrl}/admin`,
    baseUrl,
    async close() {
      clearInterval(timer);
      await server.close();
      for (const environment of environments.values()) environment.close();
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const count = (requestsOn.get(request.socket) ?? 0) + 1;
    requestsOn.set(request.socket, count);
    const bytes = await readBody(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
    );
    const url = request.url ?? '/';
    send(
      response,
      await dispatch(world, { headers, url, bytes, isReusedSocket: count > 1, baseUrl }),
    );
  }
}

function send(response: ServerResponse, answer: Answer) {
  switch (answer.kind) {
    case 'json':
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(JSON.stringify(answer.body));
      return;
    case 'html':
      response.writeHead(answer.status, { 'content-type': 'text/html' });
      response.end(answer.body);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
  }
}
