import type { Account } from '../account/router.ts';
import { followersActions } from '../app/actions/followers.ts';
import { massSendActions } from '../app/actions/mass-send.ts';
import { materialActions } from '../app/actions/material.ts';
import { menuActions } from '../app/actions/menu.ts';
import { proxyClientActions } from '../app/actions/proxy-client.ts';
import { workerActions } from '../app/actions/worker.ts';
import { followersApp } from '../app/followers.ts';
import { massSendApp } from '../app/mass-send.ts';
import { materialApp } from '../app/material.ts';
import { menuApp } from '../app/menu.ts';
import type { World } from '../app/parts/world.ts';
import { proxyClientApp } from '../app/proxy-client.ts';
import { workerApp } from '../app/worker.ts';
import { invokable } from './invoke.ts';
import type { Invokable } from './operators-door.ts';

/** The functions that an operator invokes, in one process, by the names that they have when deployed apart. */
export function operatorFunctions(
  account: Account,
  world: World,
): Readonly<Record<string, Invokable>> {
  return {
    menu: invokable(menuActions, () => menuApp(world)),
    material: invokable(materialActions, () => materialApp(world)),
    followers: invokable(followersActions, () => followersApp(world)),
    'mass-send': invokable(massSendActions, () => massSendApp(world)),
    'proxy-client': invokable(proxyClientActions, () => proxyClientApp(world)),
    worker: invokable(workerActions, () => workerApp(account, world)),
  };
}
