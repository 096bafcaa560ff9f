import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { call } from '../api.ts';
import type { Me } from '../session.ts';

/** Whether this browser can make and use passkeys here: not at an address of numbers. */
export const hasPasskeys =
  'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname);

export async function signInByPasskey(): Promise<Me> {
  const optionsJSON = await call<PublicKeyCredentialRequestOptionsJSON>(
    'sign-in',
    'requestOptions',
  );
  return call<Me>('sign-in', 'passkey', { response: await startAuthentication({ optionsJSON }) });
}

export async function enrollPasskey(secret: string): Promise<Me> {
  const optionsJSON = await call<PublicKeyCredentialCreationOptionsJSON>(
    'sign-in',
    'creationOptions',
    { secret },
  );
  const response = await startRegistration({ optionsJSON });
  return call<Me>('sign-in', 'enrollPasskey', { secret, response });
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 20 random bytes in base32: 5 bits a letter. */
export function newCodeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => BASE32[byte % BASE32.length]).join('');
}

/** What apps for one-time codes read from a picture. */
export function codeAddress(name: string, secret: string): string {
  const issuer = '服务号运营台';
  const query = new URLSearchParams({ secret, issuer });
  return `otpauth://totp/${encodeURIComponent(`${issuer}:${name}`)}?${query}`;
}
