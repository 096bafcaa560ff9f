import type {
  AnyRule,
  AutoAnswer,
  AutoReplies,
  FollowRule,
  Keyword,
  KeywordRule,
  RuleList,
} from '../../../../auto-replies/rule.ts';
import type { AnswerTime } from '../../../../auto-replies/times.ts';

export const ruleLists = ['keywords', 'follow', 'otherwise'] as const satisfies readonly RuleList[];

export const matches = [
  'contains',
  'equal',
  'pattern',
  'button',
] as const satisfies readonly Keyword['match'][];

export type AnswerType = AutoAnswer['type'];

export const answerTypes = [
  'text',
  'image',
  'voice',
  'video',
  'news',
  'transfer_customer_service',
] as const satisfies readonly AnswerType[];

/** Names a row while rows are added, moved and removed. */
interface Keyed {
  readonly key: string;
}

export interface EditedCard extends Keyed {
  readonly title: string;
  readonly description: string;
  readonly picUrl: string;
  readonly url: string;
}

/** An answer keeps what was typed for other types, so that trying another type loses nothing. */
export interface EditedAnswer extends Keyed {
  readonly type: AnswerType;
  readonly content: string;
  readonly mediaIds: Readonly<Record<'image' | 'voice' | 'video', string>>;
  readonly title: string;
  readonly description: string;
  readonly articles: readonly EditedCard[];
  readonly kfAccount: string;
}

/** A field that is '' or empty limits nothing. */
export interface EditedTime extends Keyed {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly days: readonly number[];
  readonly start: string;
  /** `00:00` is the end of the day: a field of a browser knows no `24:00`. */
  readonly end: string;
}

export type EditedKeyword = Keyed & Keyword;

/** A rule while it is edited: of any list, and perhaps not yet whole. */
export interface EditedRule extends Keyed {
  readonly name: string;
  readonly isOn: boolean;
  readonly give: AnyRule['give'];
  readonly answers: readonly EditedAnswer[];
  /** None: always. */
  readonly times: readonly EditedTime[];
  readonly keywords: readonly EditedKeyword[];
  /** Whether every way to follow counts, whatever `scenes` has. */
  readonly isAnyScene: boolean;
  /** Of the QR codes, one in a line. */
  readonly scenes: string;
  readonly alsoScans: boolean;
}

export type EditedLists = Readonly<Record<RuleList, readonly EditedRule[]>>;

/** For a row that was just added. Published rows are named by their index, so this begins with a letter. */
export function newKey(): string {
  return `n${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
}

export function newKeyword(): EditedKeyword {
  return { key: newKey(), match: 'contains', text: '' };
}

export function newTime(): EditedTime {
  return { key: newKey(), firstDay: '', lastDay: '', days: [], start: '', end: '' };
}

export function newArticle(): EditedCard {
  return { key: newKey(), title: '', description: '', picUrl: '', url: '' };
}

export function newAnswer(): EditedAnswer {
  return { key: newKey(), ...noAnswer };
}

export function newRule(): EditedRule {
  return {
    key: newKey(),
    name: '',
    isOn: true,
    give: 'all',
    answers: [newAnswer()],
    times: [],
    keywords: [newKeyword()],
    isAnyScene: true,
    scenes: '',
    alsoScans: false,
  };
}

const noAnswer: Omit<EditedAnswer, 'key'> = {
  type: 'text',
  content: '',
  mediaIds: { image: '', voice: '', video: '' },
  title: '',
  description: '',
  articles: [],
  kfAccount: '',
};

/** Published rules, to be edited. Each is named by its index, so that a draft can be compared with them. */
export function editedLists(rules: AutoReplies): EditedLists {
  return {
    keywords: rules.keywords.map(editedRule),
    follow: rules.follow.map(editedRule),
    otherwise: rules.otherwise.map(editedRule),
  };
}

function editedRule(rule: AnyRule, index: number): EditedRule {
  const { name, isOn, give, answers, times = [] } = rule;
  const { keywords = [], scenes, alsoScans = false } = rule as Partial<FollowRule & KeywordRule>;
  return {
    ...{ key: String(index), name, isOn, give, alsoScans },
    answers: answers.map(editedAnswer),
    times: times.map(editedTime),
    keywords: keywords.map((keyword, at) => ({ key: String(at), ...keyword })),
    isAnyScene: scenes === undefined,
    scenes: (scenes ?? []).join('\n'),
  };
}

function editedAnswer(answer: AutoAnswer, index: number): EditedAnswer {
  const empty = { ...noAnswer, key: String(index), type: answer.type };
  switch (answer.type) {
    case 'text':
      return { ...empty, content: answer.content };
    case 'image':
    case 'voice':
      return { ...empty, mediaIds: { ...empty.mediaIds, [answer.type]: answer.mediaId } };
    case 'video': {
      const { mediaId: video, title = '', description = '' } = answer;
      return { ...empty, title, description, mediaIds: { ...empty.mediaIds, video } };
    }
    case 'news':
      return {
        ...empty,
        articles: answer.articles.map((article, at) => ({ key: String(at), ...article })),
      };
    case 'transfer_customer_service':
      return { ...empty, kfAccount: answer.kfAccount ?? '' };
  }
}

function editedTime({ dates, days = [], hours }: AnswerTime, index: number): EditedTime {
  return {
    key: String(index),
    firstDay: dates?.from ?? '',
    lastDay: dates?.until ?? '',
    days,
    start: hours?.from ?? '',
    end: hours?.until === '24:00' ? '00:00' : (hours?.until ?? ''),
  };
}

/** As `menu setAutoReplies` takes them, which judges them: they may break its rules. */
export function rulesToPublish(lists: EditedLists): AutoReplies {
  return {
    follow: lists.follow.map((rule) => ruleToPublish('follow', rule) as FollowRule),
    keywords: lists.keywords.map((rule) => ruleToPublish('keywords', rule) as KeywordRule),
    otherwise: lists.otherwise.map((rule) => ruleToPublish('otherwise', rule)),
  };
}

export function ruleToPublish(list: RuleList, rule: EditedRule): AnyRule {
  const { name, isOn, give, answers, times, keywords, isAnyScene, alsoScans } = rule;
  return {
    name,
    isOn,
    ...(times.length > 0 && { times: times.map(publishedTime) }),
    give,
    answers: answers.map(publishedAnswer),
    ...(list === 'keywords' && { keywords: keywords.map(({ key: _, ...keyword }) => keyword) }),
    ...(list === 'follow' && !isAnyScene && { scenes: scenesOf(rule) }),
    ...(list === 'follow' && alsoScans && { alsoScans }),
  };
}

/** The lines of the field, without those in which nothing stands. */
export function scenesOf({ scenes }: EditedRule): string[] {
  return scenes
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function publishedAnswer(answer: EditedAnswer): AutoAnswer {
  const { type, content, mediaIds, title, description, articles, kfAccount } = answer;
  switch (type) {
    case 'text':
      return { type, content };
    case 'image':
    case 'voice':
      return { type, mediaId: mediaIds[type].trim() };
    case 'video':
      return {
        ...{ type, mediaId: mediaIds.video.trim() },
        ...(title && { title }),
        ...(description && { description }),
      };
    case 'news':
      return { type, articles: articles.map(({ key: _, ...article }) => article) };
    case 'transfer_customer_service':
      return { type, ...(kfAccount && { kfAccount }) };
  }
}

function publishedTime({ firstDay, lastDay, days, start, end }: EditedTime): AnswerTime {
  const hasHours = start !== '' || end !== '';
  return {
    ...((firstDay !== '' || lastDay !== '') && { dates: { from: firstDay, until: lastDay } }),
    ...(days.length > 0 && { days: [...days] as NonNullable<AnswerTime['days']> }),
    ...(hasHours && { hours: { from: start, until: end === '00:00' ? '24:00' : end } }),
  };
}

/** The rows with one of them at another index. */
export function movedTo<Row extends Keyed>(
  rows: readonly Row[],
  key: string,
  to: number,
): readonly Row[] {
  const from = rows.findIndex((row) => row.key === key);
  const row = rows[from];
  return row ? rows.toSpliced(from, 1).toSpliced(to, 0, row) : rows;
}

/** The rows with one of them changed. */
export function withChanged<Row extends Keyed>(rows: readonly Row[], changed: Row): readonly Row[] {
  return rows.map((row) => (row.key === changed.key ? changed : row));
}
