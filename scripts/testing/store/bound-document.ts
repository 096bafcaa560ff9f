import { Secret } from '../../../shared/kernel/secret.ts';
import { createBinder } from '../../../shared/store/binder.ts';
import { withMac } from '../../../shared/store/bound-store.ts';
import type { Collection, Doc } from '../../../shared/store/store.ts';
import type { CloudbaseEmulator } from '../../emulator/cloudbase/index.ts';

/** A document as a holder of the AppSecret has written it: without the proof the functions refuse it. */
export function boundDocument<T extends Doc>(
  { appid, secret }: { readonly appid: string; readonly secret: string },
  collection: Collection<T>,
  doc: T,
): Parameters<CloudbaseEmulator['control']['putDocument']>[2] {
  const binder = createBinder({ appid, key: new Secret(secret) });
  const stored = { ...withMac(binder, collection, doc), _rev: 1, _writes: ['first'] };
  // The emulator takes plain values of JSON and dates, which documents of ours are.
  return stored as unknown as ReturnType<typeof boundDocument>;
}
