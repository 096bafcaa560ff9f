import type { Control } from '../../cloudbase/control/control.ts';
import { CloudError } from './error.ts';

/** A path of the HTTP access service of an environment, and the function behind it. */
export interface Route {
  readonly path: string;
  readonly functionName: string;
}

/** What an environment is made with, and what the cloud lets one do with it. */
export interface EnvironmentOptions {
  readonly envId: string;
  /**
   * `documents`: the database of environments made until 2026-10-30. `postgresql`: what all later ones
   * have. `pg_doc`: the same with its documents switched on. Default: `documents`.
   */
  readonly kind?: EnvironmentKind;
  /** Whether the API of tables knows the collections of pg_doc, which is not documented. Default: true. */
  readonly hasTableApi?: boolean;
  /** Whether PostgreSQL environments take security rules of functions. Default: true. */
  readonly hasSecurityRules?: boolean;
  /** Runs SQL in its PostgreSQL; without it the cloud runs none. */
  readonly sql?: RunSql;
}

export type EnvironmentKind = 'documents' | 'postgresql' | 'pg_doc';

/** Values as text, as the cloud gives them. */
export type RunSql = (text: string) => Promise<{
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}>;

/** One CloudBase environment, beside its functions and its database. */
export interface Environment {
  readonly envId: string;
  kind: EnvironmentKind;
  readonly hasTableApi: boolean;
  readonly hasSecurityRules: boolean;
  readonly sql: RunSql | undefined;
  readonly routes: readonly Route[];
  /** Which clients may call which functions, as JSON text; empty as long as nobody has said. */
  functionRule: string;
  /** The policy that somebody wrote for all requests of clients, in Rego; empty: none. */
  userPolicy: string;
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
  all: readonly EnvironmentOptions[],
  control: Control | undefined,
): Environments {
  const environments = new Map<string, Environment & { routes: Route[] }>(
    all.map(({ envId, kind = 'documents', hasTableApi = true, hasSecurityRules = true, sql }) => [
      envId,
      {
        envId,
        kind,
        hasTableApi,
        hasSecurityRules,
        sql,
        routes: [],
        functionRule: '',
        userPolicy: '',
      },
    ]),
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
