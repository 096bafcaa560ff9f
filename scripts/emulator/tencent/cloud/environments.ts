import type { Control } from '../../cloudbase/control/control.ts';
import { CloudError } from './error.ts';

/** A path of the HTTP access service of an environment, and the function behind it. */
export interface Route {
  readonly path: string;
  readonly functionName: string;
  /** Whether the function sees the whole path of the request, or only what comes after `path`. */
  readonly isWholePath?: boolean;
}

/** A domain of the customer's, with its own paths. */
export interface EnvironmentDomain {
  readonly name: string;
  certificateId: string;
  readonly routes: Route[];
  /** What the DNS of the domain says. */
  dns: 'OK' | 'EMPTY' | 'INVALID';
}

/** What an environment is made with, and what the cloud lets one do with it. */
export interface EnvironmentOptions {
  readonly envId: string;
  /** Default: ap-shanghai. */
  readonly region?: string;
  /**
   * `documents`: the database of environments made until 2026-10-30. `postgresql`: what all later ones
   * have. `pg_doc`: the same with its documents switched on. Default: `documents`.
   */
  readonly kind?: EnvironmentKind;
  /** Where it was made: `miniapp` in WeChat's developer tools, for a mini-program. Default: `qcloud`. */
  readonly source?: Environment['source'];
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
  region: string;
  kind: EnvironmentKind;
  source: 'miniapp' | 'qcloud';
  readonly hasTableApi: boolean;
  readonly hasSecurityRules: boolean;
  readonly sql: RunSql | undefined;
  readonly routes: readonly Route[];
  readonly domains: EnvironmentDomain[];
  /** Fresh environments have no default domain; later ones may be switched off. */
  httpAccess: 'on' | 'off' | 'absent';
  /** Whether the cloud lets HTTP access be switched on by its API. */
  canOpenHttpAccess: boolean;
  /** Which clients may call which functions, as JSON text; empty as long as nobody has said. */
  functionRule: string;
  /** The policy that somebody wrote for all requests of clients, in Rego; empty: none. */
  userPolicy: string;
}

export interface DomainTarget {
  readonly envId: string;
  /** At which path the function runs in the emulator of its environment. */
  readonly path: string;
  /** How much of the beginning of the URL the function does not see. */
  readonly cut: number;
}

export interface Environments {
  list(): readonly Environment[];
  /** @throws CloudError if there is none. */
  get(envId: string): Environment;
  addRoute(envId: string, route: Route): void;
  /** Returns what it removed. */
  removeRoutes(envId: string, isGone: (route: Route) => boolean): readonly Route[];
  /** Where a request to a domain of a customer's goes; undefined if nowhere. */
  routeOf(host: string, path: string): DomainTarget | undefined;
  /** Domains without an ICP filing, which the cloud does not bind. */
  readonly unfiledDomains: Set<string>;
  /** The documents of all environments. @throws CloudError if this cloud has none. */
  readonly database: Control;
}

export function createEnvironments(
  all: readonly EnvironmentOptions[],
  control: Control | undefined,
): Environments {
  const environments = new Map<string, Environment & { routes: Route[] }>(
    all.map(
      ({
        envId,
        region = 'ap-shanghai',
        kind = 'documents',
        source = 'qcloud',
        hasTableApi = true,
        hasSecurityRules = true,
        sql,
      }) => [
        envId,
        {
          envId,
          region,
          kind,
          source,
          hasTableApi,
          hasSecurityRules,
          sql,
          routes: [],
          functionRule: '',
          userPolicy: '',
          domains: [],
          httpAccess: 'on',
          canOpenHttpAccess: true,
        },
      ],
    ),
  );
  const get = (envId: string) => {
    const found = environments.get(envId);
    if (!found) throw new CloudError('ResourceNotFound.EnvNotFound', `There is no ${envId}.`);
    return found;
  };

  return {
    unfiledDomains: new Set(),
    routeOf(host, path) {
      for (const { envId, domains, routes } of environments.values()) {
        const own = domains.find(({ name, dns }) => name === host && dns === 'OK')?.routes ?? [];
        const [route] = own
          .filter((each) => `${path}/`.startsWith(each.path.replace(/\/?$/, '/')))
          .sort((a, b) => b.path.length - a.path.length);
        const at = routes.find(({ functionName }) => functionName === route?.functionName)?.path;
        if (!route || at === undefined) continue;
        return { envId, path: at, cut: route.isWholePath ? 0 : route.path.length };
      }
      return undefined;
    },
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
