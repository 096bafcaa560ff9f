import type { CollectionPlan } from '../../shared/store/collection.ts';
import { type EnvironmentDatabase, type FoundIndex, fieldsText } from './database.ts';
import type { FunctionRules } from './function-rule.ts';
import { NotOffered } from './refusal.ts';

export interface Step {
  /** `jobs`, `jobs: index removeAt_asc`, `functions: rule`. */
  readonly what: string;
  /**
   * `there`: it was as it should be. `made`: this run has created it. `missing`: it does not exist.
   * `conflict`: it differs. `unavailable`: this environment does not have such a thing; the functions
   * work without it.
   */
  readonly state: 'there' | 'made' | 'missing' | 'conflict' | 'unavailable';
  /** What exists and what to do, or what it costs to be without it. */
  readonly detail?: string;
}

export interface ProvisionOptions {
  readonly database: EnvironmentDatabase;
  /** The rule of the functions as it was found, and how it is set. */
  readonly rule: { readonly rules: FunctionRules; readonly found: string };
  readonly collections: readonly CollectionPlan[];
  /** `followers.openids`: fields that hold a list. */
  readonly lists: ReadonlySet<string>;
  /** Only compares, and changes nothing. */
  readonly check: boolean;
  /** Replaces rules that somebody else has written. */
  readonly replace: boolean;
  readonly onStep?: (step: Step) => void;
}

/** The access of a collection as it comes, so that nobody has chosen it. */
const INITIAL_ACCESS: readonly string[] = ['', 'PRIVATE'];

/** What it costs to be without a unique index, by collection. */
const costs: Readonly<Record<string, string>> = {
  jobs: 'two workers that start at the same moment can run more jobs of a limited kind than allowed, such as two mass sends',
  followers:
    'a follower whom two workers add at the same moment can be in the list twice, and be counted and written to twice',
};

/**
 * Creates what is missing: collections, their access rules and indexes, and the rule of the functions.
 * It changes nothing that somebody else made, because data may need an index that differs, and a
 * mini-program may need a rule.
 *
 * @throws CloudApiError; a second run goes on from there
 */
export async function provision(options: ProvisionOptions): Promise<readonly Step[]> {
  const { database, collections, lists, check, replace } = options;
  const steps: Step[] = [];
  for (const plan of collections) {
    const { name } = plan;
    const found = await database.indexes(name);
    await ensure(name, found !== undefined, () => database.create(name));
    await ensureAccess(plan, found !== undefined);
    for (const index of plan.indexes) await ensureIndex(name, index, found);
  }
  await ensureFunctionRule();
  return steps;

  async function ensureAccess({ name, access }: CollectionPlan, isThere: boolean): Promise<void> {
    const what = `${name}: access ${access}`;
    try {
      const current = isThere ? await database.access(name) : '';
      if (current === access || INITIAL_ACCESS.includes(current) || replace) {
        await ensure(what, current === access, () => database.setAccess(name, access));
        return;
      }
      const detail = `it is ${current}, which somebody has chosen. If no client needs it, replace it by ${access}: npm run provision -- --replace`;
      report({ what, state: 'conflict', detail });
    } catch (error) {
      if (!(error instanceof NotOffered)) throw error;
      const detail =
        'this environment does not let it be set. See the permissions of the collection in the console of CloudBase: as it comes, a client has only documents with its own _openid, and ours have none';
      report({ what, state: 'unavailable', detail });
    }
  }

  async function ensureIndex(
    collection: string,
    index: Index,
    found: readonly FoundIndex[] | undefined,
  ): Promise<void> {
    const same = found?.find((other) => other.name === index.name);
    const what = `${collection}: index ${index.name}${index.unique ? ', unique' : ''}`;
    if (same && isAtOdds(same, index)) {
      const detail = `it is over ${same.fields}${kindOf(same)}. Delete that index in the console of CloudBase and run this again.`;
      report({ what, state: 'conflict', detail });
      return;
    }
    const isList = index.fields.some((field) => lists.has(`${collection}.${field.name}`));
    try {
      const why = same ? undefined : await database.cannotIndex(collection, index, isList);
      if (why !== undefined) throw new NotOffered(why);
      await ensure(what, same !== undefined, () => database.createIndex(collection, index));
    } catch (error) {
      if (!(error instanceof NotOffered)) throw error;
      const detail = `${error.message} ${costOf(collection, index)}`;
      report({ what, state: 'unavailable', detail });
    }
  }

  async function ensureFunctionRule(): Promise<void> {
    const { rules, found } = options.rule;
    const what = 'functions: no client may call them';
    const wanted = rules.wanted(found);
    const isClosed = rules.isClosed(found);
    if (isClosed || rules.isHarmless(found) || replace) {
      await ensure(what, isClosed, () => rules.write(wanted));
      return;
    }
    const is = found.trim() === '' ? 'there is none' : `it is ${found.trim()}`;
    const detail = `${is}, and would become ${wanted.trim()}. Clients of this environment may need what is there: change it in the console of CloudBase, or replace it by npm run provision -- --replace`;
    report({ what, state: 'conflict', detail });
  }

  async function ensure(what: string, isThere: boolean, make: () => Promise<void>): Promise<void> {
    if (!isThere && !check) await make();
    report({ what, state: isThere ? 'there' : check ? 'missing' : 'made' });
  }

  function report(step: Step): void {
    steps.push(step);
    options.onStep?.(step);
  }
}

type Index = CollectionPlan['indexes'][number];

/**
 * Whether an index of this name does not do what is wanted. An expiry may be missing, because the worker
 * removes what has expired; one that is not wanted would lose documents.
 */
function isAtOdds(found: FoundIndex, { fields, unique, expireAfterSeconds }: Index): boolean {
  return (
    (found.fields ?? fieldsText(fields)) !== fieldsText(fields) ||
    (found.unique ?? unique) !== unique ||
    (found.expireAfterSeconds !== undefined && found.expireAfterSeconds !== expireAfterSeconds)
  );
}

function kindOf({ unique, expireAfterSeconds: seconds }: FoundIndex): string {
  return `${unique ? ', unique' : ''}${seconds === undefined ? '' : `, expiring after ${seconds} s`}`;
}

function costOf(collection: string, { unique }: Index): string {
  if (!unique) return 'Without it, queries read the whole collection: slow and dear as it grows.';
  return `Without it, ${costs[collection] ?? 'two documents can have the same value'}.`;
}
