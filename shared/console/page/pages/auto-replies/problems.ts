import { autoReplyLimits as limits } from '../../../../auto-replies/limits.ts';
import type { RuleList } from '../../../../auto-replies/rule.ts';
import { menuLimits } from '../../../../menu/limits.ts';
import {
  MAX_ARTICLES_TO_EVENT,
  MAX_ARTICLES_TO_MESSAGE,
  MAX_TEXT_BYTES,
} from '../../../../wechat/limits.ts';
import { faultOf, type TextRule } from '../../parts/text-rule.ts';
import {
  type EditedAnswer,
  type EditedCard,
  type EditedLists,
  type EditedRule,
  type EditedTime,
  ruleLists,
  rulesToPublish,
  scenesOf,
} from './edited-rules.ts';

/** What is wrong, as a word of `words.ts` with its values. */
export type Wrong = readonly [
  word:
    | 'noScene'
    | 'tooManyScenes'
    | 'sceneTooLong'
    | 'emptyTime'
    | 'bothDays'
    | 'daysInOrder'
    | 'bothHours'
    | 'sameHours'
    | 'noLink'
    | 'noArticle'
    | 'oneArticle'
    | 'articleCount'
    | 'onlyLast'
    | 'tooManyPatterns'
    | 'tooLarge',
  values?: Readonly<Record<string, number>>,
];

/** What the fields take; the room `auto-replies` judges in the end. */
export const textRules = {
  name: { limit: limits.nameCharacters, isNeeded: true },
  keyword: { limit: limits.keywordCharacters, isNeeded: true },
  content: { limit: MAX_TEXT_BYTES, unit: 'bytes', isNeeded: true },
  mediaId: { limit: menuLimits.mediaIdBytes, unit: 'bytes', isNeeded: true },
  videoTitle: { limit: limits.articleTitleCharacters },
  description: { limit: limits.articleTextCharacters },
  articleTitle: { limit: limits.articleTitleCharacters, isNeeded: true },
  address: { limit: limits.addressBytes, unit: 'bytes', isNeeded: true },
  picture: { limit: limits.addressBytes, unit: 'bytes' },
} as const satisfies Readonly<Record<string, TextRule>>;

export function articleLimit(list: RuleList): number {
  return list === 'follow' ? MAX_ARTICLES_TO_EVENT : MAX_ARTICLES_TO_MESSAGE;
}

/** Whether a rule cannot be published as it is. */
export function isUnfinished(list: RuleList, rule: EditedRule): boolean {
  const { name, keywords, answers, times } = rule;
  if (answers.length === 0 || (list === 'keywords' && keywords.length === 0)) return true;
  return [
    faultOf(name, textRules.name),
    ...(list === 'keywords' ? keywords.map(({ text }) => faultOf(text, textRules.keyword)) : []),
    list === 'follow' ? wrongScenes(rule) : undefined,
    ...times.map(wrongTime),
    ...answers.flatMap((answer) => wrongsOf(list, answer)),
    wrongOrder(rule),
  ].some((wrong) => wrong !== undefined);
}

export function wrongScenes(rule: EditedRule): Wrong | undefined {
  if (rule.isAnyScene) return undefined;
  const scenes = scenesOf(rule);
  const [used, limit] = [scenes.length, limits.scenes];
  if (used === 0) return ['noScene'];
  if (used > limit) return ['tooManyScenes', { used, limit }];
  const sizes = scenes.map((scene) => new TextEncoder().encode(scene).length);
  const at = sizes.findIndex((size) => size > limits.sceneBytes);
  if (at < 0) return undefined;
  return ['sceneTooLong', { no: at + 1, used: sizes[at] ?? 0, limit: limits.sceneBytes }];
}

export function wrongTime({ firstDay, lastDay, days, start, end }: EditedTime): Wrong | undefined {
  if (firstDay + lastDay + start + end === '' && days.length === 0) return ['emptyTime'];
  if ((firstDay === '') !== (lastDay === '')) return ['bothDays'];
  if (firstDay > lastDay) return ['daysInOrder'];
  if ((start === '') !== (end === '')) return ['bothHours'];
  return start !== '' && start === end && start !== '00:00' ? ['sameHours'] : undefined;
}

export function wrongAddress(value: string): Wrong | undefined {
  return value === '' || isWebAddress(value) ? undefined : ['noLink'];
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s/?#]/i.test(value) && URL.canParse(value);
}

function wrongsOf(
  list: RuleList,
  answer: EditedAnswer,
): readonly (Wrong | ReturnType<typeof faultOf>)[] {
  const { type, content, mediaIds, title, description, articles } = answer;
  switch (type) {
    case 'text':
      return [faultOf(content, textRules.content)];
    case 'image':
    case 'voice':
      return [faultOf(mediaIds[type], textRules.mediaId)];
    case 'video':
      return [
        faultOf(mediaIds.video, textRules.mediaId),
        faultOf(title, textRules.videoTitle),
        faultOf(description, textRules.description),
      ];
    case 'news':
      return [wrongCount(list, articles.length), ...articles.flatMap(wrongsOfArticle)];
    case 'transfer_customer_service':
      return [];
  }
}

export function wrongCount(list: RuleList, count: number): Wrong | undefined {
  if (count === 0) return ['noArticle'];
  const limit = articleLimit(list);
  if (count <= limit) return undefined;
  return limit === 1 ? ['oneArticle'] : ['articleCount', { used: count, limit }];
}

function wrongsOfArticle({ title, description, picUrl, url }: EditedCard) {
  return [
    faultOf(title, textRules.articleTitle),
    faultOf(description, textRules.description),
    faultOf(url, textRules.address) ?? wrongAddress(url),
    faultOf(picUrl, textRules.picture) ?? wrongAddress(picUrl),
  ];
}

/** WeChat takes some in the response alone, which carries the last. */
export function wrongOrder({ give, answers }: EditedRule): Wrong | undefined {
  const isWrong = give === 'all' && answers.slice(0, -1).some(isForResponseOnly);
  return isWrong ? ['onlyLast'] : undefined;
}

function isForResponseOnly({ type, articles }: EditedAnswer): boolean {
  if (type === 'news') return articles.length > 1;
  return type === 'transfer_customer_service' || type === 'video';
}

/** The rule before it that always answers, of each rule that is therefore never reached. */
export function hidersIn(
  list: RuleList,
  rules: readonly EditedRule[],
): ReadonlyMap<string, EditedRule> {
  const takesAll = ({ isOn, times, isAnyScene }: EditedRule) =>
    isOn && times.length === 0 && (list === 'otherwise' || isAnyScene);
  const first = list === 'keywords' ? -1 : rules.findIndex(takesAll);
  const hider = rules[first];
  if (!hider) return new Map();
  const hidden = rules
    .slice(first + 1)
    .filter(({ isOn, alsoScans }) => isOn && !(list === 'follow' && alsoScans));
  return new Map(hidden.map(({ key }) => [key, hider]));
}

/** What is wrong with the rules as a whole. */
export function wrongsInAll(lists: EditedLists): readonly Wrong[] {
  const wrongs: Wrong[] = [];
  const patterns = lists.keywords
    .flatMap(({ keywords }) => keywords)
    .filter(({ match }) => match === 'pattern').length;
  if (patterns > limits.patterns) {
    wrongs.push(['tooManyPatterns', { used: patterns, limit: limits.patterns }]);
  }
  const bytes = new TextEncoder().encode(JSON.stringify(rulesToPublish(lists))).length;
  if (bytes > limits.bytes) {
    wrongs.push(['tooLarge', { used: Math.ceil(bytes / 1024), limit: limits.bytes / 1024 }]);
  }
  return wrongs;
}

/** The rules that have something wrong with themselves, and those that are never reached. */
export function faultyIn(lists: EditedLists): {
  readonly unfinished: readonly EditedRule[];
  readonly hidden: readonly EditedRule[];
} {
  return {
    unfinished: ruleLists.flatMap((list) => lists[list].filter((rule) => isUnfinished(list, rule))),
    hidden: ruleLists.flatMap((list) => {
      const hiders = hidersIn(list, lists[list]);
      return lists[list].filter(({ key }) => hiders.has(key));
    }),
  };
}
