import { once } from '../../shared/kernel/once.ts';
import type { ShownActions } from '../emulator/simulator/shown-actions.ts';

/** The actions by their schemas. They are read when somebody looks: every function comes with them. */
export function createLocalActions(): ShownActions {
  const described = once(() => import('./described-actions.ts'));
  return {
    list: async () => (await described()).listActions(),
    check: async (name, action, payload) => (await described()).checkPayload(name, action, payload),
  };
}
