import { ApiError } from '../errors/errors.ts';
import type { Call } from '../http/call.ts';
import { checkCredentials } from '../http/gates.ts';
import { PageAnswer } from '../http/page-answer.ts';
import { type Grant, type Scope, USER_TOKEN_LIFE_MS } from '../state/user-tokens.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

/** Says who opens the page, in place of the visitor set for all. WeChat would not look at it. */
export const VISITOR_PARAMETER = 'emulator_openid';

const scopes: readonly string[] = ['snsapi_base', 'snsapi_userinfo'] satisfies Scope[];

export const oauth: OperationsOf<'oauth'> = {
  /** The page agrees at once and leads back. What is wrong it shows to the visitor. */
  authorize(world, { query }) {
    const { appid = '', redirect_uri = '', response_type, scope = '', state = '' } = query;
    if (appid === '') return fault(10012);
    if (appid !== world.account.appid) return fault(10016);
    if (redirect_uri === '' || !URL.canParse(redirect_uri)) return fault(10011);
    if (scope === '') return fault(10010);
    if (!scopes.includes(scope) || response_type !== 'code') return fault(10005);
    const target = new URL(redirect_uri);
    const { oauthDomain, userTokens, followers } = world;
    if (oauthDomain !== undefined && target.host !== oauthDomain) return fault(10003);

    const { [VISITOR_PARAMETER]: openid = userTokens.visitor().openid } = query;
    const visitor = { ...userTokens.visitor(), openid };
    if (!followers.record(openid)) followers.set(openid, {});
    target.searchParams.set('code', userTokens.grant(visitor, scope as Scope));
    target.searchParams.set('state', state);
    return new PageAnswer(302, { location: target.href }, '');
  },

  getAccessToken(world, { query }) {
    const { appid = '', secret = '', code = '', grant_type: grantType } = query;
    world.quotas.take('oauth.getAccessToken');
    checkCredentials(world, { appid, secret, grantType: undefined });
    if (grantType !== 'authorization_code') throw new ApiError(40002);
    if (code === '') throw new ApiError(41008);
    const { userTokens } = world;
    const grant = userTokens.findByCode(code);
    if (!grant) throw new ApiError(40029);
    if (grant.isCodeUsed) throw new ApiError(40163);
    if (userTokens.isCodeOver(grant)) throw new ApiError(42003);
    userTokens.exchange(grant);
    const { isSnapshot, unionid } = grant.visitor;
    return {
      ...answer(world, grant),
      ...(isSnapshot ? { is_snapshotuser: 1 as const } : {}),
      ...(unionid === undefined ? {} : { unionid }),
    };
  },

  refreshAccessToken(world, { query }) {
    const { appid = '', grant_type: grantType, refresh_token: text = '' } = query;
    world.quotas.take('oauth.refreshAccessToken');
    if (appid === '') throw new ApiError(41002);
    if (appid !== world.account.appid) throw new ApiError(40013);
    if (grantType !== 'refresh_token') throw new ApiError(40002);
    if (text === '') throw new ApiError(41003);
    const { userTokens } = world;
    const grant = userTokens.findByRefresh(text);
    if (!grant) throw new ApiError(40030);
    if (userTokens.isRefreshOver(grant)) throw new ApiError(42002);
    userTokens.renew(grant);
    return answer(world, grant);
  },

  getUserInfo(world, call) {
    world.quotas.take('oauth.getUserInfo');
    const { visitor, scope } = grantOf(world, call);
    if (scope !== 'snsapi_userinfo') throw new ApiError(48001);
    const { openid, nickname, headimgurl, unionid } = visitor;
    return {
      openid,
      nickname,
      sex: 0,
      province: '',
      city: '',
      country: '',
      headimgurl,
      privilege: [],
      ...(unionid === undefined ? {} : { unionid }),
    };
  },

  checkAccessToken(world, call) {
    world.quotas.take('oauth.checkAccessToken');
    grantOf(world, call);
    return done;
  },
};

/** @throws ApiError 41001, 40001, 42001, 41009, 40003 */
function grantOf({ userTokens }: World, { query }: Call): Grant {
  const { access_token: text = '', openid = '' } = query;
  if (text === '') throw new ApiError(41001);
  const grant = userTokens.findByToken(text);
  if (!grant) throw new ApiError(40001);
  if (userTokens.isTokenOver(grant)) throw new ApiError(42001);
  if (openid === '') throw new ApiError(41009);
  if (openid !== grant.visitor.openid) throw new ApiError(40003);
  return grant;
}

function answer({ userTokens }: World, grant: Grant) {
  return {
    access_token: userTokens.tokenOf(grant),
    expires_in: USER_TOKEN_LIFE_MS / 1_000,
    refresh_token: userTokens.refreshOf(grant),
    openid: grant.visitor.openid,
    scope: grant.scope,
  };
}

/** The codes of the page itself, which no API call gives. */
const pageFaults = {
  10003: 'redirect_uri 参数错误',
  10005: 'Scope 参数错误或没有 Scope 权限',
  10010: 'scope 不能为空',
  10011: 'redirect_uri 不能为空',
  10012: 'appid 不能为空',
  10016: '不支持的公众号类型',
} as const;

function fault(code: keyof typeof pageFaults): PageAnswer {
  const html = `<!doctype html><meta charset="utf-8"><p>${pageFaults[code]}</p><p>${code}</p>`;
  return new PageAnswer(200, { 'content-type': 'text/html; charset=utf-8' }, html);
}
