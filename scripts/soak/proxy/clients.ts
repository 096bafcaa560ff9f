import type { EndpointName } from '../../../shared/wechat/catalogue/index.ts';

/**
 * A client of the proxy, and the one endpoint that it calls: so WeChat's own count tells them
 * apart.
 */
export interface SoakClient {
  readonly id: string;
  readonly perSecond: number;
  readonly burst: number;
  readonly endpoint: EndpointName;
}

/** Slow, middling and fast; each is called for more than it may. */
export const limited: readonly SoakClient[] = [
  { id: 'slow', perSecond: 2, burst: 4, endpoint: 'network.listCallbackIps' },
  { id: 'middling', perSecond: 8, burst: 10, endpoint: 'network.listApiIps' },
  { id: 'fast', perSecond: 25, burst: 40, endpoint: 'menu.getCurrent' },
];

/** Never over its rate, and by the client library: none of its calls may fail, whatever dies. */
export const steady: SoakClient = {
  id: 'steady',
  perSecond: 1_000,
  burst: 2_000,
  endpoint: 'material.count',
};
