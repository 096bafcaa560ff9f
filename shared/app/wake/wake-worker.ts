import { database } from '#database';
import type { WakeWorker } from '../../jobs/index.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Config } from '../../kernel/settings.ts';
import { waitAtMost } from '../../kernel/time-limit.ts';
import { credentialsFrom } from '../../store/credentials.ts';
import { createHttpTransport } from '../../wechat/client/http-transport.ts';
import type { World } from '../parts/world.ts';
import { createScfInvoke } from './scf-invoke.ts';

export const wakeSettings = ['workerWake', 'workerFunction', ...database.settings] as const;

/** A reply waits no longer than this for the worker to be woken; else the worker's timer starts it. */
const LIMIT_MS = 300;

/**
 * How the worker is woken where this function is deployed.
 *
 * @throws AppError `invalid` for a way that this build does not have.
 */
export function wakeWorkerOf(
  world: World,
  config: Pick<Config, (typeof wakeSettings)[number]>,
): WakeWorker {
  const { clock, env, keyring } = world;
  const { workerFunction } = config;
  const neighbours = database.neighbours(world, config);
  const byPlatform = neighbours?.isHome ? 'cloudbase' : 'scf';
  switch (config.workerWake ?? (world.wakeHere ? 'here' : byPlatform)) {
    case 'none':
      return () => Promise.resolve();
    case 'here':
      if (world.wakeHere) return world.wakeHere;
      throw new AppError(
        'invalid',
        'WORKER_WAKE is here, which only the server of the callback in a container can do. Set it to scf, cloudbase or none.',
      );
    case 'scf':
      return createScfInvoke({
        transport: createHttpTransport({ clock }),
        clock,
        credentials: () => (keyring ? keyring.current() : credentialsFrom(env)),
        region: env.TENCENTCLOUD_REGION ?? 'ap-shanghai',
        namespace: env.SCF_NAMESPACE ?? 'default',
        functionName: workerFunction,
        limitMs: LIMIT_MS,
        // Where a platform says that its API is elsewhere, as the local one does.
        ...(env.SCF_API_URL ? { url: env.SCF_API_URL } : {}),
      });
    case 'cloudbase':
      if (!neighbours) {
        throw new AppError(
          'invalid',
          'WORKER_WAKE is cloudbase, which needs the SDK of CloudBase; this build has PostgreSQL in its place. Set it to scf or none.',
        );
      }
      // The SDK waits for the worker's end. We leave earlier: the worker goes on without us.
      return () =>
        waitAtMost(clock, LIMIT_MS, () => neighbours.call(workerFunction, { wake: true }));
  }
}
