import type { ActiveAlert, AlertDocument, Notice } from './alert-document.ts';
import type { Measure, Rule, RuleTable } from './rule.ts';

/** An alert is over when its measure has stayed below the limit for this long: it must not flap. */
export const QUIET_MS = 5 * 60_000;

/** An alert that goes on is told again after this. */
export const REPEAT_MS = 6 * 3_600_000;

type Samples = AlertDocument['samples'];

/**
 * Checks all rules once: gives the alerts that fire now, and the notices to send. The same document
 * and measures give the same notices in every instance.
 */
export function evaluate(
  rules: RuleTable,
  before: Pick<AlertDocument, 'samples' | 'active'>,
  measures: Readonly<Record<string, Measure | undefined>>,
  now: number,
): Pick<AlertDocument, 'samples' | 'active'> & { readonly notices: Notice[] } {
  const notices: Notice[] = [];
  const active = Object.entries(rules).flatMap(([rule, each]): ActiveAlert[] => {
    const known = before.active.find((alert) => alert.rule === rule);
    const value = measured(each, rule, measures[rule], before.samples, now);
    const tell = (status: Notice['status'], alert: ActiveAlert) => {
      const { since, notices: n } = alert;
      const key = [rule, since.getTime(), status === 'firing' ? n : status].join('.');
      notices.push({ key, rule, status, value: alert.value, since: since.getTime(), at: now });
    };
    if (value === undefined) return known ? [known] : [];
    const at = new Date(now);
    if (value > each.above) {
      const isDue = !known || now - known.notifiedAt.getTime() >= REPEAT_MS;
      const alert: ActiveAlert = {
        rule,
        since: known?.since ?? at,
        lastAt: at,
        notifiedAt: isDue ? at : known.notifiedAt,
        notices: (known?.notices ?? 0) + (isDue ? 1 : 0),
        value,
      };
      if (isDue) tell('firing', alert);
      return [alert];
    }
    if (!known) return [];
    if (now - known.lastAt.getTime() < QUIET_MS) return [known];
    tell('resolved', { ...known, value });
    return [];
  });
  return { active, samples: remembered(rules, before.samples, measures, now), notices };
}

/** What the rule compares with its limit; `undefined` if there are not enough samples yet. */
function measured(
  { withinMs, least = 0 }: Rule,
  name: string,
  measure: Measure | undefined,
  samples: Samples,
  now: number,
): number | undefined {
  if (!measure) return undefined;
  let { part, whole } = measure;
  if (withinMs !== undefined) {
    const start = samples.find(
      ({ at, measures }) => at.getTime() >= now - withinMs && measures[name],
    );
    if (!start) return undefined;
    const [partThen = 0, wholeThen = 0] = start.measures[name] ?? [];
    part = added(part, partThen);
    whole = whole === undefined ? undefined : added(whole, wholeThen);
  }
  if (part < least) return 0;
  return whole === undefined ? part : part / Math.max(1, whole);
}

/** A counter falls only when an operator has removed the documents of the metrics. */
function added(now: number, then: number): number {
  return now >= then ? now - then : now;
}

function remembered(
  rules: RuleTable,
  samples: Samples,
  measures: Readonly<Record<string, Measure | undefined>>,
  now: number,
): Samples {
  const longest = Math.max(0, ...Object.values(rules).map(({ withinMs = 0 }) => withinMs));
  const kept = samples.filter(({ at }) => at.getTime() >= now - longest);
  const fresh = Object.entries(rules).flatMap(([rule, { withinMs }]) => {
    const { [rule]: measure } = measures;
    if (withinMs === undefined || !measure) return [];
    return [[rule, [measure.part, measure.whole ?? 0]]] as const;
  });
  return [...kept, { at: new Date(now), measures: Object.fromEntries(fresh) }];
}
