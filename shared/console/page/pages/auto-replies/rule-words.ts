import { fold } from '../../../../auto-replies/keyword.ts';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { t } from '../../words.ts';
import { type EditedAnswer, type EditedRule, type EditedTime, scenesOf } from './edited-rules.ts';
import { w } from './words.ts';

export function nameOf({ name }: Pick<EditedRule, 'name'>): string {
  return name.trim() === '' ? w('unnamed') : name;
}

export function namesOf(rules: readonly Pick<EditedRule, 'name'>[]): string {
  return rules.map(nameOf).join(t('and'));
}

/** Whether a rule has what was typed: in its name, in what it waits for, or in what it answers. */
export function isFound(list: RuleList, rule: EditedRule, search: string): boolean {
  const wanted = fold(search);
  const texts = [nameOf(rule), whenOf(list, rule), answersIn(rule)];
  return texts.some((text) => fold(text).includes(wanted));
}

/** When a rule answers, in a line. */
export function whenOf(list: RuleList, rule: EditedRule): string {
  const times = rule.times.map(timeOf).filter((text) => text !== '');
  return [...occasionsOf(list, rule), ...(times.length > 0 ? [times.join(t('and'))] : [])].join(
    ' · ',
  );
}

function occasionsOf(list: RuleList, rule: EditedRule): readonly string[] {
  if (list === 'otherwise') return [w('otherwise')];
  if (list === 'follow') {
    const scenes = rule.isAnyScene ? w('anyScene') : scenesOf(rule).join(t('and'));
    return [scenes, ...(rule.alsoScans ? [w('alsoScans')] : [])];
  }
  return rule.keywords.map(({ match, text }) => w('quoted', { what: w(match), text }));
}

/** `2026-12-24 – 2026-12-26 周一 09:00–18:00`. */
function timeOf({ firstDay, lastDay, days, start, end }: EditedTime): string {
  const dates = firstDay || lastDay ? [`${firstDay} – ${lastDay}`] : [];
  const hours = start || end ? [`${start}–${end === '00:00' ? '24:00' : end}`] : [];
  return [...dates, ...(days.length > 0 ? [daysOf(days)] : []), ...hours].join(' ');
}

function daysOf(days: readonly number[]): string {
  return [...days]
    .sort((a, b) => a - b)
    .map(dayWord)
    .join(' ');
}

/** 1 is Monday. */
export function dayWord(day: number): string {
  return w(`day${day}` as 'day1');
}

/** What a rule answers, in a line. */
export function answersIn({ give, answers }: EditedRule): string {
  const texts = answers.map(answerIn);
  return give === 'random' && texts.length > 1
    ? `${w('random')}: ${texts.join(' / ')}`
    : texts.join(' + ');
}

function answerIn({ type, content, articles, title }: EditedAnswer): string {
  if (type === 'text') return content.trim() === '' ? w('text') : content;
  const [more = ''] = [type === 'video' ? title : (articles[0]?.title ?? '')];
  return type === 'video' || type === 'news' ? [w(type), more].filter(Boolean).join(': ') : w(type);
}
