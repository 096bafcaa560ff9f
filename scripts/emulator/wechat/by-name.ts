import type { Area, EndpointName } from '../../../shared/wechat/catalogue/index.ts';

/** What is kept for each operation of each area, found by the endpoint's whole name. */
export function byName<T>(
  areas: Readonly<Record<Area, Readonly<Record<string, T>>>>,
): (name: EndpointName) => T {
  const found = new Map(
    Object.entries(areas).flatMap(([area, operations]) =>
      Object.entries(operations).map(([operation, kept]) => [`${area}.${operation}`, kept]),
    ),
  );
  return (name) => {
    const kept = found.get(name);
    if (kept === undefined) throw new Error(`${name} is no row of the catalogue.`);
    return kept;
  };
}
