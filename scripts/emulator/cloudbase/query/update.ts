import { updateOne } from 'mingo';
import { invalidOperator, invalidParam, requestFailed } from '../errors.ts';
import { cloneValue, type Document, isObject, type Value } from '../values.ts';
import { asServiceError } from './mingo-errors.ts';

type Kind = 'any' | 'number' | 'array';

/** What each operator needs its field to hold, if the field is there at all. */
const OPERATORS: Readonly<Record<string, Kind>> = {
  $set: 'any',
  $unset: 'any',
  $rename: 'any',
  $min: 'any',
  $max: 'any',
  $inc: 'number',
  $mul: 'number',
  $bit: 'number',
  $push: 'array',
  $addToSet: 'array',
  $pop: 'array',
  $pull: 'array',
  $pullAll: 'array',
};

export type Update = { readonly [operator: string]: Document };

/** @throws ServiceError for an unknown operator, `_id`, or paths that contradict each other */
export function asUpdate(value: Value | undefined): Update {
  if (!isObject(value)) throw invalidParam('data must be an object');
  for (const [operator, fields] of Object.entries(value)) {
    if (!Object.hasOwn(OPERATORS, operator)) throw invalidOperator(operator);
    if (!isObject(fields)) throw requestFailed(`${operator} needs an object`);
  }
  return value as Update;
}

/** The updated copy. The filter is there for the positional `$`. */
export function applyUpdate(document: Document, update: Update, filter: Document): Document {
  const copy = cloneValue(document);
  const present = Object.entries(update).filter(([, fields]) => Object.keys(fields).length > 0);
  if (present.length === 0) return copy;
  for (const [operator, fields] of present) {
    const needs = OPERATORS[operator] ?? 'any';
    for (const [path, operand] of Object.entries(fields)) {
      checkField(copy, path, needs, operator);
      if (operator === '$rename') checkField(copy, String(operand), 'any', operator);
    }
  }
  const documents = [copy as Record<string, unknown>];
  const options = { cloneMode: 'deep' } as const;
  asServiceError(() => {
    const lists = emptyLists(copy, update);
    if (Object.keys(lists).length > 0) updateOne(documents, {}, { $set: lists }, options);
    const condition = positional(present) ? filter : {};
    updateOne(documents, condition, Object.fromEntries(present), options);
  });
  return documents[0] as Document;
}

/** The library sorts, cuts and deduplicates only lists that are there already. */
function emptyLists(document: Document, { $push = {}, $addToSet = {} }: Update) {
  const paths = Object.keys({ ...$push, ...$addToSet });
  const missing = paths.filter((path) => !path.includes('$') && !isPresent(document, path));
  return Object.fromEntries(missing.map((path) => [path, []]));
}

function isPresent(document: Document, path: string): boolean {
  let holder: Value | undefined = document;
  for (const step of path.split('.')) holder = holder === undefined ? holder : child(holder, step);
  return holder !== undefined;
}

/** The library passes over what does not fit in silence; MongoDB refuses it. */
function checkField(document: Document, path: string, needs: Kind, operator: string) {
  let holder: Value = document;
  const steps = path.split('.');
  for (const [depth, step] of steps.entries()) {
    if (step.startsWith('$')) return;
    if (step === '') throw requestFailed(`The update path '${path}' contains an empty field name`);
    const value = child(holder, step);
    if (value === undefined) {
      // Removing what cannot be there is no error, making it is.
      if (
        !isObject(holder) &&
        !isIndexOf(holder, step) &&
        operator !== '$unset' &&
        operator !== '$pull'
      ) {
        throw requestFailed(`Cannot create field '${step}' in element {${steps[depth - 1]}: …}`);
      }
      return;
    }
    holder = value;
  }
  if (needs === 'number' && typeof holder !== 'number') {
    throw requestFailed(`Cannot apply ${operator} to a value of non-numeric type at '${path}'`);
  }
  if (needs === 'array' && !Array.isArray(holder)) {
    throw requestFailed(`Cannot apply ${operator} to a non-array value at '${path}'`);
  }
}

function child(holder: Value, step: string): Value | undefined {
  if (Array.isArray(holder)) return isIndexOf(holder, step) ? holder[Number(step)] : undefined;
  return isObject(holder) && Object.hasOwn(holder, step) ? holder[step] : undefined;
}

function isIndexOf(holder: Value, step: string): boolean {
  return Array.isArray(holder) && /^\d+$/.test(step);
}

function positional(update: readonly (readonly [string, Document])[]): boolean {
  return update.some(([, fields]) => Object.keys(fields).some((path) => path.includes('.$')));
}
