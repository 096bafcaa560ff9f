/** Keys of the Tencent Cloud API; the token comes with temporary ones. */
export interface Keys {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

/** Tencent's own tools do not agree on the names: `…SECRET_ID` here, `…SECRETID` there. */
const names = {
  secretId: ['TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRETID'],
  secretKey: ['TENCENTCLOUD_SECRET_KEY', 'TENCENTCLOUD_SECRETKEY'],
  token: ['TENCENTCLOUD_SESSION_TOKEN', 'TENCENTCLOUD_SESSIONTOKEN', 'TENCENTCLOUD_TOKEN'],
} as const;

/**
 * From the environment; there is no login by QR code, which would wait for a minute in CI and then
 * end as if all were well.
 *
 * @throws Error that says which variables to set.
 */
export function keysFrom(env: Readonly<Record<string, string | undefined>>): Keys {
  const find = (all: readonly string[]) => all.map((name) => env[name]?.trim()).find(Boolean);
  const [secretId, secretKey, token] = [
    find(names.secretId),
    find(names.secretKey),
    find(names.token),
  ];
  if (!secretId || !secretKey) {
    const missing = [secretId ? [] : names.secretId[0], secretKey ? [] : names.secretKey[0]].flat();
    throw new Error(
      `No credentials for Tencent Cloud: set ${missing.join(' and ')} in the environment or in .env. ` +
        'You make them at https://console.cloud.tencent.com/cam/capi, best for a sub-account that may do no more than deploy (docs/deploy.md).',
    );
  }
  return { secretId, secretKey, ...(token ? { token } : {}) };
}
