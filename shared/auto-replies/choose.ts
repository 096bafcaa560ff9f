import { fold, type Heard, keywordMatcher } from './keyword.ts';
import type { Occasion } from './occasion.ts';
import type { AnyRule, AutoAnswer, AutoReplies, FollowRule, RuleList } from './rule.ts';
import { isWithin } from './times.ts';

/** The rule that answers, and where it stands. */
export interface ChosenRule {
  readonly list: RuleList;
  readonly index: number;
  readonly rule: AnyRule;
}

/** Finds the rule for what a follower has said. */
export type ChooseRule = (occasion: Occasion, now: number) => ChosenRule | undefined;

interface PreparedRule extends ChosenRule {
  readonly takes: (heard: Heard) => boolean;
}

/**
 * Prepares rules, of which the first that fits answers: to who follows or scans one of `follow`, to a text
 * or a tap on the menu one of `keywords`, and to any message that is left one of `otherwise`.
 */
export function createChooser({ follow, keywords, otherwise }: AutoReplies): ChooseRule {
  const prepared: readonly PreparedRule[] = [
    ...follow.map((rule, index) => ({ ...at('follow', index, rule), takes: followTaker(rule) })),
    ...keywords.map((rule, index) => {
      const matchers = rule.keywords.map(keywordMatcher);
      const takes = (heard: Heard) => matchers.some((matches) => matches(heard));
      return { ...at('keywords', index, rule), takes };
    }),
    ...otherwise.map((rule, index) => ({ ...at('otherwise', index, rule), takes: isMessage })),
  ].filter(({ rule }) => rule.isOn);
  return (occasion, now) => {
    const heard = { occasion, text: occasion.type === 'text' ? fold(occasion.content) : '' };
    return prepared.find(({ rule, takes }) => takes(heard) && isWithin(rule.times, now));
  };
}

/**
 * What is given of the answers of a rule. Chance is taken from the message: every delivery of it, and every
 * run of its handlers, gives the same answer.
 */
export function answersOf(
  { give, answers }: AnyRule,
  messageId: () => string,
): readonly AutoAnswer[] {
  if (give === 'all' || answers.length === 1) return answers;
  const at = numberOf(messageId()) % answers.length;
  return answers.slice(at, at + 1);
}

function at(list: RuleList, index: number, rule: AnyRule): ChosenRule {
  return { list, index, rule };
}

function followTaker({ scenes, alsoScans }: FollowRule): (heard: Heard) => boolean {
  const isScene = (scene: string | undefined) =>
    scenes === undefined || (scene !== undefined && scenes.includes(scene));
  return ({ occasion }) => {
    if (occasion.type === 'follow') return isScene(occasion.scene);
    return occasion.type === 'scan' && alsoScans === true && isScene(occasion.scene);
  };
}

/** Events have no answer of their own in `otherwise`: a follower has said nothing. */
function isMessage({ occasion }: Heard): boolean {
  return occasion.type === 'text' || occasion.type === 'other';
}

/** FNV-1a: spreads, and needs to do no more. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
