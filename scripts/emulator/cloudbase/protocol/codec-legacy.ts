import { isObject, type Value } from '../values.ts';

/** The plain JSON of `tcb-admin-node`: only dates and regular expressions need a wrapper. */
export function encodeLegacy(value: Value): unknown {
  if (Array.isArray(value)) return value.map(encodeLegacy);
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof RegExp) return { $regex: value.source, $options: value.flags };
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeLegacy(item)]));
}
