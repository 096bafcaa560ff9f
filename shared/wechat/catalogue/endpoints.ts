import type { Endpoint, Method } from './endpoint.ts';
import { catalogue, type EndpointName } from './index.ts';

export interface NamedEndpoint {
  readonly name: EndpointName;
  readonly endpoint: Endpoint;
}

/** All rows, in the order of the catalogue. The callback does without this list in its cold start. */
export const endpoints: readonly NamedEndpoint[] = Object.entries(catalogue).flatMap(
  ([area, operations]) =>
    Object.entries<Endpoint>(operations).map(([operation, endpoint]) => ({
      name: `${area}.${operation}` as EndpointName,
      endpoint,
    })),
);

const byName = new Map<string, Endpoint>(endpoints.map(({ name, endpoint }) => [name, endpoint]));

const byRoute = new Map<string, NamedEndpoint>(
  endpoints.flatMap((named) => {
    const { method, otherMethod, path } = named.endpoint;
    const methods = otherMethod ? [method, otherMethod] : [method];
    return methods.map((each) => [`${each} ${path}`, named] as const);
  }),
);

export function endpointByName(name: EndpointName): Endpoint;
export function endpointByName(name: string): Endpoint | undefined;
export function endpointByName(name: string): Endpoint | undefined {
  return byName.get(name);
}

/** The row that a request to this path is for; the path is without host and query. */
export function endpointByRoute(method: Method, path: string): NamedEndpoint | undefined {
  return byRoute.get(`${method} ${path}`);
}
