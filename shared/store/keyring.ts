import { type Credentials, credentialsFrom } from './credentials.ts';
import type { Link } from './link.ts';

/** How many offered keys wait for their trial: those of the platform come again with each request. */
const OFFERS = 4;

/**
 * The keys of a process that outlives them. Its environment has those of its start; later ones come
 * with requests, and whether a caller could have sent these is not known. So they are only offers:
 * keys are in use until the service refuses them, and then follows the offer that it answers.
 */
export class Keyring {
  readonly #env: Readonly<Record<string, string | undefined>>;
  #inUse: Credentials | undefined;
  /** The newest first. */
  #offers: Credentials[] = [];

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  /**
   * The keys in use: those of the environment until others have taken their place. An environment
   * without any leaves the newest offer, which then displaces nothing.
   */
  current(): Credentials | undefined {
    return this.#inUse ?? credentialsFrom(this.#env) ?? this.#offers[0];
  }

  /** Keeps keys for the time when those in use are refused. */
  offer(credentials: Credentials): void {
    const known = this.current();
    if (known && isSame(known, credentials)) return;
    const others = this.#offers.filter((each) => !isSame(each, credentials));
    this.#offers = [credentials, ...others].slice(0, OFFERS);
  }

  /**
   * Asks the service with the keys in use and, if it refuses them, with each offer in turn. An offer
   * that is not refused is in use from then on; one that is refused is forgotten.
   *
   * @throws what the first keys failed with, if all are refused
   */
  async ask<R>(
    request: (credentials: Credentials | undefined) => Promise<R>,
    isRefusal: (error: unknown) => boolean,
  ): Promise<R> {
    const current = this.current();
    try {
      return await request(current);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      for (const offer of this.#offers.filter((each) => each !== current)) {
        try {
          const answer = await request(offer);
          this.#use(offer);
          return answer;
        } catch (later) {
          if (!isRefusal(later)) throw later;
          this.#forget(offer);
        }
      }
      throw error;
    }
  }

  #use(credentials: Credentials): void {
    this.#inUse = credentials;
    this.#forget(credentials);
  }

  #forget(credentials: Credentials): void {
    this.#offers = this.#offers.filter((each) => !isSame(each, credentials));
  }
}

/** A link whose every request is made with keys that the service does not refuse. */
export function linkBy(
  keyring: Keyring,
  connect: (credentials: Credentials | undefined) => Link,
  isRefusal: (error: unknown) => boolean,
): Link {
  const ask = <R>(request: (link: Link) => Promise<R>) =>
    keyring.ask(async (credentials) => request(connect(credentials)), isRefusal);
  return {
    get: (collection, id) => ask((link) => link.get(collection, id)),
    insert: (collection, raw) => ask((link) => link.insert(collection, raw)),
    update: (collection, match, change) => ask((link) => link.update(collection, match, change)),
    remove: (collection, match) => ask((link) => link.remove(collection, match)),
    find: (collection, find) => ask((link) => link.find(collection, find)),
    count: (collection, conditions) => ask((link) => link.count(collection, conditions)),
    removeBefore: (collection, field, date, limit) =>
      ask(async (link) => (await link.removeBefore?.(collection, field, date, limit)) ?? 0),
    begin: () => ask((link) => link.begin()),
  };
}

function isSame(one: Credentials, other: Credentials): boolean {
  return (
    one.secretId === other.secretId &&
    one.secretKey.reveal() === other.secretKey.reveal() &&
    one.sessionToken?.reveal() === other.sessionToken?.reveal()
  );
}
