import type { Calendar } from './calendar.ts';
import type { Storage } from './storage.ts';

const PUBLICATIONS_A_MONTH = 100;

export interface JumpRule {
  readonly prefix: string;
  /** `undefined` for the rule of an ordinary link. */
  readonly appid?: string;
  readonly path: string;
  /** 1 not published, 2 published. */
  readonly state: 1 | 2;
  readonly permit_sub_rule?: 1 | 2;
  readonly open_version?: 1 | 2 | 3;
  readonly debug_url?: readonly string[];
}

/** Which QR codes open which page of a mini-program. */
export function createJumpRules(storage: Storage, calendar: Calendar) {
  const section = storage.section('jump-rules', () => ({
    rules: [] as JumpRule[],
    publications: { month: '', count: 0 },
  }));
  const find = (prefix: string) => section.read().rules.find((rule) => rule.prefix === prefix);
  const left = () => {
    const { month, count } = section.read().publications;
    return PUBLICATIONS_A_MONTH - (month === calendar.month() ? count : 0);
  };

  return {
    find,
    /** In the order in which they came. */
    list: (appid: string | undefined): readonly JumpRule[] =>
      section.read().rules.filter((rule) => rule.appid === appid),
    /** Adds it, or takes the place of the one with this prefix. */
    put(rule: JumpRule): void {
      section.update((state) => {
        const at = state.rules.findIndex(({ prefix }) => prefix === rule.prefix);
        if (at < 0) state.rules.push(rule);
        else state.rules[at] = rule;
      });
    },
    publicationsLeft: left,
    publish(rule: JumpRule): void {
      const used = PUBLICATIONS_A_MONTH - left();
      section.update((state) => {
        state.publications = { month: calendar.month(), count: used + 1 };
        state.rules = state.rules.map((each) =>
          each.prefix === rule.prefix ? { ...each, state: 2 as const } : each,
        );
      });
    },
    delete(prefix: string): void {
      section.update((state) => {
        state.rules = state.rules.filter((rule) => rule.prefix !== prefix);
      });
    },
  };
}

export type JumpRules = ReturnType<typeof createJumpRules>;
