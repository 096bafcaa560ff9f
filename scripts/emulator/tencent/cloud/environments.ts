import type { Control } from '../../cloudbase/control/control.ts';
import { CloudError } from './error.ts';

/** A path of the HTTP access service of an environment, and the function behind it. */
export interface Route {
  readonly path: string;
  readonly functionName: string;
}

/** One CloudBase environment, beside its functions and its database. */
export interface Environment {
  readonly envId: string;
  readonly routes: readonly Route[];
  /** Which clients may call which functions, as JSON text; empty as long as nobody has said. */
  functionRule: string;
}

export interface Environments {
  list(): readonly Environment[];
  /** @throws CloudError if there is none. */
  get(envId: string): Environment;
  addRoute(envId: string, route: Route): void;
  /** Returns what it removed. */
  removeRoutes(envId: string, isGone: (route: Route) => boolean): readonly Route[];
  /** The documents of all environments. @throws CloudError if this cloud has none. */
  readonly database: Control;
}

export function createEnvironments(
  envIds: readonly string[],
  control: Control | undefined,
): Environments {
  const environments = new Map<string, Environment & { routes: Route[] }>(
    envIds.map((envId) => [envId, { envId, routes: [], functionRule: '' }]),
  );
  const get = (envId: string) => {
    const found = environments.get(envId);
    if (!found) throw new CloudError('ResourceNotFound.EnvNotFound', `There is no ${envId}.`);
    return found;
  };

  return {
    list: () => [...environments.values()],
    get,
    addRoute: (envId, route) => void get(envId).routes.push(route),
    removeRoutes(envId, isGone) {
      const environment = get(envId);
      const gone = environment.routes.filter(isGone);
      environment.routes = environment.routes.filter((route) => !isGone(route));
      return gone;
    },
    get database() {
      if (!control) throw new CloudError('ResourceNotFound', 'This cloud has no database.');
      return control;
    },
  };
}
