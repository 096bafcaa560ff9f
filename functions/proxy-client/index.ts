import { type ProxyClientApp, proxyClientApp } from '../../shared/app/proxy-client.ts';
import { requests } from '../../shared/proxy/requests.ts';
import { action, type Invocation, invokable, noPayload } from '../../shared/scf/invoke.ts';

/** What an operator does about the clients of `api-proxy`, which cannot reach any of it by HTTP. */
export const actions = {
  add: action(requests.add, (client, { desk }: ProxyClientApp) => desk.add(client)),
  list: action(noPayload, (_, { desk }: ProxyClientApp) => desk.list()),
  change: action(requests.change, (change, { desk }: ProxyClientApp) => desk.change(change)),
  rotate: action(requests.rotate, (rotation, { desk }: ProxyClientApp) => desk.rotate(rotation)),
  disable: action(requests.byId, ({ id }, { desk }: ProxyClientApp) => desk.disable(id)),
  usage: action(requests.usage, ({ id }, { desk }: ProxyClientApp) => desk.usage(id)),
};

export type ProxyClientInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => proxyClientApp());
