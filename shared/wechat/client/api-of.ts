import { catalogue, type Endpoint } from '../catalogue/index.ts';
import type { Api } from './api.ts';

type Call = (...args: never[]) => Promise<unknown>;

/**
 * The catalogue as an object of functions, one for each row that can be called, and `request`. An
 * area is made at its first use: all of them together would cost each cold start a millisecond.
 */
export function apiOf(
  operation: (area: string, name: string, endpoint: Endpoint) => Call,
  request: Call,
): Api {
  const api = { request };
  for (const [area, rows] of Object.entries(catalogue)) {
    let made: object | undefined;
    const get = () => {
      made ??= operationsOf(area, rows);
      return made;
    };
    Object.defineProperty(api, area, { enumerable: true, get });
  }
  return api as Api;

  function operationsOf(area: string, rows: Readonly<Record<string, Endpoint>>): object {
    return Object.fromEntries(
      Object.entries(rows)
        .filter(([, endpoint]) => !endpoint.retired && endpoint.answer !== 'page')
        .map(([name, endpoint]) => [name, operation(area, name, endpoint)]),
    );
  }
}

/** An API that is made at its first call, of whichever endpoint. */
export function lazyApi(make: () => Promise<Api>): Api {
  let making: Promise<Api> | undefined;

  async function made(): Promise<Record<string, Record<string, Call>> & { request: Call }> {
    making ??= make();
    return (await making) as never;
  }

  return apiOf(
    (area, name) =>
      async (...args) =>
        (await made())[area]?.[name]?.(...args),
    async (...args) => (await made()).request(...args),
  );
}
