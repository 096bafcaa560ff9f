import type { CloudTypes } from '../../../cloud/models/index.ts';
import { CloudError } from './error.ts';

export type Endpoint = CloudTypes['scf']['EndpointsConf'];

/** A domain of the customer's that leads to functions of one region by their paths. */
export interface CustomDomain {
  readonly Domain: string;
  readonly Protocol: string;
  readonly EndpointsConfig: readonly Endpoint[];
  readonly CertConfig: { readonly CertificateId?: string };
}

/** The custom domains of the account's functions. */
export interface Domains {
  /** Domains without an ICP filing, which the cloud does not bind. */
  readonly unfiled: Set<string>;
  list(): readonly CustomDomain[];
  /** @throws CloudError if there is none. */
  get(name: string): CustomDomain;
  has(name: string): boolean;
  set(domain: CustomDomain): void;
  remove(name: string): void;
  /** The function that a request to a domain goes to; undefined if there is none. */
  endpointOf(host: string, path: string): Endpoint | undefined;
}

export function createDomains(): Domains {
  const domains = new Map<string, CustomDomain>();
  const get = (name: string) => {
    const found = domains.get(name);
    if (!found) throw new CloudError('ResourceNotFound.CustomDomain', `There is no ${name}.`);
    return found;
  };
  return {
    unfiled: new Set(),
    list: () => [...domains.values()],
    get,
    has: (name) => domains.has(name),
    set: (domain) => void domains.set(domain.Domain, domain),
    remove(name) {
      get(name);
      domains.delete(name);
    },
    endpointOf(host, path) {
      const matching = (domains.get(host)?.EndpointsConfig ?? []).filter(({ PathMatch }) =>
        PathMatch.endsWith('*') ? path.startsWith(PathMatch.slice(0, -1)) : path === PathMatch,
      );
      return matching.sort((a, b) => b.PathMatch.length - a.PathMatch.length)[0];
    },
  };
}
