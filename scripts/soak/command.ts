import type { ParseArgsConfig } from 'node:util';

/** One thing that can be soaked: `npm run soak -- <name> …`. */
export interface Command {
  readonly help: string;
  /** Its own options, all of them texts; `--json` and `--help` are everybody's. */
  readonly options: Readonly<
    Record<string, { readonly type: 'string'; readonly default: string }>
  > &
    NonNullable<ParseArgsConfig['options']>;
  /**
   * Prints its report, as one JSON object if asked to. `false`: something was not as it should be.
   *
   * @throws UsageError for options that make no sense
   */
  run(values: Readonly<Record<string, string>>, json: boolean): Promise<boolean>;
}

/** The command was not understood; the message says what is wrong with it. */
export class UsageError extends Error {}

/** @throws UsageError */
export function number(name: string, text: string | undefined, min: number, max: number): number {
  const value = Number(text);
  if (text?.trim() && value >= min && value <= max) return value;
  throw new UsageError(`--${name} must be a number from ${min} to ${max}.`);
}

/** @throws UsageError */
export function wholeNumber(name: string, text: string | undefined, min: number, max: number) {
  const value = number(name, text, min, max);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`--${name} must be a whole number from ${min} to ${max}.`);
}
