import { apiProxyApp } from '../../shared/app/api-proxy.ts';
import { httpFunction } from '../../shared/scf/http.ts';

/** Business systems call WeChat through this, by HTTP. It holds nothing that an operator does. */
export const main = httpFunction(apiProxyApp());
