import { hkdfSync, randomBytes } from 'node:crypto';
import { minted } from './minted.ts';
import type { Storage } from './storage.ts';

export const CODE_LIFE_MS = 300_000;
export const USER_TOKEN_LIFE_MS = 7_200_000;
export const REFRESH_LIFE_MS = 30 * 24 * 3_600_000;
const MAX_GRANTS = 5_000;

export type Scope = 'snsapi_base' | 'snsapi_userinfo';

/** Whoever opens the account's pages in WeChat. */
export interface Visitor {
  readonly openid: string;
  readonly nickname: string;
  readonly headimgurl: string;
  readonly unionid?: string;
  /** Opened the page as a snapshot, and is nobody real. */
  readonly isSnapshot?: boolean;
}

/** What one visit to the OAuth page gave, from its code to its last token. */
export interface Grant {
  readonly id: number;
  readonly visitor: Visitor;
  readonly scope: Scope;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  isCodeUsed: boolean;
  exchangedAt: number;
  /** How many access tokens there were. */
  tokens: number;
  tokenExpiresAt: number;
}

export const someVisitor: Visitor = {
  openid: 'oEmulatedVisitor000000000000',
  nickname: '微信用户',
  headimgurl: '',
};

interface UserTokenState {
  salt: string;
  lastId: number;
  grants: Grant[];
  visitor: Visitor;
}

/** Codes and tokens of OAuth. They are derived, so that none lies in the state in clear. */
export function createUserTokens(
  storage: Storage,
  { secret, now }: { readonly secret: string; readonly now: () => number },
) {
  const section = storage.section<UserTokenState>('user-tokens', () => ({
    salt: randomBytes(16).toString('hex'),
    lastId: 0,
    grants: [],
    visitor: someVisitor,
  }));

  return {
    visitor: (): Visitor => section.read().visitor,
    setVisitor(visitor: Visitor): void {
      section.update((state) => {
        state.visitor = visitor;
      });
    },

    /** A visitor agrees. @returns the code */
    grant(visitor: Visitor, scope: Scope): string {
      return section.update((state) => {
        state.lastId += 1;
        const fresh: Grant = {
          id: state.lastId,
          visitor,
          scope,
          createdAt: now(),
          isCodeUsed: false,
          exchangedAt: 0,
          tokens: 0,
          tokenExpiresAt: 0,
        };
        state.grants = [...state.grants.slice(1 - MAX_GRANTS), fresh];
        return textOf('code', fresh.id, 0);
      });
    },

    findByCode: (code: string): Grant | undefined => find('code', code),
    isCodeOver: ({ createdAt }: Grant) => now() >= createdAt + CODE_LIFE_MS,
    exchange(grant: Grant): void {
      section.update(() => {
        Object.assign(grant, { isCodeUsed: true, exchangedAt: now() });
      });
      renew(grant);
    },

    findByRefresh: (text: string): Grant | undefined => find('refresh', text),
    isRefreshOver: ({ exchangedAt }: Grant) => now() >= exchangedAt + REFRESH_LIFE_MS,
    /** The token there is gets new time; one that has ended gives way to a new one. */
    renew,

    findByToken: (text: string): Grant | undefined => find('token', text),
    isTokenOver: ({ tokenExpiresAt }: Grant) => now() >= tokenExpiresAt,

    tokenOf: ({ id, tokens }: Grant) => textOf('token', id, tokens),
    refreshOf: ({ id }: Grant) => textOf('refresh', id, 0),
  };

  function renew(grant: Grant): void {
    section.update(() => {
      if (now() >= grant.tokenExpiresAt) grant.tokens += 1;
      grant.tokenExpiresAt = now() + USER_TOKEN_LIFE_MS;
    });
  }

  function find(kind: 'code' | 'token' | 'refresh', text: string): Grant | undefined {
    const id = Number.parseInt(text, 36);
    const grant = section.read().grants.find((each) => each.id === id);
    const number = kind === 'token' ? (grant?.tokens ?? 0) : 0;
    return grant && textOf(kind, id, number) === text ? grant : undefined;
  }

  function textOf(kind: 'code' | 'token' | 'refresh', id: number, number: number): string {
    const info = `user ${kind} ${id} ${number}`;
    const bytes = hkdfSync('sha256', secret, section.read().salt, info, kind === 'code' ? 20 : 60);
    return minted(`${id.toString(36)}_${Buffer.from(bytes).toString('base64url')}`);
  }
}

export type UserTokens = ReturnType<typeof createUserTokens>;
