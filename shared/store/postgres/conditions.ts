import type { CollectionRef, Condition, Find } from '../link.ts';
import type { Scalar } from '../store.ts';
import { elementsTable } from './element-table.ts';
import { fieldValue, identifier, listValue, orderTerms } from './expressions.ts';
import { scalarToJson, toText } from './values.ts';

/** A statement that is being written: its parameters are numbered as they are met. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The place of a value in the text of the statement. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** `WHERE …` for conditions that must all hold; empty text for none. */
export function whereClause(
  schema: string,
  collection: CollectionRef,
  conditions: readonly Condition[],
  parameters: Parameters,
): string {
  if (conditions.length === 0) return '';
  const terms = conditions.map((condition) => termOf(schema, collection, condition, parameters));
  return ` WHERE ${terms.join(' AND ')}`;
}

export function orderClause(order: Find['order']): string {
  if (order.length === 0) return '';
  const terms = order.flatMap(({ field, direction, type }) => orderTerms(field, direction, type));
  return ` ORDER BY ${terms.join(', ')}`;
}

const signs = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function termOf(
  schema: string,
  collection: CollectionRef,
  { field, operator, value }: Condition,
  parameters: Parameters,
): string {
  const values = (Array.isArray(value) ? value : [value]) as readonly Scalar[];
  switch (operator) {
    case 'eq':
    case 'in':
      return anyOf(field, values, parameters);
    case 'has':
    case 'hasAny':
      return hasAnyOf(schema, collection, field, values, parameters);
    default: {
      const [only = ''] = values;
      const type = typeOf(only);
      return `${fieldValue(field, type)} ${signs[operator]} ${one(only, type, parameters)}`;
    }
  }
}

type ScalarType = 'text' | 'number' | 'boolean' | 'date';

/** Values of different types are different, as they are in a document. */
function anyOf(field: string, values: readonly Scalar[], parameters: Parameters): string {
  const types = [...new Set(values.map(typeOf))];
  if (types.length === 0) return 'false';
  const terms = types.map((type) => {
    const same = values.filter((value) => typeOf(value) === type);
    const [only] = same;
    return same.length === 1 && only !== undefined
      ? `${fieldValue(field, type)} = ${one(only, type, parameters)}`
      : `${fieldValue(field, type)} = ANY(${parameters.add(same.map(columnForm))}::${columnTypes[type]}[])`;
  });
  return `(${terms.join(' OR ')})`;
}

/** Of texts in one go by an index; of anything else by whole values. */
function hasAnyOf(
  schema: string,
  collection: CollectionRef,
  field: string,
  values: readonly Scalar[],
  parameters: Parameters,
): string {
  if (values.length === 0) return 'false';
  if (hasElementsTable(collection, field)) {
    const keys = parameters.add(values.map((value) => `[${scalarToJson(value)}]`));
    const table = `${identifier(schema)}.${identifier(elementsTable(collection.name, [field]))}`;
    // As PostgreSQL itself writes the list down, which is how the trigger has written it.
    return `id IN (SELECT id FROM ${table} WHERE key IN (SELECT k::jsonb::text FROM unnest(${keys}::text[]) AS k))`;
  }
  if (values.every((value) => typeof value === 'string')) {
    return `${listValue(field)} ?| ${parameters.add(values.map(toText))}::text[]`;
  }
  const terms = values.map(
    (value) => `${listValue(field)} @> ${parameters.add(`[${scalarToJson(value)}]`)}::jsonb`,
  );
  return `(${terms.join(' OR ')})`;
}

/** A unique list has a table of its elements, which finds them too. */
function hasElementsTable(collection: CollectionRef, field: string): boolean {
  const indexes = collection.indexes ?? [];
  return indexes.some(({ fields, unique }) => {
    return unique === true && fields.length === 1 && fields[0]?.name === field;
  });
}

const columnTypes = { text: 'text', boolean: 'text', number: 'numeric', date: 'numeric' } as const;

function one(value: Scalar, type: ScalarType, parameters: Parameters): string {
  return `${parameters.add(columnForm(value))}::${columnTypes[type]}`;
}

/** A value as the text that `fieldValue` gives for its type. */
function columnForm(value: Scalar): string {
  if (value instanceof Date || typeof value === 'object') return String(value.getTime());
  return typeof value === 'string' ? toText(value) : String(value);
}

function typeOf(value: Scalar): ScalarType {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'date';
}
