/**
 * `__Host-`: browsers take it only from this host, by https, for all paths; on this machine they count
 * http as https.
 */
const NAME = '__Host-fuwuhao-console';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** The secret in the cookie of a request; '' without one. */
export function cookieIn(header: string | undefined): string {
  for (const pair of (header ?? '').split(';')) {
    const [name = '', value = ''] = pair.trim().split('=');
    if (name === NAME) return value;
  }
  return '';
}

/** A cookie that ends with the browser's session, and ours ends earlier. */
export function cookieWith(secret: string): string {
  return `${NAME}=${secret}; ${ATTRIBUTES}`;
}

export const noCookie = `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;
