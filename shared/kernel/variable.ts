import * as v from 'valibot';
import type { Secret } from './secret.ts';
import { oneOf, secret, text, url, wholeNumber } from './setting-schemas.ts';

/** A variable of the environment that an account declares for its handlers. */
export interface Variable<Value = unknown> {
  /** What it is, in one line: for `.env.example`, and for the error when it is missing. */
  readonly about: string;
  /** Takes the text, or `undefined` when the variable is missing or empty. */
  readonly schema: v.GenericSchema<unknown, Value>;
  /** A text that it takes, for tests that need some value. */
  readonly sample: string;
  /** What stands in `.env.example`. */
  readonly default: string;
}

/** By their names in the environment: `{ ORDERS_URL: variable.url('Address of the order system') }`. */
export type Variables = Readonly<Record<string, Variable>>;

export type NoVariables = Readonly<Record<never, never>>;

/** What the handlers get for them. */
export type Values<Declared extends Variables> = {
  readonly [Name in keyof Declared]: v.InferOutput<Declared[Name]['schema']>;
};

/** Whether a variable may be missing: with neither, the function does not start without it. */
export interface VariableOptions<Default = string> {
  /** The value when it is missing. */
  readonly default?: Default;
  /** It is `undefined` when it is missing. */
  readonly optional?: boolean;
}

/** A pattern comes with an example that matches it. */
type Shape =
  | { readonly pattern: RegExp; readonly sample: string }
  | { readonly pattern?: never; readonly sample?: never };

type Declared<Value, Options> = Variable<
  Options extends { readonly optional: true } ? Value | undefined : Value
>;

/**
 * The kinds of variables. Each takes what the variable is about, and whether it may be missing:
 * `variable.wholeNumber('Seconds to wait', { min: 1, max: 60, default: 5 })`.
 */
export const variable = {
  /** Any text on one line, or one that matches `pattern`, of which `sample` is an example. */
  text<const Options extends VariableOptions>(
    about: string,
    options?: Options & Shape,
  ): Declared<string, Options> {
    const { pattern = /^.+$/, sample = 'text' }: Shape = options ?? {};
    const expected = options?.pattern ? `like "${sample}"` : 'one line';
    return declare(about, text(pattern, expected), sample, options);
  },
  /** An http(s) URL without a query; a `/` at its end is left out. */
  url<const Options extends VariableOptions>(
    about: string,
    options?: Options,
  ): Declared<string, Options> {
    // No server listens there, so that a test which calls it by accident fails at once.
    return declare(about, url(), 'http://127.0.0.1:9', options);
  },
  /** A key or password of 8 characters or more, as a `Secret`: it is never logged, in any form. */
  secret<const Options extends Pick<VariableOptions, 'optional'>>(
    about: string,
    options?: Options,
  ): Declared<Secret, Options> {
    const schema = secret(/^.{8,}$/s, 'at least 8 characters long');
    return declare(about, schema, 'a-secret-of-tests', options);
  },
  /** A whole number from `min` to `max`. */
  wholeNumber<const Options extends VariableOptions<number>>(
    about: string,
    options: Options & { readonly min: number; readonly max: number },
  ): Declared<number, Options> {
    return declare(about, wholeNumber(options.min, options.max), String(options.min), options);
  },
  /** One of a few words, such as `['on', 'off']`. */
  oneOf<
    const Words extends readonly [string, ...string[]],
    const Options extends VariableOptions<Words[number]>,
  >(about: string, words: Words, options?: Options): Declared<Words[number], Options> {
    return declare(about, oneOf(words), words[0], options);
  },
} as const;

function declare<Value, Result>(
  about: string,
  schema: v.GenericSchema<string, Value>,
  sample: string,
  { default: fallback, optional }: VariableOptions<string | number> = {},
): Variable<Result> {
  const text = fallback === undefined ? undefined : String(fallback);
  const whole = text !== undefined || optional ? v.optional(schema, text) : schema;
  // `Result` has `undefined` just where the options say so.
  return {
    about,
    schema: whole,
    sample,
    default: text ?? '',
  } as Variable<unknown> as Variable<Result>;
}
