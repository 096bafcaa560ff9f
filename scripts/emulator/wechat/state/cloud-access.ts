import { hkdfSync, randomBytes } from 'node:crypto';
import { minted } from './minted.ts';
import type { Storage } from './storage.ts';

/** WeChat Cloud puts another token in place of the last one so often, and each is good for longer. */
export const CLOUD_TOKEN_TURN_MS = 600_000;
export const CLOUD_TOKEN_LIFE_MS = 1_800_000;

/** More than can be good at a time, so that one that has ended is told from one that never was. */
const MAX_RECORDS = 20;

interface CloudToken {
  readonly number: number;
  readonly issuedAt: number;
  isRefused?: boolean;
}

interface CloudState {
  salt: string;
  tokens: CloudToken[];
  /** Paths that the console allows to be called without a token of the account; `null` for all. */
  allowed: readonly string[] | null;
  /** Whether the open-interface service is on, so that a relay stands beside each container. */
  isRelayOn: boolean;
}

export type CloudTokenStatus = 'good' | 'ended' | 'refused' | 'unknown';

/** What WeChat Cloud may do in the account's name, without a token that the account has fetched. */
export function createCloudAccess(
  storage: Storage,
  { secret, now }: { readonly secret: string; readonly now: () => number },
) {
  const section = storage.section<CloudState>('cloud-access', () => ({
    salt: randomBytes(16).toString('hex'),
    tokens: [],
    allowed: null,
    isRelayOn: true,
  }));

  return {
    /** The token that the platform hands out at this moment. */
    token(): string {
      const last = section.read().tokens.at(-1);
      return last && now() - last.issuedAt < CLOUD_TOKEN_TURN_MS ? textOf(last) : replace();
    },
    replace,
    /** Makes WeChat refuse the tokens that there are. */
    refuse(): void {
      section.update(({ tokens }) => {
        for (const token of tokens) token.isRefused = true;
      });
    },
    statusOf(text: string): CloudTokenStatus {
      const number = Number.parseInt(text, 10);
      const found = section.read().tokens.find((each) => each.number === number);
      if (!found || textOf(found) !== text) return 'unknown';
      if (found.isRefused) return 'refused';
      return now() - found.issuedAt < CLOUD_TOKEN_LIFE_MS ? 'good' : 'ended';
    },
    allows(path: string): boolean {
      const { allowed } = section.read();
      return allowed === null || allowed.includes(path);
    },
    isRelayOn: () => section.read().isRelayOn,
    settings: () => {
      const { allowed, isRelayOn } = section.read();
      return { allowed, isRelayOn };
    },
    set(changes: Partial<Pick<CloudState, 'allowed' | 'isRelayOn'>>): void {
      section.update((state) => void Object.assign(state, changes));
    },
  };

  function replace(): string {
    return section.update((state) => {
      const number = (state.tokens.at(-1)?.number ?? 0) + 1;
      const token = { number, issuedAt: now() };
      state.tokens = [...state.tokens.slice(1 - MAX_RECORDS), token];
      return textOf(token);
    });
  }

  /** Derived, so that no token lies in the state folder in clear. */
  function textOf({ number }: CloudToken): string {
    const info = `cloudbase_access_token ${number}`;
    const bytes = Buffer.from(hkdfSync('sha256', secret, section.read().salt, info, 48));
    return minted(`${number}_${bytes.toString('base64url')}`);
  }
}

export type CloudAccess = ReturnType<typeof createCloudAccess>;
