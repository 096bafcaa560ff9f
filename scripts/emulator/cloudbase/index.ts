import type { Action } from './actions/action.ts';
import { createFunctionActions, type InvokeFunction } from './actions/function-actions.ts';
import { legacyActions } from './actions/legacy-actions.ts';
import { nodeActions } from './actions/node-actions.ts';
import { createStorageActions } from './actions/storage-actions.ts';
import { transactionActions } from './actions/transaction-actions.ts';
import { createClock } from './clock.ts';
import { type Control, createControl } from './control/control.ts';
import { createFaults } from './control/faults.ts';
import { createStats } from './control/stats.ts';
import type { ServedRequest } from './dispatch.ts';
import { createEnvironment } from './environment.ts';
import type { EnvironmentKeys } from './protocol/credentials.ts';
import { createRouter } from './router.ts';
import { listen, type RunningServer } from './server.ts';
import type { Settings } from './settings.ts';
import { createTickets } from './storage/tickets.ts';

export type { InvokeFunction } from './actions/function-actions.ts';
export type { CollectionInfo, Control, NewCollection, NewIndex } from './control/control.ts';
export type { Fault } from './control/faults.ts';
export type { StatsSnapshot } from './control/stats.ts';
export type { ServedRequest } from './dispatch.ts';
export type { EnvironmentKeys } from './protocol/credentials.ts';
export type { Rule } from './store/collection.ts';

export interface CloudbaseOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Where data and files are kept, for one emulator at a time; without it they live in memory. */
  readonly stateDir?: string;
  /** At least one. An environment is where its data are; several may share their keys. */
  readonly environments: readonly EnvironmentKeys[];
  /** The emulator's clock: server dates and expiry. */
  readonly now?: () => number;
  /** What signatures are checked with: the clock of the SDKs' processes, the machine's by default. */
  readonly signingNow?: () => number;
  /**
   * Runs a function for `callFunction`. An error with the code `FUNCTION_NOT_FOUND` or
   * `FUNCTIONS_TIME_LIMIT_EXCEEDED` is passed on; any other is the function's own failure.
   */
  readonly invokeFunction?: InvokeFunction;
  /** What `x-emulator-key` must hold for `/emulator/…`; any program of this machine may unless given. */
  readonly controlKey?: string;
  /** Hears of each request of an SDK when it was answered. */
  readonly onRequest?: (request: ServedRequest) => void;
}

export interface CloudbaseEmulator {
  /** The service URL for the SDKs. */
  readonly url: string;
  readonly baseUrl: string;
  /** What `/emulator/…` offers over HTTP. */
  readonly control: Control;
  close(): Promise<void>;
}

/** How often transactions and documents are looked at for expiry when nobody asks for anything. */
const TICK_MS = 100;

const ENV_ID = /^[\w-]{1,64}$/;

/**
 * Starts the data plane of CloudBase on the loopback interface.
 *
 * @throws Error if the port is taken, an environment id is not a plain name, or a log is damaged
 */
export async function startCloudbase(options: CloudbaseOptions): Promise<CloudbaseEmulator> {
  for (const { envId } of options.environments) {
    if (!ENV_ID.test(envId)) throw new Error(`Not an environment id: ${envId}.`);
  }
  let isOpen = true;
  // A request that the end of the emulator cuts off fails, and nobody needs to hear of it.
  const onBug = (error: unknown) => {
    if (isOpen) console.error('CloudBase emulator:', error);
  };
  // The port comes first: whoever loses the race for it must not touch the state of the winner.
  const server = await listen(options.port ?? 0, onBug);
  try {
    const emulator = open(options, server, onBug);
    return {
      ...emulator,
      close() {
        isOpen = false;
        return emulator.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

function open(
  options: CloudbaseOptions,
  server: RunningServer,
  onBug: (error: unknown) => void,
): CloudbaseEmulator {
  const { environments: keys, stateDir, now = Date.now, invokeFunction } = options;
  const { baseUrl, killIdleSockets } = server;
  const settings: Settings = { duplicates: 'request-failed' };
  const shared = {
    clock: createClock(now),
    settings,
    faults: createFaults(),
    stats: createStats(),
    tickets: createTickets(),
  };
  const environments = new Map(
    keys.map(({ envId }) => [envId, createEnvironment({ envId, stateDir, ...shared })]),
  );
  const control = createControl({ ...shared, environments, killIdleSockets });
  const actions: Readonly<Record<string, Action>> = {
    ...nodeActions,
    ...legacyActions,
    ...transactionActions,
    ...createStorageActions(shared.tickets),
    ...createFunctionActions(invokeFunction),
  };
  const { onRequest } = options;
  const world = { ...shared, environments, keys, actions, control, baseUrl, onBug, onRequest };
  server.serve(
    createRouter({
      ...world,
      worldNow: options.signingNow ?? Date.now,
      controlKey: options.controlKey,
    }),
  );
  const timer = setInterval(() => {
    for (const environment of environments.values()) environment.tick();
  }, TICK_MS);
  timer.unref();

  return {
    url: `${baseUrl}/admin`,
    baseUrl,
    control,
    async close() {
      clearInterval(timer);
      await server.close();
      for (const environment of environments.values()) environment.close();
    },
  };
}
