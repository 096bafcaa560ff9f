import * as v from 'valibot';

/** One field of a payload; those inside another are `outer.inner`. */
export interface FieldRow {
  readonly field: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly default: string | undefined;
  /** Such as `1..20`, or a pattern. */
  readonly limits: readonly string[];
}

/** The parts of a valibot schema that are described here; which of them is there depends on `type`. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly wrapped?: Node;
  readonly options?: readonly (Node | string | number)[];
  readonly literal?: unknown;
  readonly default?: unknown;
  readonly getter?: (input: unknown) => Node;
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
}

const optionals = new Set(['optional', 'exact_optional']);

/**
 * The fields that a schema takes. Where a schema depends on its input, such as the content of a mass
 * send, the example chooses.
 */
export function describeSchema(schema: v.GenericSchema, example: unknown): readonly FieldRow[] {
  return rows('', schema as unknown as Node, example);
}

/** Whether the whole payload may be left out. */
export function isOptional(schema: v.GenericSchema): boolean {
  return v.safeParse(schema, undefined).success;
}

function rows(path: string, node: Node, example: unknown): readonly FieldRow[] {
  const { inner, optional, fallback } = unwrapped(node, example);
  const own: FieldRow[] =
    path === ''
      ? []
      : [
          {
            field: path,
            type: typeName(inner, example),
            isOptional: optional,
            default: fallback,
            limits: limitsOf(inner),
          },
        ];
  if (inner.type === 'custom') return [...own, ...(path === '' ? [wholePayload(inner)] : [])];
  if (inner.type === 'union' && path === '') {
    const chosen = choiceOf(inner, example);
    return chosen ? rows(path, chosen, example) : own;
  }
  const entries = Object.entries(inner.entries ?? {});
  return [
    ...own,
    ...entries.flatMap(([name, entry]) =>
      rows(path === '' ? name : `${path}.${name}`, entry, valueAt(example, name)),
    ),
  ];
}

function unwrapped(node: Node, example: unknown) {
  let inner = node;
  let optional = false;
  let fallback: string | undefined;
  for (;;) {
    if (optionals.has(inner.type) && inner.wrapped) {
      optional = true;
      const isTold = inner.default !== undefined && JSON.stringify(inner.default) !== '{}';
      if (isTold) fallback = JSON.stringify(inner.default);
      inner = inner.wrapped;
    } else if (inner.type === 'lazy' && inner.getter) inner = inner.getter(example);
    else return { inner, optional, fallback };
  }
}

/** A payload that no schema of fields describes: the room that takes it checks it by rules of its own. */
function wholePayload(node: Node): FieldRow {
  const [issue] = v.safeParse(node as unknown as v.GenericSchema, undefined).issues ?? [];
  const type = issue?.message.replace(/^expected /, '') ?? 'object';
  return { field: '', type, isOptional: false, default: undefined, limits: [] };
}

function choiceOf(union: Node, example: unknown): Node | undefined {
  return union.options?.find(
    (option): option is Node =>
      typeof option === 'object' && v.is(option as unknown as v.GenericSchema, example),
  );
}

function typeName(node: Node, example: unknown): string {
  switch (node.type) {
    case 'strict_object':
    case 'object_with_rest':
    case 'record':
    case 'custom':
      return 'object';
    case 'array':
      return `${node.item ? typeName(unwrapped(node.item, example).inner, example) : 'any'}[]`;
    case 'picklist':
      return (node.options ?? []).map((option) => JSON.stringify(option)).join(' / ');
    case 'literal':
      return JSON.stringify(node.literal);
    case 'union':
      return (node.options ?? [])
        .map((option) => (typeof option === 'object' ? typeName(option, example) : String(option)))
        .join(' / ');
    case 'unknown':
      return 'any';
    default:
      return node.type;
  }
}

function limitsOf({ pipe = [] }: Node): readonly string[] {
  const of = (type: string) => pipe.find((step) => step.type === type)?.requirement;
  const range = (min: unknown, max: unknown, unit: string) =>
    min === undefined && max === undefined
      ? []
      : [`${min ?? ''}..${max ?? ''}${unit === '' ? '' : ` ${unit}`}`];
  const pattern = of('regex');
  return [
    ...range(of('min_value'), of('max_value'), ''),
    ...range(of('min_length') ?? of('non_empty'), of('max_length'), ''),
    ...range(undefined, of('max_bytes'), 'bytes'),
    ...(pattern instanceof RegExp ? [String(pattern)] : []),
  ];
}

function valueAt(example: unknown, name: string): unknown {
  return typeof example === 'object' && example !== null && Object.hasOwn(example, name)
    ? (example as Record<string, unknown>)[name]
    : undefined;
}
