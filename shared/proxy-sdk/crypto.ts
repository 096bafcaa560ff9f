import { IV_BYTES, SEAL_INFO, sealContext } from './token-text.ts';

const encoder = new TextEncoder();

/** Node 18 has WebCrypto in a module only; the name is no literal, so that no bundler looks for it. */
const NODE_CRYPTO = 'node:crypto';

type WebCrypto = typeof globalThis.crypto;

async function webCrypto(): Promise<WebCrypto> {
  if (globalThis.crypto) return globalThis.crypto;
  const { webcrypto } = (await import(NODE_CRYPTO)) as { webcrypto: WebCrypto };
  return webcrypto;
}

/** HMAC-SHA256 under the characters of the secret, in lower-case hex. */
export async function hmac(secret: string, text: string): Promise<string> {
  const { subtle } = await webCrypto();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  return hex(await subtle.sign('HMAC', key, encoder.encode(text)));
}

export async function sha256(data: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = await webCrypto();
  return hex(await subtle.digest('SHA-256', data));
}

/** 22 random characters, never the same twice. */
export async function newNonce(): Promise<string> {
  const bytes = (await webCrypto()).getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/** @throws if the text was sealed to another secret, or is the answer to another request. */
export async function unseal(
  sealed: string,
  {
    secret,
    client,
    nonce,
  }: { readonly secret: string; readonly client: string; readonly nonce: string },
): Promise<string> {
  const { subtle } = await webCrypto();
  const material = await subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveKey',
  ]);
  const derivation = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: encoder.encode(client),
    info: encoder.encode(SEAL_INFO),
  };
  const cipher = { name: 'AES-GCM', length: 256 };
  const key = await subtle.deriveKey(derivation, material, cipher, false, ['decrypt']);
  const bytes = fromBase64url(sealed);
  const opening = {
    name: 'AES-GCM',
    iv: bytes.subarray(0, IV_BYTES),
    additionalData: encoder.encode(sealContext(client, nonce)),
  };
  return new TextDecoder().decode(await subtle.decrypt(opening, key, bytes.subarray(IV_BYTES)));
}

function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
