import type { CloudTokenStatus } from './cloud-access.ts';
import type { Storage } from './storage.ts';
import type { TokenKind, TokenStatus } from './tokens.ts';

export interface EndpointStatistics {
  calls: number;
  /** Carried out, whether or not the answer reached the caller. */
  succeeded: number;
  /** Refused, by errcode. */
  refused: Record<string, number>;
}

interface Statistics {
  /** Successful calls of the token endpoints, new token or not. */
  tokenFetches: Record<TokenKind, number>;
  ticketFetches: number;
  /** Calls by what their token was at that moment. */
  tokenUses: Record<TokenStatus | 'unknown' | 'missing', number>;
  /** Calls in which WeChat Cloud added the account, or made the token: `token good`, `relay good`. */
  cloudUses: Record<string, number>;
  /** By catalogue name. */
  endpoints: Record<string, EndpointStatistics>;
}

export function createStatistics(storage: Storage) {
  const section = storage.section<Statistics>('statistics', () => ({
    tokenFetches: { classic: 0, stable: 0 },
    ticketFetches: 0,
    tokenUses: {
      current: 0,
      overlap: 0,
      retired: 0,
      expired: 0,
      revoked: 0,
      unknown: 0,
      missing: 0,
    },
    cloudUses: {},
    endpoints: {},
  }));

  return {
    countTokenFetch: (kind: TokenKind) =>
      section.update(({ tokenFetches }) => {
        tokenFetches[kind] += 1;
      }),

    countTicketFetch: () =>
      section.update((state) => {
        state.ticketFetches += 1;
      }),

    countTokenUse: (status: TokenStatus | 'unknown' | 'missing') =>
      section.update(({ tokenUses }) => {
        tokenUses[status] += 1;
      }),

    countCloudUse: (identity: 'relay' | 'token', status: CloudTokenStatus) =>
      section.update((state) => {
        // A state folder of before has none.
        state.cloudUses ??= {};
        const kind = `${identity} ${status}`;
        state.cloudUses[kind] = (state.cloudUses[kind] ?? 0) + 1;
      }),

    countCall: (name: string, errcode: number) =>
      section.update(({ endpoints }) => {
        endpoints[name] ??= { calls: 0, succeeded: 0, refused: {} };
        const counts = endpoints[name];
        counts.calls += 1;
        if (errcode === 0) counts.succeeded += 1;
        else counts.refused[errcode] = (counts.refused[errcode] ?? 0) + 1;
      }),

    list() {
      const { tokenUses, ...rest } = section.read();
      // A token that was good once: its holder should have known better. One that was revoked by
      // hand is not counted, since nobody can know that before the first refusal.
      return { ...rest, tokenUses, staleTokenUses: tokenUses.retired + tokenUses.expired };
    },
  };
}

export type StatisticsBook = ReturnType<typeof createStatistics>;
