import type { Kick } from '../../jobs/index.ts';
import type { Config } from '../../kernel/settings.ts';
import { waitAtMost } from '../../kernel/time-limit.ts';
import { credentialsFrom } from '../../store/credentials.ts';
import { createHttpTransport } from '../../wechat/client/http-transport.ts';
import type { World } from '../parts/world.ts';
import { createScfKick } from './scf-kick.ts';

export const kickSettings = ['workerKick', 'workerFunction', 'cloudbaseEnvId'] as const;

/** A reply waits no longer than this for the worker to be woken: its timer does without. */
const LIMIT_MS = 300;

/** Wakes the worker in the way of the deployment. */
export function workerKick(
  world: World,
  config: Pick<Config, (typeof kickSettings)[number]>,
): Kick {
  const { clock, env } = world;
  const { cloudbaseEnvId: envId, workerFunction } = config;
  const credentials = () => credentialsFrom(env);
  // CloudBase runs the functions of an environment in a namespace of its name.
  const place = env.SCF_NAMESPACE === envId ? 'cloudbase' : 'scf';
  switch (config.workerKick ?? place) {
    case 'none':
      return { kick: () => Promise.resolve() };
    case 'scf':
      return createScfKick({
        transport: createHttpTransport({ clock }),
        clock,
        credentials,
        region: env.TENCENTCLOUD_REGION ?? 'ap-shanghai',
        namespace: env.SCF_NAMESPACE ?? 'default',
        functionName: workerFunction,
        limitMs: LIMIT_MS,
      });
    case 'cloudbase':
      return { kick };
  }

  /** The SDK can only wait for the worker's end; that it goes on without us is all we want. */
  async function kick(): Promise<void> {
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
    await waitAtMost(clock, LIMIT_MS, () => functions.call(workerFunction, { kick: true }));
  }
}
