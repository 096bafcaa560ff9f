import * as v from 'valibot';
import type { Clock } from '../kernel/clock.ts';
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
  if (!isNew) throw replayed();
}

/** An instance remembers as many of the nonces that it used itself. */
const REMEMBERED = 20_000;

/**
 * The nonces that this instance has used up. A replay that comes here again is refused by memory: it
 * takes no place of the client's rate and costs no write.
 */
export class UsedNonces {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws Refusal `replayed` */
  check({ client, nonce }: Identity): void {
    const until = nonce && this.#until.get(`${client._id} ${nonce.value}`);
    if (until !== undefined && this.#clock.now() < until) throw replayed();
  }

  note({ client, nonce }: Identity): void {
    if (!nonce) return;
    const until = nonce.timestampMs + TIMESTAMP_WINDOW_MS + MARGIN_MS;
    this.#until.set(`${client._id} ${nonce.value}`, until);
    // The oldest first; those that were forgotten are still known to the store.
    for (const [key, end] of this.#until) {
      if (this.#until.size <= REMEMBERED && this.#clock.now() < end) break;
      this.#until.delete(key);
    }
  }
}

function replayed(): Refusal {
  return new Refusal('replayed', 'This nonce was used before: sign each request anew.');
}
