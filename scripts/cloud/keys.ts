import { existsSync } from 'node:fs';
import path from 'node:path';
import { Secret } from '../../shared/kernel/secret.ts';
import type { Credentials } from '../../shared/store/credentials.ts';

/** Tencent's own tools do not agree on the names: `…SECRET_ID` here, `…SECRETID` there. */
const names = {
  secretId: ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRETID'],
  secretKey: ['TENCENTCLOUD_SECRET_KEY', 'TENCENTCLOUD_SECRETKEY'],
  sessionToken: ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_SESSIONTOKEN', 'TENCENTCLOUD_TOKEN'],
} as const;

/**
 * Keys of Tencent Cloud from the environment; there is no login by QR code, which would wait for a
 * minute in CI and then end as if all were well.
 *
 * @throws Error that says which variables to set.
 */
export function keysFrom(env: Readonly<Record<string, string | undefined>>): Credentials {
  const find = (all: readonly string[]) => all.map((name) => env[name]?.trim()).find(Boolean);
  const secretId = find(names.secretId);
  const secretKey = find(names.secretKey);
  const sessionToken = find(names.sessionToken);
  if (!secretId || !secretKey) {
    const missing = [
      ...(secretId ? [] : [names.secretId[0]]),
      ...(secretKey ? [] : [names.secretKey[0]]),
    ];
    throw new Error(
      `No keys of Tencent Cloud: set ${missing.join(' and ')} in the environment or in .env. ` +
        'You make them at https://console.cloud.tencent.com/cam/capi, best for a sub-account that may do no more than it must (docs/deploy.md).',
    );
  }
  return {
    secretId,
    secretKey: new Secret(secretKey),
    ...(sessionToken ? { sessionToken: new Secret(sessionToken) } : {}),
  };
}

/** Where the account's functions and documents are, unless TENCENTCLOUD_REGION says otherwise. */
export const DEFAULT_REGION = 'ap-shanghai';

/** Reads `.env.<stage>`, or else `.env`, as the deploy does. What is set already stays. */
export function loadEnvFile(root: string, stage = 'dev'): void {
  const file = [`.env.${stage}`, '.env'].map((name) => path.join(root, name)).find(existsSync);
  if (file) process.loadEnvFile(file);
}
