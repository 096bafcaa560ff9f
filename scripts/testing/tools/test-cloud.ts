import { Secret } from '../../../shared/kernel/secret.ts';
import { createCloudApi } from '../../cloud/api.ts';
import type { Cloud } from '../../deploy/plugin/cloud.ts';
import {
  startTencent,
  type TencentEmulator,
  type TencentOptions,
} from '../../emulator/tencent/index.ts';
import { testAccount } from './cloud-account.ts';

export interface TestCloud {
  readonly tencent: TencentEmulator;
  /** What a deploy works with: the functions in the emulator, and its bucket. */
  readonly cloud: Cloud;
  /** The actions since the last time, with the names of their functions. */
  calls(): readonly string[];
  close(): Promise<void>;
}

/** The emulated cloud for tests in this process. */
export async function openTestCloud(
  options: Partial<Omit<TencentOptions, 'account'>> = {},
): Promise<TestCloud> {
  const tencent = await startTencent({ account: testAccount, activationMs: 1, ...options });
  const region = 'ap-shanghai';
  const api = createCloudApi({
    credentials: {
      secretId: testAccount.secretId,
      secretKey: new Secret(testAccount.secretKey),
    },
    region,
    origin: `http://127.0.0.1:${tencent.port}`,
  });
  const bucket = 'sls-cloudfunction-ap-shanghai';
  const full = `${bucket}-${testAccount.appid}`;
  const { buckets } = tencent;
  if (!buckets.has(full)) buckets.create(full);
  const getBytes = async (key: string) => {
    const found = buckets.get(full, key);
    if (!found) throw new Error(`NoSuchKey ${key}`);
    return found;
  };
  let seen = 0;

  return {
    tencent,
    cloud: {
      bucket,
      region,
      appid: async () => testAccount.appid,
      scf: (action, parameters) => api('scf', action, parameters),
      put: async (key, body) => buckets.put(full, key, body),
      get: async (key) => (await getBytes(key)).toString(),
      getBytes,
      keys: async (prefix) => buckets.keys(full, prefix),
    },
    calls() {
      const since = tencent.calls.slice(seen);
      seen = tencent.calls.length;
      return since.map(({ action }) => action.replace(/^scf\./, ''));
    },
    close: () => tencent.close(),
  };
}
