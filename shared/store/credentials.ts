import { Secret } from '../kernel/secret.ts';

export interface Credentials {
  readonly secretId: string;
  readonly secretKey: Secret;
  /** Temporary credentials, such as those of a function's role, have one. */
  readonly sessionToken?: Secret;
}

/** The credentials that SCF gives to a function with a role, under the names that both SDKs know. */
export function credentialsFrom(
  env: Readonly<Record<string, string | undefined>>,
): Credentials | undefined {
  const { TENCENTCLOUD_SECRETID: secretId, TENCENTCLOUD_SECRETKEY: secretKey } = env;
  const sessionToken = env.TENCENTCLOUD_SESSIONTOKEN;
  if (!secretId || !secretKey) return undefined;
  return {
    secretId,
    secretKey: new Secret(secretKey),
    ...(sessionToken ? { sessionToken: new Secret(sessionToken) } : {}),
  };
}
