import type { Api } from './api.ts';
import { operationNames } from './operation-names.ts';

type Call = (...args: never[]) => Promise<unknown>;

/**
 * An object of functions, one for each operation that can be called, and `request`. An area is made at
 * its first use: all of them together would cost each cold start a millisecond.
 */
export function apiOf(operation: (area: string, name: string) => Call, request: Call): Api {
  const api = { request };
  for (const line of operationNames.trim().split('\n')) {
    const [area = '', ...names] = line.split(' ');
    let made: object | undefined;
    const get = () => {
      made ??= Object.fromEntries(names.map((name) => [name, operation(area, name)]));
      return made;
    };
    Object.defineProperty(api, area, { enumerable: true, get });
  }
  return api as Api;
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
