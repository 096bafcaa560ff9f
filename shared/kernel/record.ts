/** An object with fields, as opposed to a list and to null: for values that come from outside. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An object for names that come from outside: it has no prototype, so `constructor` is a name like any
 * other. `Object.create(null)` makes a hash table; an object of this class has a layout, and is filled
 * in a third of the time.
 */
export function emptyRecord<Value>(): Record<string, Value> {
  return new NoPrototype();
}

const NoPrototype = function NoPrototype() {} as unknown as new () => Record<string, never>;
NoPrototype.prototype = Object.freeze(Object.create(null));
