import type { EndpointName } from '../../../shared/wechat/catalogue/index.ts';

/**
 * A client of the proxy, and the one endpoint that it calls, so that WeChat's own count tells the
 * clients apart.
 */
export interface SoakClient {
  readonly id: string;
  readonly perSecond: number;
  readonly burst: number;
  readonly endpoint: EndpointName;
}

/** A slow, a middling and a fast client. Each is called more often than its rate allows. */
export const limited: readonly SoakClient[] = [
  { id: 'slow', perSecond: 1, burst: 2, endpoint: 'network.listCallbackIps' },
  { id: 'middling', perSecond: 8, burst: 10, endpoint: 'network.listApiIps' },
  { id: 'fast', perSecond: 25, burst: 40, endpoint: 'menu.getCurrent' },
];

/** This client stays within its rate and uses the client library. None of its calls may fail. */
export const steady: SoakClient = {
  id: 'steady',
  perSecond: 1_000,
  burst: 2_000,
  endpoint: 'material.count',
};
