import type { FieldRow } from '../../docs/describe-schema.ts';

/** One thing that an invokable function does, as the page offers it. */
export interface ShownAction {
  readonly function: string;
  readonly action: string;
  readonly en: string;
  readonly zh: string;
  /** A payload that it takes. */
  readonly example?: unknown;
  /** A field whose value the caller makes, at random, and shows once. */
  readonly secret?: string;
}

/** What is wrong with a field, such as `button[1].key`, in a sentence that names it. */
export interface PayloadProblem {
  readonly path: string;
  readonly message: string;
}

/** A payload, looked at by the schema that the function checks it with. */
export interface CheckedPayload {
  /** Those that a payload of its form has. */
  readonly fields: readonly FieldRow[];
  readonly problems: readonly PayloadProblem[];
}

/** The actions of all invokable functions. */
export interface ShownActions {
  list(): Promise<readonly ShownAction[]>;
  /** `undefined` if there is no such action. */
  check(name: string, action: string, payload: unknown): Promise<CheckedPayload | undefined>;
}
