import type { CloudTypes } from '../../cloud/models/index.ts';
import type { Cloud } from './cloud.ts';
import type { TriggerPlan } from './plan.ts';

/** A trigger as GetFunction tells of it. */
export type Trigger = CloudTypes['scf']['Trigger'];

/** The name that a function has in the cloud, and the namespace it is in. */
export interface FunctionId {
  readonly FunctionName: string;
  readonly Namespace: string;
}

const QUALIFIER = '$LATEST';

/**
 * Makes the triggers what the plan says, each in place. An address is never deleted: a new one would
 * be another one, and WeChat would go on calling the old.
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
  const changes: string[] = [];
  const ours = present.filter(({ Type }) => Type === 'timer' || Type === 'http');
  const kept = new Set<Trigger>();
  for (const plan of wanted) {
    const found = ours.find((trigger) => isSame(trigger, plan));
    if (found) kept.add(found);
    const verb = found ? (isEqual(found, plan) ? undefined : 'changed') : 'created';
    if (verb === undefined) continue;
    // The cloud gives an address a name of its own.
    const name = found?.TriggerName ?? plan.TriggerName;
    const request = { ...id, ...plan, TriggerName: name, Qualifier: QUALIFIER };
    await cloud.scf(found ? 'UpdateTrigger' : 'CreateTrigger', request);
    changes.push(`${kindOf(plan)} ${verb}`);
  }
  for (const trigger of ours.filter((trigger) => !kept.has(trigger))) {
    if (trigger.Type === 'http') {
      changes.push('address kept, though serverless.yml has no url: delete it in the console');
      continue;
    }
    const { TriggerName = '', Type = '', Qualifier = QUALIFIER } = trigger;
    await cloud.scf('DeleteTrigger', { ...id, TriggerName, Type, Qualifier });
    changes.push(`${kindOf(trigger)} deleted`);
  }
  return changes;
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
