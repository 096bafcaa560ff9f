import { massSendActions as actions } from '../../shared/app/actions/mass-send.ts';
import { massSendApp } from '../../shared/app/mass-send.ts';
import { type Invocation, invokable } from '../../shared/scf/invoke.ts';

export { actions };

export type MassSendInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => massSendApp());
