import { fieldTypeOf } from './field-type.ts';
import { type Condition, type Find, type Operator, operators } from './link.ts';
import type { Collection, Doc, Filter, Query, Scalar } from './store.ts';
import { invalid, type Problem, storable } from './values.ts';

/**
 * The conditions of a filter, checked again at run time: an SDK sends a filter whose value is
 * undefined or empty as "everything", and a type can be talked out of its promise.
 *
 * @throws AppError `invalid`
 */
export function conditionsOf<T extends Doc>(
  collection: Collection<T>,
  filter: Filter<T> | 'all',
): readonly Condition[] {
  if (filter === 'all') return [];
  const problems: Problem[] = [];
  const conditions: Condition[] = [];
  const fields = entriesOf(filter);
  if (fields.length === 0) {
    problems.push({ path: 'filter', message: "is empty; say 'all' if everything is meant" });
  }
  for (const [field, comparison] of fields) {
    const path = `filter.${field}`;
    if (!Object.hasOwn(collection.schema.entries, field)) {
      problems.push({ path, message: 'is not a field of the collection' });
    }
    const tests = entriesOf(comparison);
    if (tests.length === 0) problems.push({ path, message: 'compares with nothing' });
    for (const [operator, value] of tests) {
      if (!isOperator(operator)) problems.push({ path, message: 'has an unknown comparison' });
      else if (!isOperand(operator, value)) {
        problems.push({ path: `${path}.${operator}`, message: 'is not a value to compare with' });
      } else conditions.push({ field, operator, value });
    }
  }
  if (problems.length > 0) throw invalid(collection.name, problems);
  return conditions;
}

/** @throws AppError `invalid` */
export function findOf<T extends Doc>(collection: Collection<T>, query: Query<T>): Find {
  const problems: Problem[] = [];
  const { order = [], limit, skip = 0 } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    problems.push({ path: 'limit', message: 'is not a whole number from 1 to 1000' });
  }
  if (!Number.isSafeInteger(skip) || skip < 0) {
    problems.push({ path: 'skip', message: 'is not a whole number' });
  }
  for (const { field } of order) {
    if (!Object.hasOwn(collection.schema.entries, field)) {
      problems.push({ path: `order.${field}`, message: 'is not a field of the collection' });
    }
  }
  if (problems.length > 0) throw invalid(collection.name, problems);
  return {
    conditions: conditionsOf(collection, query.filter),
    order: order.map(({ field, direction }) => ({
      field,
      direction,
      type: fieldTypeOf(collection.schema.entries[field]),
    })),
    limit,
    skip,
  };
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isOperator(name: string): name is Operator {
  return (operators as readonly string[]).includes(name);
}

function isOperand(operator: Operator, value: unknown): value is Condition['value'] {
  if (operator === 'in' || operator === 'hasAny')
    return Array.isArray(value) && value.every(isScalar);
  return isScalar(value);
}

function isScalar(value: unknown): value is Scalar {
  if (value === null || Array.isArray(value)) return false;
  if (typeof value === 'object' && Object.prototype.toString.call(value) !== '[object Date]') {
    return false;
  }
  return 'value' in storable(value);
}
