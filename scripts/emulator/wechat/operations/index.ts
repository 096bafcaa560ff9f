import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import { checkCallback, listApiIps, listCallbackIps } from './network.ts';
import { clearApiQuota, clearQuota, clearQuotaBySecret, getQuota, getRid } from './openapi.ts';
import type { Operation } from './operation.ts';
import { getTicket } from './ticket.ts';
import { getStableToken, getToken } from './token.ts';

/** What is emulated, by catalogue name. */
export const operations: { readonly [Name in EndpointName]?: Operation<Name> } = {
  'token.get': getToken,
  'token.getStable': getStableToken,
  'ticket.get': getTicket,
  'network.listCallbackIps': listCallbackIps,
  'network.listApiIps': listApiIps,
  'network.checkCallback': checkCallback,
  'openapi.clearQuota': clearQuota,
  'openapi.clearQuotaBySecret': clearQuotaBySecret,
  'openapi.clearApiQuota': clearApiQuota,
  'openapi.getQuota': getQuota,
  'openapi.getRid': getRid,
};
