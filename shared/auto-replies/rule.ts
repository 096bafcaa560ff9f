import * as v from 'valibot';
import {
  MAX_ARTICLES_TO_EVENT,
  MAX_ARTICLES_TO_MESSAGE,
  MAX_TEXT_BYTES,
} from '../wechat/limits.ts';
import type { Reply } from '../wechat/reply.ts';
import { bytes, characters, filled, mediaId, object, webAddress } from '../wechat/rules.ts';
import { autoReplyLimits as limits } from './limits.ts';
import { timeSchema } from './times.ts';

/** What an auto-reply may be: replies as handlers give them, so that nothing is translated. */
export type AutoAnswer = Extract<
  Reply,
  { type: 'text' | 'image' | 'voice' | 'video' | 'news' | 'transfer_customer_service' }
>;

const some = <const Item extends v.GenericSchema>(item: Item, min: number, max: number) =>
  v.pipe(
    v.array(item, 'must be a list'),
    v.minLength(min, 'is empty'),
    v.maxLength(max, `has more than ${max} items`),
  );

const short = (limit: number) =>
  v.pipe(
    characters(limit),
    v.check((value) => value.trim() !== '', 'is empty'),
  );

const article = object({
  title: short(limits.articleTitleCharacters),
  description: characters(limits.articleTextCharacters),
  /** Without a picture WeChat shows the words alone. */
  picUrl: v.union(
    [v.literal(''), v.pipe(bytes(limits.addressBytes), webAddress())],
    'must be empty or a whole http:// or https:// address',
  ),
  url: v.pipe(bytes(limits.addressBytes), webAddress()),
});

const answer = (articles: number): v.GenericSchema<unknown, AutoAnswer> =>
  v.variant(
    'type',
    [
      object({
        type: v.literal('text'),
        content: v.pipe(
          bytes(MAX_TEXT_BYTES),
          v.check((value) => value.trim() !== '', 'is empty'),
        ),
      }),
      object({ type: v.literal('image'), mediaId: mediaId() }),
      object({ type: v.literal('voice'), mediaId: mediaId() }),
      object({
        type: v.literal('video'),
        mediaId: mediaId(),
        title: v.exactOptional(characters(limits.articleTitleCharacters)),
        description: v.exactOptional(characters(limits.articleTextCharacters)),
      }),
      object({ type: v.literal('news'), articles: some(article, 1, articles) }),
      object({
        type: v.literal('transfer_customer_service'),
        kfAccount: v.exactOptional(filled()),
      }),
    ],
    'must be text, image, voice, video, news or transfer_customer_service',
  ) as v.GenericSchema<unknown, AutoAnswer>;

/** WeChat takes these in the response alone, which carries one of several answers: the last. */
export function isForResponseOnly(answer: AutoAnswer): boolean {
  const { type } = answer;
  if (type === 'news') return answer.articles.length > 1;
  return type === 'transfer_customer_service' || type === 'video';
}

const common = (articles: number) => ({
  name: short(limits.nameCharacters),
  isOn: v.boolean('must be true or false'),
  /** When it counts, in Beijing; without one always. */
  times: v.exactOptional(some(timeSchema, 1, limits.times)),
  /** Whether the follower gets all of the answers or one by chance. */
  give: v.picklist(['all', 'random'], 'must be all or random'),
  answers: some(answer(articles), 1, limits.answers),
});

const inPlace = <R extends { readonly give: string; readonly answers: readonly AutoAnswer[] }>() =>
  v.check<R, string>(
    ({ give, answers }) => give === 'random' || !answers.slice(0, -1).some(isForResponseOnly),
    'gives all of its answers, so a video, a hand-over or several articles can only be the last of them',
  );

const keyword = object({
  match: v.picklist(
    ['equal', 'contains', 'pattern', 'button'],
    'must be equal, contains, pattern or button',
  ),
  text: short(limits.keywordCharacters),
});
export type Keyword = v.InferOutput<typeof keyword>;

const scene = bytes(limits.sceneBytes);

const followRule = v.pipe(
  object({
    ...common(MAX_ARTICLES_TO_EVENT),
    /** Of the QR code; without any, every way to follow counts. */
    scenes: v.exactOptional(some(scene, 1, limits.scenes)),
    /** Followers who scan one of the codes get the answer too. */
    alsoScans: v.exactOptional(v.boolean('must be true or false')),
  }),
  inPlace(),
);
const keywordRule = v.pipe(
  object({
    ...common(MAX_ARTICLES_TO_MESSAGE),
    keywords: some(keyword, 1, limits.keywords),
  }),
  inPlace(),
);
const otherRule = v.pipe(object(common(MAX_ARTICLES_TO_MESSAGE)), inPlace());

export type FollowRule = v.InferOutput<typeof followRule>;
export type KeywordRule = v.InferOutput<typeof keywordRule>;
export type OtherRule = v.InferOutput<typeof otherRule>;
export type AnyRule = FollowRule | KeywordRule | OtherRule;

/** Refuses a rule behind one that takes everything: its author would wait for it in vain. */
function reached<T extends OtherRule & { readonly alsoScans?: boolean }>(
  list: v.GenericSchema<unknown, T[]>,
  takesAll: (rule: T) => boolean,
): v.GenericSchema<unknown, T[]> {
  const hiddenIn = (items: readonly T[]) => {
    const before = items.findIndex((each) => each.isOn && !each.times && takesAll(each));
    const hidden = items.slice(before + 1).find((each) => each.isOn && !each.alsoScans);
    return before >= 0 && hidden ? { before: items[before], hidden } : undefined;
  };
  return v.pipe(
    list,
    v.check(
      (items) => hiddenIn(items) === undefined,
      ({ input }) => {
        const { before, hidden } = hiddenIn(input) ?? {};
        return `has a rule "${hidden?.name}" that is never reached, since "${before?.name}" before it always answers: put it before, or switch one of them off`;
      },
    ),
  );
}

const rules = <const Item extends v.GenericSchema>(item: Item) => some(item, 0, limits.rules);

const lists = v.strictObject({
  follow: reached(rules(followRule), ({ scenes }) => scenes === undefined),
  keywords: rules(keywordRule),
  otherwise: reached(rules(otherRule), () => true),
});

function patternsIn(rules: readonly KeywordRule[]): number {
  return rules.flatMap(({ keywords }) => keywords.filter(({ match }) => match === 'pattern'))
    .length;
}

/** All rules of an account. In each list the first rule that fits answers. */
export type AutoReplies = v.InferOutput<typeof lists>;
export type RuleList = keyof AutoReplies;

export const autoRepliesSchema: v.GenericSchema<unknown, AutoReplies> = v.pipe(
  lists,
  v.check(
    ({ keywords }) => patternsIn(keywords) <= limits.patterns,
    `has more than ${limits.patterns} patterns: most of them can be "contains"`,
  ),
  v.check(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= limits.bytes,
    `is larger than ${limits.bytes / 1024} KB altogether: shorten answers, or remove rules`,
  ),
);

export const noRules: AutoReplies = { follow: [], keywords: [], otherwise: [] };
