import type * as v from 'valibot';

/** What a field holds, as far as an index and an order go by it. */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'mixed';

/** What the parts of a valibot schema that matter here look like from outside. */
interface Inside {
  readonly type: string;
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

const byType: Readonly<Record<string, FieldType>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  array: 'list',
};

/** The type of the values that a schema lets through; `undefined` and `null` aside. */
export function fieldTypeOf(schema: v.GenericSchema | undefined): FieldType {
  if (schema === undefined) return 'mixed';
  const { type, wrapped, options = [], literal } = schema as unknown as Inside;
  if (wrapped) return fieldTypeOf(wrapped);
  if (type === 'literal') return byType[typeof literal] ?? 'mixed';
  if (type === 'picklist') return common(options.map((option) => byType[typeof option] ?? 'mixed'));
  if (type === 'union') {
    return common(options.map((option) => fieldTypeOf(option as v.GenericSchema)));
  }
  return byType[type] ?? 'mixed';
}

function common(types: readonly FieldType[]): FieldType {
  const [first = 'mixed'] = types;
  return types.every((type) => type === first) ? first : 'mixed';
}
