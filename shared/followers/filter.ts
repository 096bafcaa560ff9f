import * as v from 'valibot';
import { chinaDay, startOfChinaDay } from '../kernel/china-time.ts';
import { object, tagId } from '../wechat/rules.ts';
import { type Follower, sexes } from './follower.ts';

const word = v.pipe(v.string('must be a text'), v.trim(), v.nonEmpty('is empty'));
const someWords = 'must be a text, or a list of 1 to 100 texts';
const words = v.union(
  [word, v.pipe(v.array(word), v.minLength(1, someWords), v.maxLength(100, someWords))],
  someWords,
);
const tagIds = v.pipe(
  v.array(tagId(), 'must be a list of tags'),
  v.minLength(1, 'has no tag'),
  v.maxLength(100, 'has more than 100 tags'),
);

/** A day in China such as `2026-11-25`, or a time with its offset; as ms since the epoch. */
export const time = v.pipe(
  v.string('must be a text, such as 2026-11-25 or 2026-11-25T20:00:00+08:00'),
  v.check(
    (text) => Number.isFinite(timeOf(text)),
    'must be a day such as 2026-11-25 (in China), or a time with its offset, such as 2026-11-25T20:00:00+08:00',
  ),
  v.transform(timeOf),
);

/** Which followers to choose. Every given field must match; of a list one value is enough. */
export const filterSchema = v.pipe(
  object({
    tagIds: v.optional(tagIds),
    notTagIds: v.optional(tagIds),
    sex: v.optional(v.picklist(sexes, `must be one of ${sexes.join(', ')}`)),
    country: v.optional(words),
    province: v.optional(words),
    city: v.optional(words),
    language: v.optional(words),
    /** The scene of the QR code by which they came. */
    qrcode: v.optional(words),
    /** Followers who began to follow on this day, at this time or later. */
    subscribedFrom: v.optional(time),
    /** Followers who began to follow before this day or time. */
    subscribedBefore: v.optional(time),
    custom: v.optional(
      v.pipe(
        v.record(
          v.string(),
          v.union(
            [v.string(), v.number(), v.boolean()],
            'must be a text, a number, or true or false',
          ),
          'must be an object',
        ),
        v.check((fields) => Object.keys(fields).length > 0, 'is empty'),
      ),
    ),
  }),
  v.check(
    (filter) => Object.keys(filter).length > 0,
    'is empty; say {"all": true} if everyone is meant',
  ),
  v.check(
    ({ subscribedFrom = 0, subscribedBefore = Number.POSITIVE_INFINITY }) =>
      subscribedFrom < subscribedBefore,
    'has a subscribedFrom that is not before its subscribedBefore',
  ),
);
export type FollowerFilter = v.InferOutput<typeof filterSchema>;
export type WrittenFilter = v.InferInput<typeof filterSchema>;

/** Checks a filter and leaves it as it was written, for one that is kept and shown again. */
export const writtenFilterSchema = v.pipe(
  v.custom<WrittenFilter>((value) => value !== undefined, 'is missing'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const { message, path } of v.safeParse(filterSchema, dataset.value).issues ?? []) {
      addIssue({ message, ...(path ? { path } : {}) });
    }
  }),
);

type Test = (follower: Follower, filter: FollowerFilter) => boolean;

/** A test for each field of a filter. A follower for whom the field is unknown is not chosen. */
const tests: Record<keyof FollowerFilter, Test> = {
  tagIds: ({ tags = [] }, { tagIds = [] }) => tagIds.some((id) => tags.includes(id)),
  notTagIds: ({ tags = [] }, { notTagIds = [] }) => !notTagIds.some((id) => tags.includes(id)),
  sex: ({ about }, { sex }) => (about?.sex ?? 'unknown') === sex,
  country: ({ about }, { country }) => isOne(about?.country, country),
  province: ({ about }, { province }) => isOne(about?.province, province),
  city: ({ about }, { city }) => isOne(about?.city, city),
  language: ({ about }, { language }) => isOne(about?.language, language),
  qrcode: ({ code }, { qrcode }) => isOne(code, qrcode),
  subscribedFrom: ({ since }, { subscribedFrom = 0 }) => since >= subscribedFrom,
  subscribedBefore: ({ since }, { subscribedBefore = 0 }) => since < subscribedBefore,
  custom: ({ about }, { custom = {} }) =>
    Object.entries(custom).every(
      ([name, value]) =>
        Object.hasOwn(about?.custom ?? {}, name) && about?.custom?.[name] === value,
    ),
};

export function isChosen(follower: Follower, filter: FollowerFilter): boolean {
  return (Object.keys(filter) as (keyof FollowerFilter)[]).every((name) =>
    tests[name](follower, filter),
  );
}

function isOne(value: string | undefined, wanted: string | readonly string[] = []): boolean {
  if (value === undefined) return false;
  return typeof wanted === 'string' ? value === wanted : wanted.includes(value);
}

/** NaN for a text that is not a time. Without an offset, a time would differ between machines. */
function timeOf(text: string): number {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return startOfChinaDay(chinaDay(Date.parse(text)));
  return /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}
