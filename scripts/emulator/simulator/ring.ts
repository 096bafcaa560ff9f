/** The latest of many things, by a number that only grows. */
export interface Ring<T extends { readonly id: number }> {
  /** Keeps what `make` makes of the next number. */
  add(make: (id: number) => T): T;
  replace(item: T): void;
  get(id: number): T | undefined;
  list(): T[];
  clear(): void;
}

/** The first number is the one after `startAfter`. */
export function createRing<T extends { readonly id: number }>(
  capacity: number,
  startAfter = 0,
): Ring<T> {
  const items = new Map<number, T>();
  let lastId = startAfter;
  return {
    add(make) {
      lastId += 1;
      const item = make(lastId);
      items.set(lastId, item);
      if (items.size > capacity) items.delete(items.keys().next().value ?? 0);
      return item;
    },
    replace(item) {
      if (items.has(item.id)) items.set(item.id, item);
    },
    get: (id) => items.get(id),
    list: () => [...items.values()],
    clear: () => items.clear(),
  };
}
