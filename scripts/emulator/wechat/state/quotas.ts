import { endpointByName } from '../../../../shared/wechat/catalogue/endpoints.ts';
import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import { ApiError } from '../errors/errors.ts';
import type { Calendar } from './calendar.ts';
import type { Storage } from './storage.ts';

/** For rows without a number in WeChat's tables. */
export const UNPUBLISHED_DAILY_LIMIT = 100_000;

export interface Limits {
  day: number;
  minute?: number;
}

interface QuotaState {
  day: string;
  usedToday: Record<string, number>;
  minute: string;
  usedThisMinute: Record<string, number>;
  month: string;
  usedThisMonth: Record<string, number>;
  /** Set by hand, instead of WeChat's. */
  limits: Record<string, Partial<Limits>>;
}

/** How often each endpoint was called, and whether it may be called once more. */
export function createQuotas(
  storage: Storage,
  { calendar, isTestAccount }: { calendar: Calendar; isTestAccount: boolean },
) {
  const section = storage.section<QuotaState>('quotas', () => ({
    day: '',
    usedToday: {},
    minute: '',
    usedThisMinute: {},
    month: '',
    usedThisMonth: {},
    limits: {},
  }));

  return { take, takeOfMonth, limitsOf, usedToday, setUsed, setLimits, clear, clearAll, list };

  /** Counts one call. @throws ApiError 45011 or 45009, and then nothing is counted. */
  function take(name: EndpointName, dailyText?: string): void {
    turnPages();
    const key = keyOf(name);
    const limits = limitsOf(name);
    section.update(({ usedToday, usedThisMinute }) => {
      const { [key]: today = 0 } = usedToday;
      const { [key]: minute = 0 } = usedThisMinute;
      if (limits.minute !== undefined && minute >= limits.minute) throw new ApiError(45011);
      if (today >= limits.day) throw new ApiError(45009, dailyText);
      usedToday[key] = today + 1;
      usedThisMinute[key] = minute + 1;
    });
  }

  /** Counts one of those calls that are limited by the month; `false` when there is none left. */
  function takeOfMonth(name: EndpointName): boolean {
    turnPages();
    const key = keyOf(name);
    return section.update(({ usedThisMonth }) => {
      const { [key]: used = 0 } = usedThisMonth;
      if (used >= (endpointByName(name).quota?.month ?? Number.POSITIVE_INFINITY)) return false;
      usedThisMonth[key] = used + 1;
      return true;
    });
  }

  function limitsOf(name: EndpointName): Limits {
    const { quota } = endpointByName(name);
    const day = (isTestAccount ? quota?.testDay : undefined) ?? quota?.day;
    const minute = quota?.minute === undefined ? {} : { minute: quota.minute };
    const byHand = section.read().limits[keyOf(name)];
    return { day: day ?? UNPUBLISHED_DAILY_LIMIT, ...minute, ...byHand };
  }

  function usedToday(name: EndpointName): number {
    turnPages();
    return section.read().usedToday[keyOf(name)] ?? 0;
  }

  function setUsed(name: EndpointName, used: number): void {
    turnPages();
    section.update((state) => {
      state.usedToday[keyOf(name)] = used;
    });
  }

  function setLimits(name: EndpointName, limits: Partial<Limits>): void {
    section.update((state) => {
      state.limits[keyOf(name)] = { ...state.limits[keyOf(name)], ...limits };
    });
  }

  function clear(name: EndpointName): void {
    setUsed(name, 0);
  }

  function clearAll(): void {
    section.update((state) => {
      state.usedToday = {};
    });
  }

  function list() {
    turnPages();
    const { usedToday: today, usedThisMonth } = section.read();
    return { usedToday: today, usedThisMonth };
  }

  /** A new day, minute or month starts with empty counters. */
  function turnPages(): void {
    const [day, minute, month] = [calendar.day(), calendar.minute(), calendar.month()];
    section.update((state) => {
      if (state.day !== day) Object.assign(state, { day, usedToday: {} });
      if (state.minute !== minute) Object.assign(state, { minute, usedThisMinute: {} });
      if (state.month !== month) Object.assign(state, { month, usedThisMonth: {} });
    });
  }
}

export type Quotas = ReturnType<typeof createQuotas>;

/** Rows may share one counter. */
function keyOf(name: EndpointName): string {
  return endpointByName(name).quota?.counter ?? name;
}
