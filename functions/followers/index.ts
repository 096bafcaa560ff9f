import { followersActions as actions } from '../../shared/app/actions/followers.ts';
import { followersApp } from '../../shared/app/followers.ts';
import { type Invocation, invokable } from '../../shared/scf/invoke.ts';

export { actions };

export type FollowersInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => followersApp());
