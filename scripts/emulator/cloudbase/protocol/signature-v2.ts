import { createHash, createHmac } from 'node:crypto';
import { constantTimeEqual, percentEncode } from './signature-text.ts';
import type { SignedRequest } from './signed-request.ts';

/** The pathname is this constant in what is signed, whatever the service URL is. */
const SIGNED_PATH = '/admin';

/** Fields of the body that are added after signing. */
export type SignatureV2 = Readonly<Record<string, string>>;

/** Reads the `authorization` field in the body of `tcb-admin-node`, in the style of COS. */
export function readSignatureV2({ body }: SignedRequest): SignatureV2 | undefined {
  if (typeof body.authorization !== 'string') return undefined;
  const fields = Object.fromEntries(
    body.authorization.split('&').map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
  return fields['q-sign-algorithm'] === 'sha1' ? fields : undefined;
}

/** The signing window `q-sign-time=<from>;<to>` is in seconds of the verifier's clock. */
export function verifySignatureV2(
  { headers, body }: SignedRequest,
  signed: SignatureV2,
  secretKey: string,
  nowMs: number,
): boolean {
  const signTime = signed['q-sign-time'] ?? '';
  const keyTime = signed['q-key-time'] ?? '';
  const [from = Number.NaN, to = Number.NaN] = signTime.split(';').map(Number);
  // One second of grace at the start: the SDK rounds its clock down, ours is exact.
  if (!(nowMs / 1000 >= from - 1 && nowMs / 1000 <= to)) return false;

  const listed = new Set((signed['q-url-param-list'] ?? '').split(';'));
  const params = Object.keys(body)
    .filter((key) => listed.has(key.toLowerCase()))
    .sort()
    .map((key) => `${percentEncode(key.toLowerCase())}=${percentEncode(paramText(body[key]))}`);
  const signedHeaders = (signed['q-header-list'] ?? '')
    .split(';')
    .sort()
    .map((name) => `${percentEncode(name)}=${percentEncode(headers[name] ?? '')}`);

  const format = ['post', SIGNED_PATH, params.join('&'), signedHeaders.join('&'), ''].join('\n');
  const digest = createHash('sha1').update(format).digest('hex');
  const text = ['sha1', signTime, digest, ''].join('\n');
  return constantTimeEqual(hmac(hmac(secretKey, keyTime), text), signed['q-signature'] ?? '');
}

function paramText(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function hmac(key: string, text: string): string {
  return createHmac('sha1', key).update(text).digest('hex');
}
