import { menuActions as actions } from '../../shared/app/actions/menu.ts';
import { menuApp } from '../../shared/app/menu.ts';
import { type Invocation, invokable } from '../../shared/scf/invoke.ts';

export { actions };

export type MenuInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => menuApp());
