import { createRequire } from 'node:module';
import path from 'node:path';
import { installTools } from '../deploy/tools.ts';

/** Tencent's SDK, which is installed with the deploy tools; the root's `npm ci` stays small. */
export const sdkFolder = path.resolve(
  import.meta.dirname,
  '../deploy/node_modules/tencentcloud-sdk',
);

/** The generic client: the clients of single services add types to it and nothing else. */
export interface SdkClient {
  request(action: string, parameters: object): Promise<object>;
}

interface ClientConfig {
  readonly credential: {
    readonly secretId: string;
    readonly secretKey: string;
    readonly token?: string;
  };
  readonly region: string;
  readonly profile: {
    readonly httpProfile: {
      readonly protocol: string;
      /** Seconds. */
      readonly reqTimeout: number;
      readonly agent?: object;
    };
  };
}

export type SdkClientClass = new (
  endpoint: string,
  version: string,
  config: ClientConfig,
) => SdkClient;

/**
 * Loads the SDK when the first call needs it, and installs it before that where it is missing: most
 * commands, types and tests never come here.
 *
 * @throws Error if npm could not install it.
 */
export function loadSdk(): SdkClientClass {
  installTools();
  const load = createRequire(path.join(sdkFolder, 'package.json'));
  const { CommonClient } = load('./tencentcloud/common/common_client') as {
    readonly CommonClient: SdkClientClass;
  };
  return CommonClient;
}
