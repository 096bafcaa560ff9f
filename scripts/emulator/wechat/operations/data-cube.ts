import type {
  InterfaceSummary,
  UpstreamDistribution,
  UpstreamMessages,
  UserCumulate,
  UserSummary,
} from '../../../../shared/wechat/catalogue/data-cube.ts';
import { type Call, jsonOf } from '../http/call.ts';
import { daysIn } from '../rules/date-range.ts';
import { bySource, cumulated } from '../rules/growth-report.ts';
import { distributed, interfaceOf, upstreamOf } from '../rules/traffic-report.ts';
import type { World } from '../world.ts';
import type { OperationsOf } from './operation.ts';

interface Span {
  readonly wide: number;
  /** Where another table of WeChat's allows less. */
  readonly narrow?: number;
}
const MAX_DAYS = {
  week: { wide: 7 },
  month: { wide: 30 },
  day: { wide: 1 },
  threeDays: { wide: 3 },
  /** Of the weeks and of the months. */
  upstreamWeek: { wide: 30, narrow: 1 },
  distribution: { wide: 15 },
  distributionWeek: { wide: 30, narrow: 15 },
} as const satisfies Record<string, Span>;

/** A report whose figures the emulator counts itself. */
function report<Figures>(
  span: Span,
  rowsOf: (world: World, days: readonly string[]) => readonly Figures[],
) {
  return (world: World, call: Call): { readonly list: readonly Figures[] } => ({
    list: rowsOf(world, daysOf(world, call, span)),
  });
}

/** A report of what the emulator knows nothing about: the rows that were set by hand. */
function given<Figures>(name: string, span: Span = MAX_DAYS.day) {
  return (world: World, call: Call): { readonly list: readonly Figures[] } => {
    const days = daysOf(world, call, span);
    const rows = world.figures.rows(name);
    return { list: rows.filter(({ ref_date: day }) => days.includes(String(day))) as Figures[] };
  };
}

function daysOf({ figures, switches }: World, call: Call, span: Span): readonly string[] {
  const isNarrow = switches.reportSpans === 'narrow';
  const maxDays = (isNarrow ? span.narrow : undefined) ?? span.wide;
  return daysIn(jsonOf(call), maxDays, figures.now());
}

const upstream = (span: Span, unit: 'day' | 'hour' | 'week' | 'month') =>
  report<UpstreamMessages & { readonly ref_hour: number }>(span, ({ figures }, days) =>
    upstreamOf(figures.messages(), days, unit),
  );
const distribution = (span: Span, unit: 'day' | 'week' | 'month') =>
  report<UpstreamDistribution>(span, ({ figures }, days) =>
    distributed(figures.messages(), days, unit),
  );

const { day, week, month, threeDays, upstreamWeek, distributionWeek } = MAX_DAYS;

export const dataCube: OperationsOf<'dataCube'> = {
  getUserSummary: report<UserSummary>(week, ({ figures }, days) =>
    bySource(figures.growth(), days),
  ),
  getUserCumulate: report<UserCumulate>(week, ({ figures }, days) =>
    cumulated(figures.growth(), days),
  ),

  getArticleRead: given('getArticleRead'),
  getArticleShare: given('getArticleShare'),
  getArticleTotalDetail: given('getArticleTotalDetail'),
  getBizSummary: given('getBizSummary', month),

  getUpstreamMsg: upstream(week, 'day'),
  getUpstreamMsgHour: upstream(day, 'hour'),
  getUpstreamMsgWeek: upstream(upstreamWeek, 'week'),
  getUpstreamMsgMonth: upstream(upstreamWeek, 'month'),
  getUpstreamMsgDist: distribution(MAX_DAYS.distribution, 'day'),
  getUpstreamMsgDistWeek: distribution(distributionWeek, 'week'),
  getUpstreamMsgDistMonth: distribution(distributionWeek, 'month'),

  getInterfaceSummary: report<InterfaceSummary>(month, ({ figures }, days) =>
    interfaceOf(figures.callbacks(), days, 'day'),
  ),
  getInterfaceSummaryHour: report<InterfaceSummary & { readonly ref_hour: number }>(
    day,
    ({ figures }, days) => interfaceOf(figures.callbacks(), days, 'hour'),
  ),

  getCardSummary: given('getCardSummary', month),
  getFreeCardSummary: given('getFreeCardSummary', month),
  getMemberCardSummary: given('getMemberCardSummary', month),
  getMemberCardDetail: given('getMemberCardDetail', month),

  getArticleSummary: given('getArticleSummary'),
  getArticleTotal: given('getArticleTotal'),
  getUserRead: given('getUserRead', threeDays),
  getUserReadHour: given('getUserReadHour'),
  getUserShare: given('getUserShare', week),
  getUserShareHour: given('getUserShareHour'),
};
