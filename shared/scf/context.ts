/** The `context` argument of an invocation, as far as we rely on it. */
export function requestIdOf(context: unknown): string | undefined {
  return isRecord(context) && typeof context.request_id === 'string'
    ? context.request_id
    : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
