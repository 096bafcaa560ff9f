import type { BlockList } from 'node:net';
import * as v from 'valibot';
import type { Clock } from '../kernel/clock.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import { withinTime } from '../kernel/time-limit.ts';
import { macField } from '../store/bound-store.ts';
import type { Collection, Store } from '../store/store.ts';

const schema = v.strictObject({
  /** The AppID. */
  _id: v.string(),
  /** Single addresses and CIDR blocks, as `getcallbackip` gives them. */
  addresses: v.array(v.string()),
  fetchedAt: v.date(),
  mac: macField,
});

export type AllowListDocument = v.InferOutput<typeof schema>;

export const allowListCollection: Collection<AllowListDocument> = {
  name: 'callback_addresses',
  schema,
  bound: 'all',
};

/** The addresses that a push may come from. */
export interface AllowList {
  /**
   * `false` if WeChat's addresses are known for sure, and this is not one of them; and for an address
   * that is missing or cannot be read.
   */
  admits(address: string | undefined): Promise<boolean>;
}

export interface AllowListOptions {
  readonly store: Pick<Store, 'get'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly appid: string;
}

const MINUTE = 60_000;
/** After this an instance reads the list anew; after the shorter time, if it met an unknown address. */
const READ_EVERY_MS = 10 * MINUTE;
const READ_AGAIN_MS = MINUTE;
/** A push waits this long for the list at most. */
const READ_WITHIN_MS = 500;
/** A list that was last fetched longer ago than this is no longer applied. */
const BELIEVED_MS = 3 * 24 * 60 * MINUTE;

/**
 * The addresses that WeChat has named, out of the store. The signature authenticates a push; this is
 * a second check, and it fails open where the list is to blame: without one, or with an old one, every
 * push passes, and the log says so. A caller whose address cannot be read is refused: he may have made
 * it so. Where the platform tells no address the list can check nothing, so every push is refused, WeChat's
 * check of the URL included, until the setting is off.
 */
export function createAllowList({ store, clock, log, appid }: AllowListOptions): AllowList {
  let known: { readonly list: BlockList; readonly fetchedAt: number } | undefined;
  let readAt = Number.NEGATIVE_INFINITY;

  async function read(ifOlderThanMs: number): Promise<void> {
    if (clock.now() - readAt < ifOlderThanMs) return;
    readAt = clock.now();
    try {
      const found = await withinTime(clock, READ_WITHIN_MS, () =>
        store.get(allowListCollection, appid),
      );
      const { addresses, fetchedAt } = found?.doc ?? {};
      known = addresses &&
        fetchedAt && { list: await toList(addresses), fetchedAt: fetchedAt.getTime() };
    } catch (error) {
      log.warn('allow list not read', { error });
    }
  }

  function open(reason: string): true {
    log.warn('allow list not applied', { reason });
    return true;
  }

  return {
    async admits(address) {
      // Loaded here, so that an instance pays for `node:net` only with the list switched on.
      const { isIP } = await import('node:net');
      const family = familyOf(isIP(address ?? ''));
      if (!address || !family) return false;
      await read(READ_EVERY_MS);
      if (known?.list.check(address, family)) return true;
      // WeChat may have named the address since the list was read.
      await read(READ_AGAIN_MS);
      if (!known) return open('no list');
      if (clock.now() - known.fetchedAt > BELIEVED_MS) return open('list too old');
      return known.list.check(address, family);
    },
  };
}

/** A header that holds an address and nothing else. */
const ADDRESS = /^\[?(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+)\]?(?::\d+)?$/i;
const MOST_HEADERS = 10;

/**
 * What an operator has to know of an address that was refused: the one that we took for the caller's,
 * and the headers that hold others. The push was signed, so it may well be WeChat's, behind a gateway
 * that writes its address where we do not look.
 */
export function refusedAddress({ remoteAddress = 'none', headers }: HttpRequest) {
  const named = Object.keys(headers).filter((name) => ADDRESS.test(headers[name] ?? ''));
  return {
    reason:
      'CALLBACK_ALLOW_LIST is on, and this is no address of WeChat. If it is that of a gateway, name the header in which the gateway writes the address of the caller in HTTP_ADDRESS_HEADER, or switch the list off.',
    details: {
      address: remoteAddress.slice(0, 64),
      headers: named.slice(0, MOST_HEADERS).join(', ').slice(0, 500),
    },
  };
}

/** Stores the addresses that WeChat has named. @throws what the store fails with */
export async function storeAllowList(
  store: Pick<Store, 'get' | 'create' | 'replaceIf'>,
  doc: AllowListDocument,
): Promise<void> {
  const found = await store.get(allowListCollection, doc._id);
  // If another worker was quicker, it has just asked WeChat, too.
  if (found) await store.replaceIf(allowListCollection, doc, found.rev);
  else await store.create(allowListCollection, doc);
}

/** An entry that cannot be read is left out; the others still count. */
async function toList(addresses: readonly string[]): Promise<BlockList> {
  const { BlockList, isIP } = await import('node:net');
  const list = new BlockList();
  for (const each of addresses) {
    const [address = '', bits] = each.split('/');
    const family = familyOf(isIP(address));
    if (!family) continue;
    const most = family === 'ipv4' ? 32 : 128;
    const prefix = bits === undefined ? most : Number(bits);
    if (Number.isInteger(prefix) && prefix >= 0 && prefix <= most)
      list.addSubnet(address, prefix, family);
  }
  return list;
}

function familyOf(version: number): 'ipv4' | 'ipv6' | undefined {
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
