import { action, audited, noPayload } from '../../kernel/action.ts';
import { requests } from '../../proxy/requests.ts';
import type { ProxyClientApp } from '../proxy-client.ts';

/** What an operator does with the clients of `api-proxy`, which cannot reach any of it by HTTP. */
export const proxyClientActions = {
  add: audited(requests.add, (client, { clients }: ProxyClientApp) => clients.add(client)),
  list: action(noPayload, (_, { clients }: ProxyClientApp) => clients.list()),
  change: audited(requests.change, (change, { clients }: ProxyClientApp) => clients.change(change)),
  rotate: audited(requests.rotate, (rotation, { clients }: ProxyClientApp) =>
    clients.rotate(rotation),
  ),
  disable: audited(requests.byId, ({ id }, { clients }: ProxyClientApp) => clients.disable(id)),
  usage: action(requests.usage, ({ id }, { clients }: ProxyClientApp) => clients.usage(id)),
};
