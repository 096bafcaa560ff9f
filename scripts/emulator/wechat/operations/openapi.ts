import { endpointByRoute } from '../../../../shared/wechat/catalogue/endpoints.ts';
import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import { ApiError } from '../errors/errors.ts';
import { type Call, jsonOf, textIn } from '../http/call.ts';
import { checkCredentials } from '../http/gates.ts';
import type { World } from '../world.ts';
import { done, type OperationsOf } from './operation.ts';

export const openapi: OperationsOf<'openapi'> = {
  clearQuota(world, call) {
    const appid = textIn(jsonOf(call), 'appid');
    if (appid === '') throw new ApiError(41002);
    if (appid !== world.account.appid) throw new ApiError(40013);
    return clearAll(world, 'openapi.clearQuota');
  },

  /** The documents name a JSON body and show a query; both are taken. */
  clearQuotaBySecret(world, call) {
    const body = call.body.length > 0 ? jsonOf(call) : call.query;
    const from = (name: string) => textIn(body, name) || (call.query[name] ?? '');
    checkCredentials(world, {
      appid: from('appid'),
      secret: from('appsecret'),
      grantType: undefined,
    });
    return clearAll(world, 'openapi.clearQuotaBySecret');
  },

  clearApiQuota(world, call) {
    const name = endpointIn(call);
    if (!world.quotas.takeOfMonth('openapi.clearApiQuota')) throw new ApiError(48006);
    world.quotas.clear(name);
    return done;
  },

  getQuota({ quotas }, call) {
    const name = endpointIn(call);
    const { day, minute } = quotas.limitsOf(name);
    const used = quotas.usedToday(name);
    return {
      ...done,
      quota: { daily_limit: day, used, remain: Math.max(0, day - used) },
      ...(minute === undefined ? {} : { rate_limit: { call_count: minute, refresh_second: 60 } }),
    };
  },

  getRid({ rids }, call) {
    const found = rids.find(textIn(jsonOf(call), 'rid'));
    if (found === 'malformed') throw new ApiError(76002);
    if (found === 'expired') throw new ApiError(76004);
    if (found === undefined) throw new ApiError(76001);
    const { rid: _, ...request } = found;
    return { ...done, request };
  },
};

function clearAll({ quotas }: World, name: EndpointName) {
  if (!quotas.takeOfMonth(name)) throw new ApiError(48006);
  quotas.clearAll();
  return done;
}

function endpointIn(call: Call): EndpointName {
  const path = textIn(jsonOf(call), 'cgi_path');
  if (!path.startsWith('/')) throw new ApiError(76003);
  if (path.startsWith('/sns/')) throw new ApiError(76022);
  const named = endpointByRoute('POST', path) ?? endpointByRoute('GET', path);
  if (!named) throw new ApiError(76021);
  return named.name;
}
