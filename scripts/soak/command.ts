import { type PushHome, pushHomes } from '../emulator/wechat/push/home.ts';
import { type LocalStore, localStores } from '../start/database/local-database.ts';

/** One soak, for `npm run soak -- <name>`. */
export interface SoakCommand<Name extends string = string> {
  /** The options after the name, for the first line of the help. */
  readonly usage: string;
  /** What it does and when it fails, and its options. */
  readonly about: string;
  readonly numbers: Readonly<Record<Name, NumberOption>>;
  /** Whether it calls functions by HTTP, which may then be HTTP functions. */
  readonly isByHttp: boolean;
  /** Whether WeChat can push to each home of an account in it. */
  readonly hasHomes?: boolean;
  /** Runs the soak; without `json` it prints its progress on stdout. */
  readonly run: (
    numbers: Readonly<Record<Name, number>>,
    options: SoakRunOptions,
  ) => Promise<{ readonly ok: boolean }>;
}

export interface SoakRunOptions {
  readonly json: boolean;
  /** The database of the functions. */
  readonly store: LocalStore;
  /** Requests at a time in one instance of an HTTP function; undefined: event functions. */
  readonly concurrency: number | undefined;
  /** Where the account lives. */
  readonly home: PushHome;
}

export interface NumberOption {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
  /** The number is a part of one, not a count. */
  readonly isFraction?: boolean;
}

/** @throws Error that lists the stores there are. */
export function readStore(text: unknown): LocalStore {
  const store = localStores.find((known) => known === text);
  if (store) return store;
  throw new Error(`--store must be one of ${localStores.join(', ')}.`);
}

/** @throws Error that lists the homes there are. */
export function readHome(text: unknown): PushHome {
  const home = pushHomes.find((known) => known === text);
  if (home) return home;
  throw new Error(`--home must be one of ${pushHomes.join(', ')}.`);
}

/** @throws Error that names the option which is no such number */
export function readNumbers<Name extends string>(
  { numbers }: Pick<SoakCommand<Name>, 'numbers'>,
  texts: Readonly<Record<string, unknown>>,
): Record<Name, number> {
  const read = Object.entries<NumberOption>(numbers).map(([name, option]) => {
    const { fallback, min, max, isFraction = false } = option;
    const { [name]: text = String(fallback) } = texts;
    const value = Number(text);
    const isNumber = String(text).trim() !== '' && (isFraction || Number.isInteger(value));
    if (!isNumber || !(value >= min && value <= max)) {
      throw new Error(`--${name} must be a number from ${min} to ${max}.`);
    }
    return [name, value] as const;
  });
  return Object.fromEntries(read) as Record<Name, number>;
}
