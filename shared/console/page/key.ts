const NAME = 'fuwuhao.console.key';

/**
 * The secret that this browser has chosen. The server sets a cookie that scripts cannot read, and takes it
 * only together with this, which it never sends: neither half alone opens anything.
 */
export function pageKey(): string {
  const kept = localStorage.getItem(NAME);
  if (kept && /^[\w-]{43}$/.test(kept)) return kept;
  const key = newSecret();
  localStorage.setItem(NAME, key);
  return key;
}

/** After somebody has signed out, the next one begins with another. */
export function forgetPageKey(): void {
  localStorage.removeItem(NAME);
}

/** 32 random bytes in base64url: of a key, of the link of an invitation, of a client of the proxy. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
