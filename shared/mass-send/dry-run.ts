import { chinaTime } from '../kernel/china-time.ts';
import type { Broadcast } from './broadcast-document.ts';
import type { Plan } from './plan.ts';
import type { MassSendQuota } from './quota.ts';
import { type Refused, sayRefused } from './refusal.ts';
import { leftOutLines } from './summary.ts';

/** What a submission would do. Nothing was done. */
export interface DryRun {
  readonly isDryRun: true;
  readonly delivery: Broadcast['delivery'];
  /** `null` for one call: only WeChat knows which followers get it. */
  readonly plan: Plan | null;
  readonly startsAt: number;
  /** Tells what followers would get from everything else, also articles that were edited. */
  readonly contentDigest: string;
  readonly quota: MassSendQuota;
  /** The rules that would refuse it now, and when each frees. */
  readonly refusedBy: readonly Refused[];
  readonly lines: readonly string[];
}

export function dryRunOf(found: Omit<DryRun, 'isDryRun' | 'lines'>): DryRun {
  const { plan, startsAt, refusedBy, quota } = found;
  const calls = plan ? plan.batches : 1;
  return {
    isDryRun: true,
    ...found,
    lines: [
      plan
        ? `It would go to ${plan.receivers} followers in ${counted(plan.batches, 'batch', 'batches')}.`
        : 'It would go out in one call; WeChat knows the receivers.',
      ...(plan ? leftOutLines(plan.leftOut) : []),
      `It would start at ${chinaTime(startsAt)} in China and take ${calls} of ${counted(quota.callsLeftToday, 'call', 'calls')} left today.`,
      ...refusedBy.map(sayRefused),
    ],
  };
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
