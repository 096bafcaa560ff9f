import type { CloudApi } from '../cloud/api.ts';
import type { Step } from '../provision/provision.ts';
import { accessManagement, type FoundPolicy } from './access-management.ts';
import { findLogPlace, isLogServiceOpen, type LogPlace, makeLogPlace } from './log-topic.ts';
import { namesOf } from './names.ts';
import { type PolicyDocument, type PolicyPlaces, policyOf } from './policies.ts';

export interface SetupOptions {
  readonly api: CloudApi;
  readonly places: Omit<PolicyPlaces, 'topicId'>;
  /** Only says what it would do. */
  readonly isDryRun: boolean;
  /** Whether policies and roles of our names that differ from the files become what the files say. */
  readonly replace: boolean;
  readonly onStep: (step: Step) => void;
}

/** What a stage has in the account. */
export interface SetupReport {
  readonly steps: readonly Step[];
  readonly logs: LogPlace | undefined;
}

/**
 * Makes what a stage needs in an account and what only its owner may make: the log service and a topic,
 * a role for the functions, and a sub-account for the deploy, each with its policy. Does only what is
 * missing; run again, it goes on from where it stopped.
 *
 * @throws CloudApiError
 */
export async function setUp(options: SetupOptions): Promise<SetupReport> {
  const { api, places, isDryRun, replace } = options;
  const names = namesOf(places);
  const access = accessManagement(api);
  const steps: Step[] = [];

  const logs = await ensureLogs();
  const all = { ...places, ...(logs ? { topicId: logs.topicId } : {}) };

  const functionsPolicy = await ensurePolicy(names.functionsPolicy, policyOf('functions', all));
  const hasRole = await ensureRole(policyOf('role-trust', all));
  await ensureAttached(
    `role ${names.role}: has policy ${names.functionsPolicy}`,
    functionsPolicy,
    (id) => (hasRole ? access.hasRolePolicy(names.role, id) : Promise.resolve(false)),
    (id) => access.attachToRole(names.role, id),
  );

  const deployPolicy = await ensurePolicy(names.subAccountPolicy, policyOf('sub-account', all));
  const uin = await ensureUser();
  await ensureAttached(
    `sub-account ${names.subAccount}: has policy ${names.subAccountPolicy}`,
    deployPolicy,
    (id) => (uin === undefined ? Promise.resolve(false) : access.hasUserPolicy(uin, id)),
    (id) => access.attachToUser(uin ?? 0, id),
  );
  return { steps, logs };

  async function ensureLogs(): Promise<LogPlace | undefined> {
    const isOpen = await isLogServiceOpen(api);
    await ensure('log service CLS is open', isOpen, () => api('cls', 'OpenClsService', {}));
    const found = isOpen || !isDryRun ? await findLogPlace(api, names) : undefined;
    let place = found;
    await ensure(`log topic ${names.topic}`, found?.isSearchable === true, async () => {
      place = await makeLogPlace(api, names, found);
    });
    return place;
  }

  /** Its id; undefined if a dry run has not made it. */
  async function ensurePolicy(name: string, document: PolicyDocument): Promise<number | undefined> {
    const found: FoundPolicy | undefined = await access.policy(name);
    const what = `policy ${name}`;
    if (found && !isSame(found.document, document)) {
      await mend(what, 'it differs from its file', () => access.updatePolicy(found.id, document));
      return found.id;
    }
    let id = found?.id;
    await ensure(what, found !== undefined, async () => {
      id = await access.createPolicy(name, document);
    });
    return id;
  }

  async function ensureRole(trust: PolicyDocument): Promise<boolean> {
    const found = await access.role(names.role);
    const what = `role ${names.role}, which SCF may take`;
    if (found !== undefined && !isSame(found, trust)) {
      await mend(what, 'others may take it too, or SCF may not', () =>
        access.updateRole(names.role, trust),
      );
      return true;
    }
    await ensure(what, found !== undefined, () => access.createRole(names.role, trust));
    return found !== undefined || !isDryRun;
  }

  async function ensureUser(): Promise<number | undefined> {
    let uin = await access.user(names.subAccount);
    await ensure(`sub-account ${names.subAccount}`, uin !== undefined, async () => {
      uin = await access.createUser(names.subAccount);
    });
    return uin;
  }

  async function ensureAttached(
    what: string,
    policy: number | undefined,
    isAttached: (policy: number) => Promise<boolean>,
    attach: (policy: number) => Promise<void>,
  ): Promise<void> {
    const isThere = policy !== undefined && (await isAttached(policy));
    await ensure(what, isThere, () => attach(policy ?? 0));
  }

  async function ensure(what: string, isThere: boolean, make: () => Promise<unknown>) {
    if (!isThere && !isDryRun) await make();
    report({ what, state: isThere ? 'there' : isDryRun ? 'missing' : 'made' });
  }

  /** Somebody has changed what bears our name: theirs stays until the owner says otherwise. */
  async function mend(what: string, why: string, change: () => Promise<void>): Promise<void> {
    if (replace && !isDryRun) {
      await change();
      report({ what, state: 'made', detail: 'it is as the file says now' });
    } else {
      report({ what, state: 'conflict', detail: `${why}: npm run setup -- --replace` });
    }
  }

  function report(step: Step): void {
    steps.push(step);
    options.onStep(step);
  }
}

/** CAM may give a document back with other spaces and another order of keys. */
function isSame(text: string, document: PolicyDocument): boolean {
  try {
    return canonical(JSON.parse(text)) === canonical(document);
  } catch {
    return false;
  }
}

/** One service, action or resource may stand without its list. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(canonical);
    return items.length === 1 ? (items[0] ?? '') : `[${items.sort().join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${key}:${canonical(item)}`).join(',')}}`;
}
