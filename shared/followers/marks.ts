import { chinaDay, chinaMonth, startOfChinaDay } from '../kernel/china-time.ts';
import type { Mark } from './follower.ts';

/** The marks that still count: those of this month in China. */
export function currentMarks(marks: readonly Mark[] | undefined, now: number): readonly Mark[] {
  const { from } = chinaMonth(chinaDay(now));
  return (marks ?? []).filter(([day]) => day >= from);
}

/** When the marks of now count no longer. */
export function endOfMarks(now: number): number {
  return startOfChinaDay(chinaMonth(chinaDay(now)).until);
}
