import cloudbase from '@cloudbase/node-sdk';
import { keysFrom } from '../cloud/keys.ts';

/** Creates a collection as an application may, by the API of documents. */
export async function createCollection(envId: string, name: string): Promise<void> {
  const { secretId, secretKey, sessionToken } = keysFrom(process.env);
  // Otherwise the SDK asks a host that only Tencent's own machines can reach before every call.
  process.env.TENCENTCLOUD = 'true';
  const app = cloudbase.init({
    env: envId,
    secretId,
    secretKey: secretKey.reveal(),
    ...(sessionToken ? { sessionToken: sessionToken.reveal() } : {}),
  });
  await app.database().createCollection(name);
}
