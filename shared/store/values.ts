import { types } from 'node:util';
import { pathOf } from '../kernel/check.ts';
import { AppError } from '../kernel/errors.ts';

/** A value that every SDK carries to the database and back without change. */
export type Value = null | boolean | number | string | Date | readonly Value[] | Fields;
export interface Fields {
  readonly [name: string]: Value;
}

export interface Problem {
  /** Where in the document, such as `lease.until` or `tags[0]`. */
  readonly path: string;
  readonly message: string;
}

/** A value, a document or a query that the store refuses. Its text names places, never values. */
export function invalid(collection: string, problems: readonly Problem[]): AppError {
  const list = problems.map(({ path, message }) => `\n- ${path || 'the document'} ${message}`);
  return new AppError('invalid', `The store refuses this for ${collection}:${list.join('')}`, {
    details: { collection, problems, outcome: 'refused' },
  });
}

/** MongoDB's own limit is 100 levels; a cycle ends here too. */
const MAX_DEPTH = 60;

/** Names that an SDK, or JavaScript, takes for its own. */
const UNUSABLE_NAMES = new Set([
  '',
  '__proto__',
  'hasOwnProperty',
  'toJSON',
  'toBSON',
  '_bsontype',
]);

const GEO_TYPE = /^(Multi)?(Point|LineString|Polygon)$/;

/**
 * A deep copy without undefined fields, or the problems: everything that an SDK would lose, change
 * or crash on. The problems name places, never values.
 */
export function storable(value: unknown, path = ''): { value: Value } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const copied = copy(value, path, 0, problems);
  return problems.length > 0 ? { problems } : { value: copied };
}

function copy(value: unknown, path: string, depth: number, problems: Problem[]): Value {
  const refuse = (message: string): null => {
    problems.push({ path, message });
    return null;
  };
  if (depth > MAX_DEPTH) return refuse('is nested too deep, or contains itself');
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      // Half an emoji has no UTF-8 form: the database would replace or refuse it.
      return /\p{Surrogate}/u.test(value) ? refuse('contains half a surrogate pair') : value;
    case 'number':
      if (!Number.isFinite(value)) return refuse('is not a finite number');
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        return refuse('is an integer beyond 2^53; store it as a string');
      }
      return value === 0 ? 0 : value;
    case 'object':
      break;
    default:
      return refuse(`is ${typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`}`);
  }
  if (value === null) return null;
  if (types.isDate(value)) {
    return Number.isNaN(value.getTime()) ? refuse('is not a valid date') : new Date(value);
  }
  if (Array.isArray(value)) {
    return Array.from(value, (item, index) =>
      copy(item, pathOf([index], path), depth + 1, problems),
    );
  }
  if (!isPlain(value)) return refuse('is neither plain data nor a Date');
  if (isGeoJson(value)) return refuse('looks like GeoJSON, which no SDK gives back as it was');
  const fields: Record<string, Value> = {};
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (!isFieldName(name)) {
      problems.push({
        path: pathOf([name], path),
        message: 'has a name that the database refuses',
      });
      continue;
    }
    fields[name] = copy(item, pathOf([name], path), depth + 1, problems);
  }
  return fields;
}

/** True also for an object of another realm, such as a jest or vm context. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isRoot = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isRoot && Object.getOwnPropertySymbols(value).length === 0;
}

/** The SDKs take such an object for a place on the map, and throw if its coordinates cannot be one. */
function isGeoJson(value: object): boolean {
  const { type, coordinates } = value as { type?: unknown; coordinates?: unknown };
  return Array.isArray(coordinates) && typeof type === 'string' && GEO_TYPE.test(type);
}

function isFieldName(name: string): boolean {
  return !UNUSABLE_NAMES.has(name) && !/^\$|[.\0]/.test(name);
}

/**
 * The value that an SDK read. The old SDK leaves `{ $date: 0 }` as it is; no field of a document begins
 * with `$`, so that this can only be a date.
 */
export function restored(value: unknown): Value {
  if (types.isDate(value)) return new Date(value);
  if (Array.isArray(value)) return value.map(restored);
  if (typeof value !== 'object' || value === null) return value as Value;
  if ('$date' in value && typeof value.$date === 'number') return new Date(value.$date);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, restored(item)]));
}
