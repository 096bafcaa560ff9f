import { randomInt } from 'node:crypto';
import type { PushAccount } from './account.ts';
import { judge, textOf } from './answer.ts';
import { bodyOf } from './body.ts';
import { sign } from './crypto.ts';
import { deliver, type Wire } from './deliver.ts';
import { type Stamp, sealPush } from './envelope.ts';
import { Fault } from './fault.ts';
import type { Route, UrlCheck } from './route.ts';

/** To the server of an account, over the public network: each request signed, and sealed outside plain mode. */
export function signedRoute(options: {
  readonly account: PushAccount;
  /** May have a query of its own, which is kept. */
  readonly callbackUrl: string;
  readonly wire: Wire;
}): Route {
  const { account, callbackUrl, wire } = options;

  return {
    check,
    write: (message, assigned) => bodyOf(account, message, assigned),
    deliver(openid, { text }) {
      const { query, body } = sealPush(account, openid, text, stamp());
      return deliver(wire, { method: 'POST', url: withQuery(callbackUrl, query), body });
    },
    judge: (trigger, answer) => judge(account, trigger, answer),
  };

  /** The echo must come back byte by byte. */
  async function check(): Promise<UrlCheck> {
    const { timestamp, nonce } = stamp();
    const signature = sign(account.token, timestamp, nonce);
    const echostr = `${randomInt(1e9, 1e10)}${randomInt(1e9)}`;
    const url = withQuery(callbackUrl, { signature, timestamp, nonce, echostr });
    const { delivery, answer } = await deliver(wire, { method: 'GET', url, body: '' });
    if (!answer) return { ok: false, delivery };
    const problem = reasonAgainst(() => {
      if (textOf(answer) !== echostr) throw new Fault('the answer is not the echostr verbatim');
    });
    return problem ? { ok: false, delivery: { ...delivery, problem } } : { ok: true, delivery };
  }

  function stamp(): Stamp {
    const timestamp = String(Math.floor(wire.clock.now() / 1_000));
    return { timestamp, nonce: String(randomInt(1e8, 2 ** 31)) };
  }
}

export function reasonAgainst(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

function withQuery(base: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(base);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  return url.href;
}
