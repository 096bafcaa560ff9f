/** The part of an SDK's declarations that some actions need, as TypeScript of our own form. */
export interface ExtractOptions {
  /** `scf_client.d.ts`: which action takes and gives which type. */
  readonly client: string;
  /** `scf_models.d.ts`: the types. */
  readonly models: string;
  readonly actions: readonly string[];
}

interface Extracted {
  /** Declarations in the order of their names. */
  readonly declarations: readonly string[];
  readonly actions: readonly (readonly [action: string, request: string, response: string])[];
  readonly types: readonly string[];
}

/** @throws Error for an action or a type that the SDK does not declare. */
export function extract({ client, models, actions }: ExtractOptions): Extracted {
  const bodies = bodiesOf(models);
  const signatures = new Map(
    [...client.matchAll(/^ {4}(\w+)\(req\??: (\w+), .*: Promise<(\w+)>;$/gm)].map(
      ([, action = '', request = '', response = '']) => [action, [request, response] as const],
    ),
  );
  const found = actions.map((action) => {
    const [request, response] = signatures.get(action) ?? [];
    if (!request || !response) throw new Error(`The SDK has no action ${action}.`);
    return [action, request, response] as const;
  });

  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.has(name)) return;
    const body = bodies.get(name);
    if (!body) throw new Error(`The SDK declares no type ${name}.`);
    needed.add(name);
    for (const { type } of body) for (const each of namesIn(type)) visit(each);
  };
  for (const [, request, response] of found) [request, response].forEach(visit);

  const types = [...needed].sort();
  return { types, actions: found, declarations: types.map((name) => declare(name, bodies)) };
}

interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: string;
}

/** Each type with its fields. A type that is `null` is a request without parameters. */
function bodiesOf(models: string): ReadonlyMap<string, readonly Field[]> {
  // Only the comments say that a field may be null.
  const code = models.replace(/\/\*[\s\S]*?\*\//g, (comment) =>
    comment.includes('可能返回 null') ? '/*null*/' : '',
  );
  const interfaces = [...code.matchAll(/^export interface (\w+) \{([^}]*)\}/gm)].map(
    ([, name = '', body = '']) => [name, fieldsOf(body)] as const,
  );
  const empty = [...code.matchAll(/^export type (\w+) = null;/gm)].map(
    ([, name = '']) => [name, []] as const,
  );
  return new Map<string, readonly Field[]>([...interfaces, ...empty]);
}

function fieldsOf(body: string): readonly Field[] {
  const fields = body.matchAll(/(\/\*null\*\/)?\s+(\w+)(\??): (.+);$/gm);
  return [...fields].map(([, isNullable, name = '', mark, type = '']) => ({
    name,
    isOptional: mark === '?',
    type: `${typeText(type)}${isNullable ? ' | null' : ''}`,
  }));
}

/** What the SDK calls `any` is checked by the code that reads it. */
function typeText(type: string): string {
  if (type === 'any') return 'unknown';
  return type
    .replace(/Array<(\w+)>/g, 'readonly $1[]')
    .replace(/Array<([^>]+)>/g, 'readonly ($1)[]');
}

const builtIn = new Set(['readonly', 'string', 'number', 'bigint', 'boolean', 'null', 'unknown']);

function namesIn(type: string): readonly string[] {
  return (type.match(/\w+/g) ?? []).filter((word) => !builtIn.has(word));
}

function declare(name: string, bodies: ReadonlyMap<string, readonly Field[]>): string {
  const fields = bodies.get(name) ?? [];
  if (fields.length === 0) return `type ${name} = Readonly<Record<string, never>>;`;
  const lines = fields.map(
    (field) => `  readonly ${field.name}${field.isOptional ? '?' : ''}: ${field.type};`,
  );
  return [`interface ${name} {`, ...lines, '}'].join('\n');
}
