import cloudbase from '@cloudbase/node-sdk';
import type { Credentials } from '../../shared/store/credentials.ts';

export interface DocumentApiOptions {
  readonly envId: string;
  readonly credentials: Credentials;
  /** The address of an emulator, in place of the service's own. */
  readonly serviceUrl?: string;
}

/** Creates collections as an application may, by the API of documents. */
export function collectionMaker({ envId, credentials, serviceUrl }: DocumentApiOptions) {
  return async (name: string): Promise<void> => {
    const { secretId, secretKey, sessionToken } = credentials;
    // Otherwise the SDK asks a host that only Tencent's own machines can reach before every call.
    process.env.TENCENTCLOUD = 'true';
    const app = cloudbase.init({
      env: envId,
      secretId,
      secretKey: secretKey.reveal(),
      ...(sessionToken ? { sessionToken: sessionToken.reveal() } : {}),
      ...(serviceUrl ? { serviceUrl } : {}),
    });
    await app.database().createCollection(name);
  };
}
