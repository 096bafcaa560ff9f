import type { WakeWorker } from '../../jobs/index.ts';
import type { Config } from '../../kernel/settings.ts';
import { waitAtMost } from '../../kernel/time-limit.ts';
import { credentialsFrom } from '../../store/credentials.ts';
import { createHttpTransport } from '../../wechat/client/http-transport.ts';
import type { World } from '../parts/world.ts';
import { createScfInvoke } from './scf-invoke.ts';

export const wakeSettings = ['workerWake', 'workerFunction', 'cloudbaseEnvId'] as const;

/** A reply waits no longer than this for the worker to be woken; else the worker's timer starts it. */
const LIMIT_MS = 300;

/** How the worker is woken where this function is deployed. */
export function wakeWorkerOf(
  world: World,
  config: Pick<Config, (typeof wakeSettings)[number]>,
): WakeWorker {
  const { clock, env } = world;
  const { cloudbaseEnvId: envId, workerFunction } = config;
  const credentials = () => credentialsFrom(env);
  // CloudBase runs the functions of an environment in a namespace of its name.
  const place = env.SCF_NAMESPACE === envId ? 'cloudbase' : 'scf';
  switch (config.workerWake ?? place) {
    case 'none':
      return () => Promise.resolve();
    case 'scf':
      return createScfInvoke({
        transport: createHttpTransport({ clock }),
        clock,
        credentials,
        region: env.TENCENTCLOUD_REGION ?? 'ap-shanghai',
        namespace: env.SCF_NAMESPACE ?? 'default',
        functionName: workerFunction,
        limitMs: LIMIT_MS,
      });
    case 'cloudbase':
      return callWorker;
  }

  /** The SDK waits for the worker's end. We leave earlier: the worker goes on without us. */
  async function callWorker(): Promise<void> {
    const found = credentials();
    if (!found) return;
    const { connectFunctions } = await import('#store-driver');
    const functions = connectFunctions({
      envId,
      secretId: found.secretId,
      secretKey: found.secretKey.reveal(),
      sessionToken: found.sessionToken?.reveal(),
      timeoutMs: 2_500,
    });
    await waitAtMost(clock, LIMIT_MS, () => functions.call(workerFunction, { wake: true }));
  }
}
