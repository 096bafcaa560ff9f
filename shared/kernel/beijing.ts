const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** WeChat counts its days in Beijing, which is UTC+8 all year: `2026-01-31`. */
export function beijingDay(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().slice(0, 10);
}

/** How long until WeChat's daily allowances are renewed. */
export function untilBeijingMidnight(at: number): number {
  return DAY_MS - ((at + OFFSET_MS) % DAY_MS);
}
