import { loadEnvironment } from '../../shared/kernel/config.ts';
import type { AppError } from '../../shared/kernel/errors.ts';
import type { Variables } from '../../shared/kernel/variable.ts';
import { accountFunctions, readVariables } from '../project/account.ts';

/** Texts of variables by their names. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** The variables of the account that runs, which a change of its source may change. */
export interface OwnVariables {
  /** The functions that run the account. */
  readonly functions: readonly string[];
  /** What a function gets of them: nothing if it does not run the account. */
  of(name: string): Readonly<Record<string, string>>;
  /** What the functions will complain of when they start. */
  problems(): readonly string[];
  /** Reads them anew, with their texts. An account that cannot be read leaves them as they were. */
  refresh(): Promise<void>;
}

/** @throws Error if the account cannot be read. */
export async function openOwnVariables(options: {
  readonly root: string;
  readonly account: string;
  /** Where the texts are now. */
  readonly readTexts: () => Texts;
}): Promise<OwnVariables> {
  const { root, account, readTexts } = options;
  const functions = accountFunctions(root);
  let variables: Variables = {};
  let texts: Texts = {};
  await read();

  return {
    functions,
    of(name) {
      if (!functions.includes(name)) return {};
      const present = Object.keys(variables).map((each) => [each, texts[each] ?? '']);
      return Object.fromEntries(present);
    },
    problems() {
      try {
        loadEnvironment(texts, [], variables);
        return [];
      } catch (error) {
        return (error as AppError).details.problems as readonly string[];
      }
    },
    // Its instances do not start either, and say why.
    refresh: () => read().catch(() => {}),
  };

  async function read(): Promise<void> {
    variables = await readVariables(root, account);
    texts = readTexts();
  }
}
