import { signedHeaders } from '../../../shared/app/wake/tc3.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { type CloudService, cloudVersions } from '../../cloud/models/index.ts';
import type { TencentEmulator } from '../../emulator/tencent/index.ts';

export interface Keys {
  readonly secretId: string;
  readonly secretKey: string;
}

/** One call of the emulated cloud's API, of any action. @returns the answer, or its error. */
export async function callCloud(
  tencent: TencentEmulator,
  keys: Keys,
  service: CloudService,
  action: string,
  parameters: object,
  region = 'ap-shanghai',
): Promise<{ readonly Error?: { readonly Code: string; readonly Message: string } }> {
  const url = new URL(`https://${service}.tencentcloudapi.com/`);
  const body = JSON.stringify(parameters);
  const { host: _, ...headers } = signedHeaders(
    { url, service, action, version: cloudVersions[service], region, body, now: Date.now() },
    { secretId: keys.secretId, secretKey: new Secret(keys.secretKey) },
  );
  const answer = await tencent.fetch(url, { method: 'POST', headers, body });
  const { Response } = (await answer.json()) as { Response: { Error?: never } };
  return Response;
}
