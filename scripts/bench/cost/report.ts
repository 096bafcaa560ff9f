import type { Figures, Platform } from '../platform.ts';
import type { PartReport } from '../report/part.ts';
import { format } from '../report/table.ts';
import { type Bill, billOf, breakEven, times, type Usage } from './model.ts';
import {
  usageOfBroadcast,
  usageOfColdStart,
  usageOfContainers,
  usageOfEvents,
  usageOfFunctionPush,
  usageOfHttp,
  usageOfMessage,
  usageOfMonth,
  usageOnPostgres,
} from './usage.ts';

const MESSAGES = 1_000_000;
const SLOW_HANDLER_MS = 300;
const FOLLOWERS = 100_000;
/** Messages a second of a whole month. */
const RATES = [1, 10, 100] as const;

/** What a million messages, a broadcast and an idle month cost. */
export function costReport(figures: Figures, { prices, timing }: Platform): PartReport {
  const message = usageOfMessage(figures, timing);
  const slow = usageOfMessage(figures, timing, SLOW_HANDLER_MS);
  const onPostgres = usageOnPostgres(figures, timing);
  const even = breakEven(message, onPostgres, prices);
  const lines: readonly (readonly [string, Usage])[] = [
    ['1 000 000 messages', times(message, MESSAGES)],
    [`the same, handlers of ${SLOW_HANDLER_MS} ms`, times(slow, MESSAGES)],
    ['10 000 cold starts', times(usageOfColdStart(figures, timing), 10_000)],
    ['a broadcast to 100 000 followers', usageOfBroadcast(figures, timing, FOLLOWERS)],
    ['timers of a month', usageOfMonth(timing)],
    ['1 000 000 messages on PostgreSQL', times(onPostgres, MESSAGES)],
    ...RATES.flatMap((rate): [string, Usage][] => [
      [`a month at ${rate}/s, event functions`, usageOfEvents(figures, timing, rate)],
      [`the same, HTTP functions`, usageOfHttp(figures, timing, rate)],
    ]),
    [
      '1 000 000 messages into a cloud function',
      times(usageOfFunctionPush(figures, timing), MESSAGES),
    ],
    ...RATES.map((rate): [string, Usage] => [
      `a month at ${rate}/s, containers`,
      usageOfContainers(figures, rate),
    ]),
    ['PostgreSQL for a month', { ...times(onPostgres, 0), postgresMonths: 1 }],
  ];
  const items: readonly (keyof Bill)[] = [
    ...([
      'gbSecond',
      'invocations',
      'storeReads',
      'storeWrites',
      'egress',
      'postgresMonth',
      'containerHour',
      'total',
    ] as const),
  ];
  return {
    title: 'Cost in CNY',
    note: `Without free tiers and packages. Prices and the timing of the platform are in scripts/bench/platform.json, each with its source; most are UNVERIFIED. ${
      even === undefined
        ? 'By these, PostgreSQL never costs less than documents.'
        : `By these, PostgreSQL costs less than documents from ${format(even / 1e6)} million messages a month.`
    }`,
    columns: [
      'GB-seconds',
      'invocations',
      'store reads',
      'store writes',
      'egress',
      'PostgreSQL',
      'containers',
      'total',
    ],
    rows: lines.map(([name, usage]) => {
      const bill = billOf(usage, prices);
      return { name, values: items.map((item) => bill[item]) };
    }),
    ratios: {},
  };
}
