import type { CollectionPlan } from '../../shared/store/collection.ts';
import { type EnvironmentDatabase, type FoundIndex, fieldsText } from './database.ts';

/**
 * No client may call a function by name; a server with keys always may.
 * https://docs.cloudbase.net/cloud-function/security-rules
 */
export const FUNCTION_RULE = { '*': { invoke: false } } as const;

export interface Step {
  /** `jobs`, `jobs: index removeAt_asc`, `functions: rule`. */
  readonly what: string;
  /**
   * `there`: it was as it should be. `made`: this run has created it. `missing`: it does not exist.
   * `conflict`: it differs.
   */
  readonly state: 'there' | 'made' | 'missing' | 'conflict';
  /** For a conflict: what exists, and what to do. */
  readonly detail?: string;
}

export interface ProvisionOptions {
  readonly database: EnvironmentDatabase;
  readonly collections: readonly CollectionPlan[];
  /** Only compares, and changes nothing. */
  readonly check: boolean;
  readonly onStep?: (step: Step) => void;
}

/**
 * Creates what is missing: collections, their access rules and indexes, and the rule of the functions.
 * It changes nothing that exists, because data may need an index that differs.
 *
 * @throws CloudApiError; a second run goes on from there
 */
export async function provision(options: ProvisionOptions): Promise<readonly Step[]> {
  const { database, collections, check } = options;
  const steps: Step[] = [];
  for (const plan of collections) {
    const { name, access } = plan;
    const found = await database.indexes(name);
    await ensure(name, found !== undefined, () => database.create(name));
    const rule = found === undefined ? undefined : await database.access(name);
    await ensure(`${name}: access ${access}`, rule === access, () =>
      database.setAccess(name, access),
    );
    for (const index of plan.indexes) {
      const what = `${name}: index ${index.name}${kindOf(index)}`;
      const same = found?.find((other) => other.name === index.name);
      if (same && !isEqual(same, index)) conflict(what, same);
      else await ensure(what, same !== undefined, () => database.createIndex(name, index));
    }
  }
  const rule = await database.functionRule();
  await ensure('functions: no client may call them', isFunctionRule(rule), () =>
    database.setFunctionRule(JSON.stringify(FUNCTION_RULE)),
  );
  return steps;

  async function ensure(what: string, isThere: boolean, make: () => Promise<void>): Promise<void> {
    if (!isThere && !check) await make();
    report({ what, state: isThere ? 'there' : check ? 'missing' : 'made' });
  }

  function conflict(what: string, found: FoundIndex): void {
    const detail = `it is over ${found.fields}${kindOf(found)}. Delete that index in the console of CloudBase and run this again.`;
    report({ what, state: 'conflict', detail });
  }

  function report(step: Step): void {
    steps.push(step);
    options.onStep?.(step);
  }
}

type Index = CollectionPlan['indexes'][number];

function isEqual(found: FoundIndex, { fields, unique, expireAfterSeconds }: Index): boolean {
  return (
    found.fields === fieldsText(fields) &&
    found.unique === unique &&
    found.expireAfterSeconds === expireAfterSeconds
  );
}

function kindOf(index: {
  readonly unique: boolean;
  readonly expireAfterSeconds?: number | undefined;
}) {
  const { unique, expireAfterSeconds: seconds } = index;
  return `${unique ? ', unique' : ''}${seconds === undefined ? '' : `, expiring after ${seconds} s`}`;
}

function isFunctionRule(text: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(FUNCTION_RULE);
  } catch {
    return false;
  }
}
