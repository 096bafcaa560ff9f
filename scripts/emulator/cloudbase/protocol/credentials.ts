import { ServiceError } from '../errors.ts';
import { readSignatureV2, verifySignatureV2 } from './signature-v2.ts';
import { readSignatureV3, verifySignatureV3 } from './signature-v3.ts';
import type { SignedRequest } from './signed-request.ts';

/** An environment and the keys that open it. */
export interface EnvironmentKeys {
  readonly envId: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** Server API keys (`init({ accessKey })`): full access, to this environment only. */
  readonly apiKeys?: readonly string[];
  /** Publishable keys: whoever holds one is a client and meets the security rules. */
  readonly clientKeys?: readonly string[];
}

export type Role = 'admin' | 'client';

export interface Caller {
  readonly envId: string;
  readonly role: Role;
}

/** Fields that the SDKs add after signing. */
const UNSIGNED = new Set(['authorization', 'sdk_version', 'sessionToken']);

/**
 * Finds out who is calling and which environment is meant.
 *
 * @throws ServiceError `SIGN_PARAM_INVALID`, `INVALID_ACCESS_TOKEN` or `INVALID_ENV`
 */
export function identify(
  environments: readonly EnvironmentKeys[],
  request: SignedRequest,
  nowMs: number,
): Caller {
  const authorization = request.headers.authorization ?? '';
  if (authorization.startsWith('Bearer ')) {
    return identifyByKey(environments, authorization.slice('Bearer '.length), request);
  }
  const owned = verifySignature(environments, request, nowMs);
  if (owned.length === 0) throw signatureInvalid();
  const wanted = envName(request);
  const found = wanted === '' ? owned[0] : owned.find(({ envId }) => envId === wanted);
  if (!found) throw invalidEnv(wanted);
  return { envId: found.envId, role: 'admin' };
}

/** An API key belongs to one environment: asking for another is refused before it is looked up. */
function identifyByKey(
  environments: readonly EnvironmentKeys[],
  key: string,
  request: SignedRequest,
): Caller {
  const wanted = envName(request);
  for (const { envId, apiKeys = [], clientKeys = [] } of environments) {
    const isAdmin = apiKeys.includes(key);
    if (!isAdmin && !clientKeys.includes(key)) continue;
    if (wanted !== '' && wanted !== envId) break;
    return { envId, role: isAdmin ? 'admin' : 'client' };
  }
  throw new ServiceError('INVALID_ACCESS_TOKEN', 'The access token is invalid for this env.');
}

/** Every environment of the account whose key made the signature; none if the signature is bad. */
function verifySignature(
  environments: readonly EnvironmentKeys[],
  request: SignedRequest,
  nowMs: number,
): readonly EnvironmentKeys[] {
  const v3 = readSignatureV3(request);
  if (v3) {
    if (!coversBody(request, v3.signedParams)) return [];
    return environments.filter(
      ({ secretId, secretKey }) =>
        secretId === v3.secretId && verifySignatureV3(request, v3, secretKey, nowMs),
    );
  }
  const v2 = readSignatureV2(request);
  if (!v2 || !coversBody(request, (v2['q-url-param-list'] ?? '').split(';'))) return [];
  return environments.filter(
    ({ secretId, secretKey }) =>
      secretId === v2['q-ak'] && verifySignatureV2(request, v2, secretKey, nowMs),
  );
}

/** A field that was slipped in after signing is as good as a tampered one. Blank ones are not signed. */
function coversBody({ body }: SignedRequest, signedParams: readonly string[]): boolean {
  const signed = new Set(signedParams);
  return Object.entries(body).every(
    ([key, value]) =>
      UNSIGNED.has(key) ||
      signed.has(key.toLowerCase()) ||
      (typeof value === 'string' && value.trim() === ''),
  );
}

function envName({ body }: SignedRequest): string {
  return typeof body.envName === 'string' ? body.envName : '';
}

function signatureInvalid(): ServiceError {
  return new ServiceError(
    'SIGN_PARAM_INVALID',
    '[AuthFailure] The signature is invalid: check secretId, secretKey and the clock.',
  );
}

function invalidEnv(envId: string): ServiceError {
  return new ServiceError('INVALID_ENV', `[ResourceNotFound.Env] Env not exist: ${envId}.`);
}
