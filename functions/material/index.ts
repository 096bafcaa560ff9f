import { materialActions as actions } from '../../shared/app/actions/material.ts';
import { materialApp } from '../../shared/app/material.ts';
import { type Invocation, invokable } from '../../shared/scf/invoke.ts';

export { actions };

export type MaterialInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => materialApp());
