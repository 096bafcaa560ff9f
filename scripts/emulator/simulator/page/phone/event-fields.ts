/** A value of an event that has no parts of its own. */
export type Leaf = string | number | boolean | null;
type Step = string | number;

export interface EventField {
  readonly path: readonly Step[];
  readonly value: Leaf;
}

/** The single values of nested fields, in their order: each is one line of a form. */
export function leavesOf(value: unknown, path: readonly Step[] = []): readonly EventField[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => leavesOf(item, [...path, at]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]));
  }
  return [{ path, value: value as Leaf }];
}

/** `ScanCodeInfo.ScanResult`, `List[0].TemplateId`. */
export function pathText(path: readonly Step[]): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${step}`))
    .join('');
}

/** The same fields with one value more, or another one. */
export function withLeaf<T>(fields: T, [step, ...rest]: readonly Step[], value: Leaf): T {
  if (step === undefined) return value as T;
  const part = (fields as Record<Step, unknown>)[step];
  const next = withLeaf(part, rest, value);
  if (Array.isArray(fields)) return fields.map((item, at) => (at === step ? next : item)) as T;
  return { ...fields, [step]: next };
}

/** What was typed, of the kind that the value was before, as far as it can be. */
export function leafLike(before: Leaf, text: string): Leaf {
  if (typeof before !== 'number') return text;
  const isNumber = text.trim() !== '' && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
}
