import type { Clock } from '../../../shared/kernel/clock.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import type {
  Transport,
  TransportRequest,
  TransportResponse,
} from '../../../shared/wechat/client/transport.ts';
import { responseOf } from '../fetch-transport.ts';
import { testAccount } from '../test-account.ts';

const MINUTE = 60_000;
const LIFETIME_MS = 120 * MINUTE;
const OVERLAP_MS = 5 * MINUTE;

interface Issued {
  readonly value: string;
  readonly expiresAt: number;
  /** Refused from then on. */
  diesAt: number;
}

export interface WeChatModel {
  readonly transport: Transport;
  /** Calls that asked for a credential, by path. */
  readonly fetches: string[];
  /**
   * What WeChat answers instead, once for each item: an answer, a text that is no JSON, or an error
   * to throw.
   */
  readonly faults: unknown[];
  accepts(token: string): boolean;
  /** Kills the current stable and classic token. `silently`: the stable endpoint does not notice. */
  revoke(how?: 'silently'): void;
}

/** WeChat's rules for tokens in the fewest lines, without HTTP, quotas or texts. */
export function createWeChatModel(now: () => number): WeChatModel {
  const issued: Issued[] = [];
  const current: Record<'stable' | 'classic' | 'ticket', Issued | undefined> = {
    stable: undefined,
    classic: undefined,
    ticket: undefined,
  };
  const fetches: string[] = [];
  const faults: unknown[] = [];

  return { fetches, faults, transport, accepts, revoke };

  async function transport({ url, body }: TransportRequest): Promise<TransportResponse> {
    const { pathname, searchParams } = new URL(url);
    fetches.push(pathname);
    const fault = faults.shift();
    if (fault instanceof Error) throw fault;
    return jsonResponse(fault ?? answerTo(pathname, searchParams, body));
  }

  function answerTo(path: string, query: URLSearchParams, body: TransportRequest['body']): unknown {
    switch (path) {
      case '/cgi-bin/stable_token':
        return stable(JSON.parse(String(body)).force_refresh === true);
      case '/cgi-bin/token': {
        if (current.classic) retire(current.classic, now() + OVERLAP_MS);
        current.classic = issue('classic');
        return answer('access_token', current.classic);
      }
      case '/cgi-bin/ticket/getticket': {
        if (!accepts(query.get('access_token') ?? '')) {
          return { errcode: 40001, errmsg: 'invalid credential, access_token is invalid' };
        }
        current.ticket = issue('ticket');
        return { errcode: 0, errmsg: 'ok', ...answer('ticket', current.ticket) };
      }
      default:
        throw new Error(`no such path: ${path}`);
    }
  }

  function stable(force: boolean): unknown {
    const old = current.stable;
    const leftMs = (old?.expiresAt ?? 0) - now();
    if (old && force) retire(old, now());
    if (!old || force || leftMs <= OVERLAP_MS) current.stable = issue('stable');
    return answer('access_token', current.stable);
  }

  function issue(kind: string): Issued {
    const expiresAt = now() + LIFETIME_MS;
    const token = { value: `${kind}-token-${issued.length}`, expiresAt, diesAt: expiresAt };
    issued.push(token);
    return token;
  }

  function retire(token: Issued, at: number): void {
    token.diesAt = Math.min(token.diesAt, at);
  }

  function answer(field: string, token: Issued | undefined) {
    const leftMs = (token?.expiresAt ?? 0) - now();
    return { [field]: token?.value, expires_in: Math.floor(leftMs / 1_000) };
  }

  function accepts(value: string): boolean {
    return issued.some((token) => token.value === value && now() < token.diesAt);
  }

  function revoke(how?: 'silently'): void {
    for (const token of [current.stable, current.classic]) if (token) retire(token, now());
    if (how !== 'silently') current.stable = undefined;
  }
}

/** An answer of WeChat: as JSON, or a text as it is. */
export function jsonResponse(answer: unknown, status = 200): TransportResponse {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return responseOf({ status, chunks: [Buffer.from(text)] });
}

/** The transport and address by which a test reaches its own WeChat. */
export const reachedBy = (transport: Transport) => ({
  transport,
  baseUrl: 'https://api.weixin.qq.com',
});

/** The account of the tests as functions know it. */
export const accountConfig = {
  appid: testAccount.appid,
  appsecret: new Secret(testAccount.secret),
} as const;

/** Half-way between the ends, so that pauses in a test are known. */
export const noChance = () => 0.5;

export const silentLog = createLog({ write: () => {}, now: () => 0, level: 'error' });

/** The same time seen through a clock that is wrong. */
export function skewed(clock: Clock, byMs: number): Clock {
  return { now: () => clock.now() + byMs, after: clock.after };
}
