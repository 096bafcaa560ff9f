import { createRequire } from 'node:module';
import type { Credentials, Sdk } from './sdk.ts';
import { adapt, type RawSdk } from './shared-adapter.ts';

interface LegacyModule {
  init(config: object): RawSdk;
}

/** The package has no types of its own. */
const legacy: LegacyModule = createRequire(import.meta.url)('tcb-admin-node');

export function createLegacySdk(
  { url, env, secretId, secretKey, timeoutMs }: Credentials,
  signMethod: 'v2' | 'v3' = 'v2',
): Sdk {
  const raw = legacy.init({
    env,
    secretId,
    secretKey,
    serviceUrl: url,
    signMethod,
    timeout: timeoutMs,
    // Without it, the last caller's keys would be everybody's.
    isUpdateSelfConfig: false,
  });
  return adapt('tcb-admin-node', raw);
}
