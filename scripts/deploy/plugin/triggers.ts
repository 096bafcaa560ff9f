import { CloudApiError } from '../../cloud/api.ts';
import type { CloudTypes } from '../../cloud/models/index.ts';
import type { Cloud } from './cloud.ts';
import { patiently } from './patience.ts';
import type { TriggerPlan } from './plan.ts';

/** A trigger as GetFunction tells of it. */
export type Trigger = CloudTypes['scf']['Trigger'];

/** The name that a function has in the cloud, and the namespace it is in. */
export interface FunctionId {
  readonly FunctionName: string;
  readonly Namespace: string;
}

const QUALIFIER = '$LATEST';
/** Answers of a cloud that knows the request and does not do it. */
const REFUSED = /^(UnsupportedOperation|InvalidParameter|FailedOperation|OperationDenied)/;

/** What is to be done so that triggers are what serverless.yml says. */
export interface TriggerChanges {
  readonly create: readonly TriggerPlan[];
  readonly change: readonly (readonly [found: Trigger, plan: TriggerPlan])[];
  readonly remove: readonly Trigger[];
  /** An address is never deleted: a new one would be another, and WeChat would go on calling the old. */
  readonly keep: readonly Trigger[];
}

export function planTriggers(
  present: readonly Trigger[],
  wanted: readonly TriggerPlan[],
): TriggerChanges {
  const ours = present.filter(({ Type }) => Type === 'timer' || Type === 'http');
  const pairs = wanted.map((plan) => [ours.find((each) => isSame(each, plan)), plan] as const);
  const kept = new Set(pairs.map(([found]) => found));
  const rest = ours.filter((trigger) => !kept.has(trigger));
  return {
    create: pairs.flatMap(([found, plan]) => (found ? [] : [plan])),
    change: pairs.flatMap(([found, plan]) =>
      found && !isEqual(found, plan) ? [[found, plan]] : [],
    ),
    remove: rest.filter(({ Type }) => Type === 'timer'),
    keep: rest.filter(({ Type }) => Type === 'http'),
  };
}

/**
 * Makes the triggers what the plan says, each in place.
 *
 * @returns what was changed.
 * @throws CloudApiError
 */
export async function reconcileTriggers(
  cloud: Cloud,
  id: FunctionId,
  present: readonly Trigger[],
  wanted: readonly TriggerPlan[],
): Promise<readonly string[]> {
  const { create, change, remove, keep } = planTriggers(present, wanted);
  const changes = keep.map(
    () => 'address kept, though serverless.yml has no url: delete it in the console',
  );
  for (const plan of create) {
    await patiently(() => cloud.scf('CreateTrigger', { ...id, ...plan, Qualifier: QUALIFIER }));
    changes.push(`${kindOf(plan)} created`);
  }
  for (const [found, plan] of change) changes.push(await changeTrigger(cloud, id, found, plan));
  for (const trigger of remove) {
    const { TriggerName = '', Type = '', Qualifier = QUALIFIER } = trigger;
    await patiently(() => cloud.scf('DeleteTrigger', { ...id, TriggerName, Type, Qualifier }));
    changes.push(`${kindOf(trigger)} deleted`);
  }
  return changes;
}

/** Where the cloud refuses to change an address, it stays as it is: that fails no deploy. */
async function changeTrigger(cloud: Cloud, id: FunctionId, found: Trigger, plan: TriggerPlan) {
  // The cloud gives an address a name of its own.
  const TriggerName = found.TriggerName ?? plan.TriggerName;
  const Qualifier = found.Qualifier ?? QUALIFIER;
  try {
    await patiently(() => cloud.scf('UpdateTrigger', { ...id, ...plan, TriggerName, Qualifier }));
    return `${kindOf(plan)} changed`;
  } catch (error) {
    const isRefused = error instanceof CloudApiError && REFUSED.test(error.code);
    if (plan.Type !== 'http' || !isRefused) throw error;
    return `WARNING: the address works but keeps its settings, because SCF does not change them (${error.code}): set what \`url\` of serverless.yml says at https://console.cloud.tencent.com/scf, tab "Function URL" of the function`;
  }
}

/** The public address in a trigger's description; undefined if it has none. */
export function addressIn(trigger: Trigger): string | undefined {
  if (trigger.Type !== 'http') return undefined;
  const { NetConfig } = describe(trigger) as { readonly NetConfig?: Addresses };
  return NetConfig?.ExtranetUrl ?? NetConfig?.IntranetUrl;
}

interface Addresses {
  readonly ExtranetUrl?: string;
  readonly IntranetUrl?: string;
}

/** The cron text of a timer, which the cloud wraps in JSON. */
export function cronIn(trigger: Trigger): string {
  return (describe(trigger) as { readonly cron?: string }).cron ?? trigger.TriggerDesc ?? '';
}

function isSame(trigger: Trigger, plan: TriggerPlan): boolean {
  if (trigger.Type !== plan.Type) return false;
  return plan.Type === 'http' || trigger.TriggerName === plan.TriggerName;
}

function isEqual(trigger: Trigger, plan: TriggerPlan): boolean {
  const isOpen = trigger.Enable === 1;
  if (isOpen !== (plan.Enable === 'OPEN')) return false;
  if (plan.Type === 'http') return contains(describe(trigger), JSON.parse(plan.TriggerDesc));
  return (
    cronIn(trigger) === plan.TriggerDesc && (trigger.CustomArgument ?? '') === plan.CustomArgument
  );
}

/** Whether everything in `part` stands in `whole` too, which may say more: its addresses, defaults. */
function contains(whole: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return whole === part;
  return Object.entries(part).every(([key, value]) =>
    contains((whole as Record<string, unknown> | undefined)?.[key], value),
  );
}

function describe({ TriggerDesc = '' }: Trigger): object {
  try {
    const found: unknown = JSON.parse(TriggerDesc);
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

function kindOf({ Type, TriggerName = '' }: Trigger | TriggerPlan) {
  return Type === 'http' ? 'address' : `timer ${TriggerName}`;
}
