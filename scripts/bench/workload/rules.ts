import type { AutoReplies } from '../../../shared/auto-replies/rule.ts';

const RULES = 200;

/** The text that the last of the rules answers, by itself. */
export const ANSWERED = '几点关门';

/** As many rules as there can be: all are asked, and none but the last takes a text of the benchmark. */
export const manyRules: AutoReplies = {
  follow: [],
  keywords: Array.from({ length: RULES }, (_, n) => {
    const text = n === RULES - 1 ? ANSWERED : `关键词 ${n}`;
    return {
      ...{ name: text, isOn: true, give: 'all' as const },
      keywords: [{ match: n % 2 === 0 ? ('contains' as const) : ('equal' as const), text }],
      answers: [{ type: 'text' as const, content: text }],
    };
  }),
  otherwise: [],
};
