import { proxyClientActions as actions } from '../../shared/app/actions/proxy-client.ts';
import { proxyClientApp } from '../../shared/app/proxy-client.ts';
import { type Invocation, invokable } from '../../shared/scf/invoke.ts';

export { actions };

export type ProxyClientInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => proxyClientApp());
