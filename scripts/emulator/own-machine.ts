import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** Who a port of this machine answers. */
export interface PortAccess {
  /**
   * A tunnel may lead to the port, so requests come under any name of a host. Pages of other sites are
   * refused all the same: neither WeChat nor a server sends what a browser says of them.
   */
  readonly isTunnelled: boolean;
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'forwarded'];

/**
 * Says why a request must come from elsewhere than a program of this machine, or gives `undefined`.
 * A browser that shows a page of another site can send anything to a port of this machine; it cannot
 * leave out `Origin` where a request changes something, nor choose another `Host` than the name that
 * the page asked for, so a name that was made to lead here is refused as well.
 */
export function strangeness(
  headers: IncomingHttpHeaders,
  { isTunnelled }: PortAccess,
): string | undefined {
  const { host = '', origin } = headers;
  if (headers['sec-fetch-site'] === 'cross-site') return 'a page of another site asks';
  if (origin !== undefined && !isOriginOf(host, origin)) return `the origin ${origin} asks`;
  if (isTunnelled) return undefined;
  if (!LOOPBACK.test(host)) return 'the name of the host is not of this machine';
  if (FORWARDED.some((name) => name in headers)) return 'the request came through a proxy';
  return undefined;
}

/** Answers a stranger with 403 and gives true; gives false for everybody else. */
export function refuseStranger(
  request: IncomingMessage,
  response: ServerResponse,
  access: PortAccess = { isTunnelled: false },
): boolean {
  const reason = strangeness(request.headers, access);
  if (reason === undefined) return false;
  request.resume();
  response.writeHead(403, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: `Only for programs of this machine: ${reason}.` }));
  return true;
}

function isOriginOf(host: string, origin: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

const KEY_HEADER = 'x-emulator-key';

/** What a control API says without the right key. */
export const NEEDS_KEY = `The control API needs the key of npm start in the header ${KEY_HEADER}.`;

/** Whether a request brings the key; always if there is none to bring. */
export function isKeyOf(key: string | undefined, headers: IncomingHttpHeaders): boolean {
  return key === undefined || isSameText(String(headers[KEY_HEADER] ?? ''), key);
}

/** Compares in the same time however much of a secret is right. */
export function isSameText(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a as Buffer, b as Buffer);
}
