import { type ProxyClientApp, proxyClientApp } from '../../shared/app/proxy-client.ts';
import { requests } from '../../shared/proxy/requests.ts';
import { action, type Invocation, invokable, noPayload } from '../../shared/scf/invoke.ts';

/** What an operator does with the clients of `api-proxy`, which cannot reach any of it by HTTP. */
export const actions = {
  add: action(requests.add, (client, { clients }: ProxyClientApp) => clients.add(client)),
  list: action(noPayload, (_, { clients }: ProxyClientApp) => clients.list()),
  change: action(requests.change, (change, { clients }: ProxyClientApp) => clients.change(change)),
  rotate: action(requests.rotate, (rotation, { clients }: ProxyClientApp) =>
    clients.rotate(rotation),
  ),
  disable: action(requests.byId, ({ id }, { clients }: ProxyClientApp) => clients.disable(id)),
  usage: action(requests.usage, ({ id }, { clients }: ProxyClientApp) => clients.usage(id)),
};

export type ProxyClientInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => proxyClientApp());
