import { hkdfSync, randomBytes } from 'node:crypto';
import type { Calendar } from './calendar.ts';
import { minted } from './minted.ts';
import type { Storage } from './storage.ts';

export type TokenKind = 'classic' | 'stable';
export const tokenKinds = ['classic', 'stable'] as const satisfies readonly TokenKind[];

export const TOKEN_LIFE_MS = 7_200_000;
/** How long a token is good beside its successor. */
export const TOKEN_OVERLAP_MS = 300_000;
export const FORCED_PER_DAY = 20;
export const FORCED_SPACING_MS = 30_000;

/** Enough to tell "expired" from "never issued" for long after; more would only fill the file. */
const MAX_RECORDS = 500;

/** `usableUntil` comes before `expiresAt` once a successor has retired the token. */
export interface TokenRecord {
  readonly generation: number;
  readonly kind: TokenKind;
  readonly issuedAt: number;
  expiresAt: number;
  usableUntil: number;
  /** Set by hand: the errcode with which calls are refused, whatever the time. */
  refusedWith?: RefusalErrcode;
  /** Refused, and yet given out again by `stable_token`. */
  isStillHandedOut?: boolean;
}

export const refusalErrcodes = [40001, 40014, 42001] as const;
export type RefusalErrcode = (typeof refusalErrcodes)[number];

/** `overlap` is good, though not the latest; `retired` was good until its overlap ended. */
export type TokenStatus = 'current' | 'overlap' | 'retired' | 'expired' | 'revoked';

interface TokenState {
  salt: string;
  generation: number;
  issued: Record<TokenKind, number>;
  records: TokenRecord[];
  forced: { day: string; count: number; at: number };
}

/** The tokens of the account: who is good until when. Classic and stable know nothing of each other. */
export function createTokens(
  storage: Storage,
  { secret, now, calendar }: { secret: string; now: () => number; calendar: Calendar },
) {
  const section = storage.section<TokenState>('tokens', () => ({
    salt: randomBytes(16).toString('hex'),
    generation: 0,
    issued: { classic: 0, stable: 0 },
    records: [],
    forced: { day: '', count: 0, at: 0 },
  }));

  return { issueClassic, issueStable, issueForced, find, statusOf, textOf, revoke, expire, list };

  /** A new token; the one before is good for five minutes more. */
  function issueClassic(): TokenRecord {
    const before = latest('classic');
    if (before) retire(before, now() + TOKEN_OVERLAP_MS);
    return issue('classic');
  }

  /** The token there is, or a new one in the last five minutes of the old, which stays good. */
  function issueStable(): TokenRecord {
    const current = latest('stable');
    if (!current || (current.refusedWith && !current.isStillHandedOut)) return issue('stable');
    const leftMs = current.expiresAt - now();
    // One that has longer to live than any was issued later than now: the clock was moved back.
    return leftMs > TOKEN_OVERLAP_MS && leftMs <= TOKEN_LIFE_MS ? current : issue('stable');
  }

  /** A new token and the end of all old ones. `limit` says that the day's refreshes are used up. */
  function issueForced(): TokenRecord | 'limit' {
    const { forced } = section.read();
    const sinceForced = now() - forced.at;
    if (sinceForced >= 0 && sinceForced < FORCED_SPACING_MS) return issueStable();
    const day = calendar.day();
    const count = forced.day === day ? forced.count : 0;
    if (count >= FORCED_PER_DAY) return 'limit';
    section.update((state) => {
      state.forced = { day, count: count + 1, at: now() };
    });
    for (const record of section.read().records) {
      if (record.kind === 'stable') retire(record, now());
    }
    return issue('stable');
  }

  function issue(kind: TokenKind): TokenRecord {
    return section.update((state) => {
      state.generation += 1;
      state.issued[kind] += 1;
      const record: TokenRecord = {
        generation: state.generation,
        kind,
        issuedAt: now(),
        expiresAt: now() + TOKEN_LIFE_MS,
        usableUntil: now() + TOKEN_LIFE_MS,
      };
      state.records = [...state.records.slice(1 - MAX_RECORDS), record];
      return record;
    });
  }

  function retire(record: TokenRecord, at: number): void {
    section.update(() => {
      record.usableUntil = Math.min(record.usableUntil, at);
    });
  }

  function latest(kind: TokenKind): TokenRecord | undefined {
    return section.read().records.findLast((record) => record.kind === kind);
  }

  /** The text is derived, so that no token lies in the state folder in clear. */
  function textOf({ kind, generation }: TokenRecord): string {
    const info = `access_token ${kind} ${generation}`;
    const bytes = Buffer.from(hkdfSync('sha256', secret, section.read().salt, info, 96));
    return minted(`${generation}_${bytes.toString('base64url')}`);
  }

  function find(text: string): TokenRecord | undefined {
    const generation = Number.parseInt(text, 10);
    const record = section.read().records.find((each) => each.generation === generation);
    return record && textOf(record) === text ? record : undefined;
  }

  function statusOf(record: TokenRecord): TokenStatus {
    if (record.refusedWith) return 'revoked';
    if (now() >= record.expiresAt) return 'expired';
    if (now() >= record.usableUntil) return 'retired';
    return record === latest(record.kind) ? 'current' : 'overlap';
  }

  /** Makes WeChat refuse what it has issued, as when somebody else refreshed or reset the secret. */
  function revoke(
    kinds: readonly TokenKind[],
    errcode: RefusalErrcode,
    isStillHandedOut: boolean,
  ): void {
    section.update(({ records }) => {
      for (const record of records.filter(({ kind }) => kinds.includes(kind))) {
        record.refusedWith = errcode;
        record.isStillHandedOut = isStillHandedOut;
      }
    });
  }

  function expire(kinds: readonly TokenKind[]): void {
    section.update(({ records }) => {
      for (const record of records.filter(({ kind }) => kinds.includes(kind))) {
        record.expiresAt = Math.min(record.expiresAt, now());
      }
    });
  }

  function list() {
    const { generation, issued, forced, records } = section.read();
    const forcedToday = forced.day === calendar.day() ? forced.count : 0;
    return { generation, issued, forcedToday, records };
  }
}

export type Tokens = ReturnType<typeof createTokens>;
