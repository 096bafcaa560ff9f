const IV_BYTES = 12;

/** Opens an answer that was sealed for this page. @throws Error if it was sealed for another */
export async function openAnswer(pageKey: string, sealed: string): Promise<unknown> {
  const bytes = fromBase64url(sealed);
  const algorithm = { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES) };
  const text = await crypto.subtle.decrypt(
    algorithm,
    await keyFrom(pageKey),
    bytes.subarray(IV_BYTES),
  );
  return JSON.parse(new TextDecoder().decode(text));
}

async function keyFrom(pageKey: string): Promise<CryptoKey> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const secret = await crypto.subtle.importKey('raw', encode(pageKey), 'HKDF', false, [
    'deriveKey',
  ]);
  const hkdf = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: encode('fuwuhao v1 console answer'),
  };
  return crypto.subtle.deriveKey(hkdf, secret, { name: 'AES-GCM', length: 256 }, false, [
    'decrypt',
  ]);
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
