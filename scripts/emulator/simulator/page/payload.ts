type Fields = Readonly<Record<string, unknown>>;

/** The value at `outer.inner`. */
export function valueAt(payload: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      payload,
    );
}

/** The same with another value there; `undefined` takes the field out, and what is empty then. */
export function withValue(payload: unknown, path: string, value: unknown): Fields {
  const [name = '', ...rest] = path.split('.');
  const fields = isFields(payload) ? payload : {};
  const { [name]: before, ...others } = fields;
  const next = rest.length === 0 ? value : filled(withValue(before, rest.join('.'), value));
  if (next === undefined) return others;
  return { ...fields, [name]: next };
}

/** Whether a problem at `path` belongs to the field, or to something inside it. */
export function isIn(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
}

function filled(fields: Fields): Fields | undefined {
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
