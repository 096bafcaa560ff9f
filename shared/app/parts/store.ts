import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Config } from '../../kernel/settings.ts';
import {
  type CloudbaseStore,
  type CloudbaseStoreOptions,
  createCloudbaseStore,
} from '../../store/cloudbase.ts';
import { credentialsFrom } from '../../store/credentials.ts';

/** The store in the CloudBase environment. Its first operation loads the SDK. */
export function storeOf(
  { env, clock }: { readonly env: Parameters<typeof credentialsFrom>[0]; readonly clock: Clock },
  config: Pick<Config, 'cloudbaseEnvId'>,
  log: Log,
  pace: Pick<CloudbaseStoreOptions, 'requestTimeoutMs' | 'budgetMs'> = {},
): CloudbaseStore {
  return createCloudbaseStore({
    ...pace,
    envId: config.cloudbaseEnvId,
    credentials: () => credentialsFrom(env),
    clock,
    log,
  });
}
