import { systemClock } from '../../../shared/kernel/clock.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import {
  type CloudbaseStoreOptions,
  createCloudbaseStore,
} from '../../../shared/store/cloudbase.ts';
import type { DrivenStore } from '../../../shared/store/driven-store.ts';
import type { CollectionRef } from '../../../shared/store/link.ts';
import { type Control, startCloudbase } from '../../emulator/cloudbase/index.ts';

/** A store on an emulator of its own. */
export interface StoreFixture {
  readonly store: DrivenStore;
  readonly control: Control;
  readonly serviceUrl: string;
  /** Another store on the same data, as another instance of a function would have. */
  another(options?: Partial<CloudbaseStoreOptions>): DrivenStore;
  close(): Promise<void>;
}

/** A database that stands in the process of the test, on a machine with other work, answers when it can. */
export const patience = { requestTimeoutMs: 30_000, budgetMs: 60_000 };

export const keys = { envId: 'env-store', secretId: 'AKIDstore', secretKey: 'SKstoreSecret' };

export async function openStoreFixture(
  options: Partial<CloudbaseStoreOptions>,
  collections: readonly CollectionRef[],
): Promise<StoreFixture> {
  const emulator = await startCloudbase({ environments: [keys] });
  const { control } = emulator;
  for (const { name, indexes = [] } of collections) {
    // Nothing may depend on indexes that remove documents: not every environment has them.
    const lasting = indexes.map(({ expireAfterSeconds: _, ...index }) => index);
    control.createCollection(keys.envId, { name, indexes: lasting });
  }
  const another: StoreFixture['another'] = (others = {}) =>
    createCloudbaseStore({
      envId: keys.envId,
      serviceUrl: emulator.url,
      credentials: () => ({ secretId: keys.secretId, secretKey: new Secret(keys.secretKey) }),
      clock: systemClock,
      ...patience,
      ...options,
      ...others,
    });
  return {
    store: another(),
    control,
    serviceUrl: emulator.url,
    another,
    close: () => emulator.close(),
  };
}
