import type { FieldType } from '../field-type.ts';

/** A name as PostgreSQL takes it, whatever is in it. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The longest name that PostgreSQL keeps whole. */
const LONGEST_NAME = 63;

/** @throws Error for a name that PostgreSQL would cut, and then not find. */
export function checkName(name: string): void {
  if (name.length <= LONGEST_NAME) return;
  throw new Error(
    `PostgreSQL would cut the name ${name}: it has more than ${LONGEST_NAME} letters.`,
  );
}

/** A text as a constant. Backslashes stand for themselves, as the standard has it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The value of a field for comparisons and indexes: null where the field is missing or of another
 * type. An index serves a query only if both say it in the same words, so both take them from here.
 */
export function fieldValue(field: string, type: Exclude<FieldType, 'list' | 'mixed'>): string {
  if (field === '_id') return type === 'text' ? 'id' : 'NULL';
  const value = `doc -> ${literal(field)}`;
  switch (type) {
    case 'text':
      // By bytes, whatever the language of the database: indexes then outlive its updates.
      return `(CASE WHEN jsonb_typeof(${value}) = 'string' THEN doc ->> ${literal(field)} END) COLLATE "C"`;
    case 'boolean':
      return `(CASE WHEN jsonb_typeof(${value}) = 'boolean' THEN doc ->> ${literal(field)} END) COLLATE "C"`;
    case 'number':
      return `(CASE WHEN jsonb_typeof(${value}) = 'number' THEN (${value})::numeric END)`;
    case 'date':
      return `(CASE WHEN jsonb_typeof(${value} -> '$date') = 'number' THEN (${value} -> '$date')::numeric END)`;
  }
}

/** A list for what asks for its elements: null where the field is no list. */
export function listValue(field: string): string {
  const value = `doc -> ${literal(field)}`;
  return `(CASE WHEN jsonb_typeof(${value}) = 'array' THEN ${value} END)`;
}

/** What a list of fields is ordered by: as in the other databases, what is missing comes first. */
export function orderTerms(
  field: string,
  direction: 'asc' | 'desc',
  type: FieldType,
): readonly string[] {
  const way = direction === 'asc' ? 'ASC NULLS FIRST' : 'DESC NULLS LAST';
  if (type === 'list' || type === 'mixed') {
    return allTypes.map((each) => `${fieldValue(field, each)} ${way}`);
  }
  // The primary key is never null, and its index knows no order of nulls.
  if (field === '_id') return [`id ${direction === 'asc' ? 'ASC' : 'DESC'}`];
  return [`${fieldValue(field, type)} ${way}`];
}

/** In the order that values of different types have among each other. */
const allTypes = ['number', 'text', 'boolean', 'date'] as const;
