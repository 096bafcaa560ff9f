import * as v from 'valibot';
import type { Collection, Store } from '../store/store.ts';
import { type Identity, TIMESTAMP_WINDOW_MS } from './authenticate.ts';
import { Refusal, storeIsDown } from './refusal.ts';
import { sha256 } from './secrets.ts';

const schema = v.strictObject({ _id: v.string(), removeAt: v.date() });
type NonceDocument = v.InferOutput<typeof schema>;

/** The nonces of the last minutes. The store refuses a second document of the same id. */
export const nonceCollection: Collection<NonceDocument> = {
  name: 'proxy-nonces',
  schema,
  indexes: [{ fields: [{ name: 'removeAt', direction: 'asc' }], expireAfterSeconds: 0 }],
};

/** Clocks of instances differ; a nonce must stay as long as any instance would take its timestamp. */
const MARGIN_MS = 60_000;

/**
 * Uses a nonce up, for all instances. It costs one write to the store, since an instance cannot know
 * otherwise what another one has just taken.
 *
 * @throws Refusal `replayed`, or `store` if the store does not answer: then nothing is passed on.
 */
export async function useNonce(
  store: Pick<Store, 'create'>,
  { client, nonce }: Identity,
): Promise<void> {
  if (!nonce) return;
  const removeAt = new Date(nonce.timestampMs + TIMESTAMP_WINDOW_MS + MARGIN_MS);
  const id = sha256(`${client._id} ${nonce.value}`);
  let isNew: boolean;
  try {
    isNew = await store.create(nonceCollection, { _id: id, removeAt });
  } catch (error) {
    throw storeIsDown(error);
  }
  if (!isNew) throw new Refusal('replayed', 'This nonce was used before: sign each request anew.');
}
