import { endpointByName, endpoints } from '../wechat/catalogue/endpoints.ts';
import type { Endpoint } from '../wechat/catalogue/index.ts';
import { ProxyError } from './error.ts';

export interface SendOptions {
  /**
   * The addresses of the proxy without `/v1`, such as
   * `https://1250000000-abc.ap-shanghai.tencentscf.com`. If one does not answer, the next is asked.
   */
  readonly urls: readonly string[];
  /** The id that the operator gave this client. */
  readonly client: string;
  /** The secret that `proxy-client add` showed once. */
  readonly secret: string;
  /** For one attempt; default 20 s. */
  readonly timeoutMs?: number;
  /** Attempts in all; default 4. */
  readonly tries?: number;
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Refuses what can only fail later, with a signature that does not fit or a host that does not answer. */
export function checkOptions({ urls, client, secret }: SendOptions): void {
  if (urls.length === 0) throw mistake('urls is empty: the client needs the URL of a proxy.');
  for (const [index, url] of urls.entries()) {
    const fault = faultOfUrl(url);
    if (fault) throw mistake(`urls[${index}] ${fault}`);
  }
  if (!client) throw mistake('client is empty: pass the id that `proxy-client add` was given.');
  if (!/^[a-z0-9][a-z0-9-]{1,31}$/.test(client)) {
    throw mistake('client must be 2 to 32 of a-z, 0-9 and -, as `proxy-client list` shows it.');
  }
  if (!secret) {
    throw mistake(
      'secret is empty: pass what `proxy-client add` showed. Is the variable set that it comes from?',
    );
  }
  if (!/^[\w-]{43}$/.test(secret)) {
    throw mistake(
      `secret has ${secret.length} characters where 43 of A-Z a-z 0-9 _ - are due: pass what \`proxy-client add\` showed, without quotes or a line end.`,
    );
  }
}

/** The row of the catalogue. @throws ProxyError `invalid` with the names that are near. */
export function endpointOf(name: string): Endpoint {
  const endpoint = endpointByName(name);
  if (endpoint) return endpoint;
  const [area = ''] = name.split('.', 1);
  const known = endpoints.map((each) => each.name);
  const near = known.filter((each) => each.startsWith(`${area}.`));
  const areas = [...new Set(known.map((each) => each.split('.', 1)[0]))];
  const advice = near.length > 0 ? `Of ${area} there are` : 'There are the areas';
  throw mistake(
    `The catalogue has no endpoint "${name.slice(0, 64)}". ${advice} ${(near.length > 0 ? near : areas).join(', ')}. A path that it does not have is called by request(method, path).`,
  );
}

/** What is wrong, without the URL itself, in which a password may stand. */
function faultOfUrl(text: string): string | undefined {
  if (!text) return 'is empty. Is the variable set that it comes from?';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'is no URL: it needs https:// and a host, such as https://1250000000-abc.ap-shanghai.tencentscf.com.';
  }
  if (!/^https?:$/.test(url.protocol))
    return `must begin with https:// or http://, not ${url.protocol}`;
  if (url.username || url.password) return 'must have no user name and no password.';
  if (/[?#]/.test(text))
    return 'must have no query and no fragment: the client adds path and query.';
  if (/\/v1\/*$/.test(url.pathname)) return 'must end before /v1, which the client adds.';
  return undefined;
}

function mistake(message: string): ProxyError {
  return new ProxyError(message, { code: 'invalid', status: 0 });
}
