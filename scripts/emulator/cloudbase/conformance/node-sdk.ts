import tcb from '@cloudbase/node-sdk';
import type { Credentials, Sdk } from './sdk.ts';
import { adapt, type RawSdk } from './shared-adapter.ts';

export function createNodeSdk({ url, env, secretId, secretKey, timeoutMs }: Credentials): Sdk {
  const app = tcb.init({
    env,
    secretId,
    secretKey,
    serviceUrl: url,
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  });
  return adapt('node-sdk', app as unknown as RawSdk);
}
