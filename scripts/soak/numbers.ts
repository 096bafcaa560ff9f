/** @throws Error that names the option and its range */
export function readNumber(
  name: string,
  text: string | undefined,
  min: number,
  max: number,
  kind: 'whole' | 'fraction' = 'whole',
): number {
  const value = Number(text);
  const fits = (kind === 'fraction' || Number.isInteger(value)) && value >= min && value <= max;
  if (text?.trim() && fits) return value;
  throw new UsageError(`--${name} must be a number from ${min} to ${max}.`);
}

/** The command line is wrong: nothing was started. */
export class UsageError extends Error {}
