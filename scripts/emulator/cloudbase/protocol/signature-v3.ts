import { createHash, createHmac } from 'node:crypto';
import { constantTimeEqual, percentEncode } from './signature-text.ts';
import type { SignedRequest } from './signed-request.ts';

const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/([^/]+)\/([^/]+)\/tc3_request, (?:SignedParams=([^,]*), )?SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

/** Without `X-Signature-Expires`, a signature lives this long. */
const DEFAULT_EXPIRES_SECONDS = 600;

export interface SignatureV3 {
  readonly secretId: string;
  readonly date: string;
  readonly service: string;
  readonly signedParams: readonly string[];
  readonly signedHeaders: string;
  readonly signature: string;
}

/** Reads the Authorization header of `@cloudbase/node-sdk`, or of `tcb-admin-node` with `signMethod: 'v3'`. */
export function readSignatureV3({ headers }: SignedRequest): SignatureV3 | undefined {
  const match = AUTHORIZATION.exec(headers.authorization ?? '');
  if (!match) return undefined;
  const [
    ,
    secretId = '',
    date = '',
    service = '',
    params = '',
    signedHeaders = '',
    signature = '',
  ] = match;
  const signedParams = params.split(';').filter(Boolean);
  return { secretId, date, service, signedParams, signedHeaders, signature };
}

/** `nowMs` is the verifier's clock; the signed timestamp may differ by `X-Signature-Expires` seconds. */
export function verifySignatureV3(
  request: SignedRequest,
  signed: SignatureV3,
  secretKey: string,
  nowMs: number,
): boolean {
  const timestamp = request.headers['x-timestamp'] ?? '';
  const expires = Number(request.headers['x-signature-expires'] ?? DEFAULT_EXPIRES_SECONDS);
  const isFresh = Math.abs(nowMs / 1000 - Number(timestamp)) <= expires;
  const isSameDay = utcDate(Number(timestamp)) === signed.date;
  if (!isFresh || !isSameDay) return false;

  const scope = `${signed.date}/${signed.service}/tc3_request`;
  const text = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical(request, signed))].join('\n');
  const dateKey = hmac(`TC3${secretKey}`, signed.date);
  const signingKey = hmac(hmac(dateKey, signed.service), 'tc3_request');
  return constantTimeEqual(hmac(signingKey, text).toString('hex'), signed.signature);
}

/** Not the Cloud API's own TC3: the method is in lower case and the URL carries the host. */
function canonical(request: SignedRequest, { signedHeaders, signedParams }: SignatureV3): string {
  const [path = '', ...query] = request.url.split('?');
  const url = `//${request.headers.host ?? ''}${path}`;
  const headers = signedHeaders
    .split(';')
    .map((name) => `${name}:${canonicalHeader(name, request.headers[name] ?? '')}\n`);
  return [
    'post',
    url,
    query.join('?'),
    headers.join(''),
    signedHeaders,
    hashParams(request.body, signedParams),
  ].join('\n');
}

/** The content type keeps its case; a multipart boundary is not part of what is signed. */
function canonicalHeader(name: string, value: string): string {
  if (name !== 'content-type') return value.trim().toLowerCase();
  return value.startsWith('multipart/form-data') ? 'multipart/form-data' : value;
}

function hashParams(body: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const byName = new Map(
    Object.entries(body).map(([key, value]) => [percentEncode(key.toLowerCase().trim()), value]),
  );
  const hash = createHash('sha256');
  for (const name of names) {
    const value = byName.get(name);
    const text = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).trim();
    if (text) hash.update(`&${name}=`).update(text).update('\r\n');
  }
  return hash.digest('hex');
}

function utcDate(seconds: number): string {
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString().slice(0, 10) : '';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
