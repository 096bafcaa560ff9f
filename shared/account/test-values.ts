import * as v from 'valibot';
import type { Values, Variables } from '../kernel/variable.ts';
import type { Router } from './router.ts';

/** Texts for the variables of an account, as they would stand in its environment. */
export type TestEnv<Own extends Variables> = { readonly [Name in keyof Own]?: string };

/**
 * The values of an account's variables in a test, of the texts that the test gives, checked as at a
 * start. A variable without a text or a default fails only the handler that reads it.
 */
export function testValues<Own extends Variables>(
  account: Router<Own>,
  env: TestEnv<Own> = {},
): Values<Own> {
  const texts: Readonly<Record<string, string | undefined>> = env;
  const values = {};
  for (const [name, { about, schema }] of Object.entries(account.variables)) {
    Object.defineProperty(values, name, {
      enumerable: true,
      get() {
        const result = v.safeParse(schema, texts[name] || undefined);
        if (result.success) return result.output;
        const [{ message }] = result.issues;
        throw new Error(
          `${name} ${message} (${about}). Give it to the test: { env: { ${name} } }.`,
        );
      },
    });
  }
  return values as Values<Own>;
}
