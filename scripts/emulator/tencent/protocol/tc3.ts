import { createHash, createHmac } from 'node:crypto';
import type { Account } from '../account.ts';
import type { WireRequest } from './request.ts';

const FORM =
  /^TC3-HMAC-SHA256 Credential=([^/,]+)\/(\d{4}-\d\d-\d\d)\/([a-z]+)\/tc3_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/;
const LIFETIME_SECONDS = 300;

/**
 * Why the cloud API would not believe the request, as its error code; undefined if it does.
 * https://cloud.tencent.com/document/api/213/30654
 */
export function doubtTc3(
  request: WireRequest,
  account: Account,
  nowMs: number,
): string | undefined {
  const { headers, host, method, url, body } = request;
  const [, id, date, service, signedNames = '', signature] =
    FORM.exec(headers.authorization ?? '') ?? [];
  if (!signature) return 'AuthFailure.InvalidAuthorization';
  if (id !== account.secretId) return 'AuthFailure.SecretIdNotFound';
  if ((headers['x-tc-token'] ?? '') !== (account.sessionToken ?? '')) {
    return 'AuthFailure.TokenFailure';
  }
  const timestamp = headers['x-tc-timestamp'] ?? '';
  const seconds = Number(timestamp);
  const isFresh = Math.abs(nowMs / 1000 - seconds) <= LIFETIME_SECONDS;
  if (!isFresh || new Date(seconds * 1000).toISOString().slice(0, 10) !== date) {
    return 'AuthFailure.SignatureExpire';
  }
  const names = signedNames.split(';');
  const isComplete = names.includes('host') && names.includes('content-type');
  if (!isComplete || service !== host.split('.')[0]) return 'AuthFailure.SignatureFailure';

  const [path = '/', query = ''] = url.split('?');
  const canonical = [
    method,
    path,
    query,
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().toLowerCase()}`),
    '',
    signedNames,
    sha256(body),
  ].join('\n');
  const scope = `${date}/${service}/tc3_request`;
  const text = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  let key: Buffer | string = `TC3${account.secretKey}`;
  for (const part of scope.split('/')) key = hmac(key, part);
  return hmac(key, text).toString('hex') === signature ? undefined : 'AuthFailure.SignatureFailure';
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
