import type { UserCumulate, UserSummary } from '../../../../shared/wechat/catalogue/data-cube.ts';

/** By day, then by the way somebody came. */
type Growth = Readonly<
  Record<string, Readonly<Record<string, { readonly new: number; readonly cancelled: number }>>>
>;

const ALL_SOURCES = 0;

export function bySource(growth: Growth, days: readonly string[]): readonly UserSummary[] {
  return days.flatMap((day) =>
    Object.entries(growth[day] ?? {}).map(([source, { new: came, cancelled }]) => ({
      ref_date: day,
      user_source: Number(source),
      new_user: came,
      cancel_user: cancelled,
    })),
  );
}

/** How many there were at the end of each day. */
export function cumulated(growth: Growth, days: readonly string[]): readonly UserCumulate[] {
  return days.map((day) => ({
    ref_date: day,
    user_source: ALL_SOURCES,
    cumulate_user: Object.entries(growth)
      .filter(([date]) => date <= day)
      .flatMap(([, sources]) => Object.values(sources))
      .reduce((sum, { new: came, cancelled }) => sum + came - cancelled, 0),
  }));
}
