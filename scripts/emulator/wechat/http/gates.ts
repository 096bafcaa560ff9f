import {
  endpointByRoute,
  type NamedEndpoint,
} from '../../../../shared/wechat/catalogue/endpoints.ts';
import { ApiError, type Errcode, errorTexts, STABLE_TOKEN_HINT } from '../errors/errors.ts';
import type { TokenStatus } from '../state/tokens.ts';
import type { World } from '../world.ts';
import type { Call } from './call.ts';

/** The row that the call is for. @throws ApiError 40066, 43001, 43002 */
export function routeOf({ method, path }: Call): NamedEndpoint {
  const byGet = endpointByRoute('GET', path);
  const byPost = endpointByRoute('POST', path);
  const named = method === 'GET' ? byGet : method === 'POST' ? byPost : undefined;
  if (named) return named;
  if (byGet) throw new ApiError(43001);
  if (byPost) throw new ApiError(43002);
  throw new ApiError(40066, `${errorTexts[40066]}, ${RAW_HINT}`);
}

const RAW_HINT =
  'the catalogue has no such path: POST /emulator/raw tells the emulator what it answers';

/** @throws ApiError 40164 (or 61004) naming the caller's address, as WeChat does. */
export function checkWhitelist({ whitelist, switches }: World, { clientIp }: Call): void {
  if (whitelist.allows(clientIp)) return;
  const ipv6 = clientIp.includes(':') ? clientIp : `::ffff:${clientIp}`;
  throw new ApiError(
    switches.whitelistErrcode,
    switches.whitelistErrcode === 40164
      ? `invalid ip ${clientIp} ipv6 ${ipv6}, not in whitelist`
      : undefined,
  );
}

/**
 * How WeChat Cloud has added the account to a call, or stands for it: by the relay, which passes on what
 * has a token of its own, or by a token that the platform has made.
 */
export function cloudIdentity({ cloudAccess }: World, call: Call): 'relay' | 'token' | undefined {
  const { access_token: own, cloudbase_access_token: cloud } = call.query;
  if (own !== undefined) return undefined;
  if (cloud !== undefined) return 'token';
  return call.isRelayed && cloudAccess.isRelayOn() ? 'relay' : undefined;
}

/** @throws ApiError 40001, 42001, 48001 */
function checkCloud(
  { cloudAccess, statistics }: World,
  { query, path }: Call,
  identity: 'relay' | 'token',
): void {
  const { cloudbase_access_token: text = '' } = query;
  const status = identity === 'relay' ? 'good' : cloudAccess.statusOf(text);
  statistics.countCloudUse(identity, status);
  if (status !== 'good') throw new ApiError(status === 'ended' ? 42001 : 40001);
  // The documents name no code for a path that the console does not allow.
  if (!cloudAccess.allows(path)) throw new ApiError(48001);
}

/** @throws ApiError 41001, 40001, 40014, 42001, 48001 */
export function checkToken(world: World, call: Call): void {
  const identity = cloudIdentity(world, call);
  if (identity) checkCloud(world, call, identity);
  else checkOwnToken(world, call);
}

function checkOwnToken(world: World, call: Call): void {
  const { tokens, statistics } = world;
  const { query, path } = call;
  const { access_token: text = '' } = query;
  if (text === '') {
    statistics.countTokenUse('missing');
    throw new ApiError(41001);
  }
  const record = tokens.find(text);
  const status = record ? tokens.statusOf(record) : 'unknown';
  statistics.countTokenUse(status);
  const errcode = record?.refusedWith ?? refusals[status];
  if (errcode === undefined) return;
  const isHinted = errcode === 40001 && record?.kind !== 'stable' && !path.startsWith('/sns/');
  throw new ApiError(
    errcode,
    isHinted ? `${errorTexts[errcode]}, ${STABLE_TOKEN_HINT}` : undefined,
  );
}

const refusals: Readonly<Record<TokenStatus | 'unknown', Errcode | undefined>> = {
  current: undefined,
  overlap: undefined,
  retired: 40001,
  expired: 42001,
  revoked: 40001,
  unknown: 40001,
};

/** Who calls with the AppSecret itself. The order of the checks was seen on the real API. */
export interface Credentials {
  readonly appid: string;
  readonly secret: string;
  /** `undefined` where the endpoint has no such parameter. */
  readonly grantType: string | undefined;
}

/** @throws ApiError 41002, 40013, 40002, 41004, 40125 (or 40001) */
export function checkCredentials({ account, switches }: World, given: Credentials): void {
  if (given.appid === '') throw new ApiError(41002);
  if (given.appid !== account.appid) throw new ApiError(40013);
  if (given.grantType !== undefined && given.grantType !== 'client_credential') {
    throw new ApiError(40002);
  }
  if (given.secret === '') throw new ApiError(41004);
  if (given.secret !== account.secret) throw new ApiError(switches.wrongSecretErrcode);
}

/** All that stands before an operation that works with a token. */
export function checkTokenCall(world: World, call: Call, { name, endpoint }: NamedEndpoint): void {
  const isFromCloud = cloudIdentity(world, call) !== undefined;
  if (world.switches.whitelistGuards === 'all' && !isFromCloud) checkWhitelist(world, call);
  checkToken(world, call);
  if (endpoint.application && world.applications.isWithheld(name)) throw new ApiError(48001);
  world.quotas.take(name);
}
