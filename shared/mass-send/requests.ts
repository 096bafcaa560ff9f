import * as v from 'valibot';
import { filterSchema, timeSchema } from '../followers/index.ts';
import type { MassContent } from '../wechat/catalogue/mass-send.ts';
import {
  digits,
  filled,
  mediaId,
  object,
  openid,
  tagId,
  text,
  wholeNumber,
} from '../wechat/rules.ts';
import { contentSchema } from './content.ts';
import { MAX_OPENIDS } from './limits.ts';

const openids = v.pipe(
  v.array(openid(), 'must be a list of openids'),
  v.minLength(1, 'names nobody'),
  v.maxLength(MAX_OPENIDS, `has more than ${MAX_OPENIDS} openids; use a tag or a filter`),
  v.transform((list) => [...new Set(list)]),
);

const audiences = {
  all: object({ all: v.literal(true, 'must be true; leave it out to choose another audience') }),
  tagId: object({ tagId: tagId() }),
  openids: object({ openids }),
  filter: object({ filter: filterSchema }),
} as const;
type Audience = {
  [Kind in keyof typeof audiences]: v.InferOutput<(typeof audiences)[Kind]>;
}[keyof typeof audiences];
const kinds = Object.keys(audiences) as (keyof typeof audiences)[];
const words = '{"all": true}, {"tagId": …}, {"openids": […]} and {"filter": {…}}';

/** Exactly one audience: a submission without one is refused, and never goes to everyone. */
const audience = v.lazy((input) => {
  const given = kinds.filter((kind) => Object.hasOwn(Object(input), kind));
  const [kind] = given;
  if (kind !== undefined && given.length === 1) return audiences[kind];
  return v.custom<Audience>(
    () => false,
    given.length > 1
      ? `says ${given.join(' and ')}; it must be one of ${words}`
      : `must be one of ${words}`,
  );
}) as v.GenericSchema<unknown, Audience>;

/** What a broadcast is, whoever asks for it. */
export const broadcastEntries = {
  audience,
  content: contentSchema,
  /** When to start; default now. */
  at: v.optional(timeSchema),
  /** Whether to go on when WeChat takes an article for a reprint that its author allows. */
  ignoreReprint: v.optional(v.boolean('must be true or false'), false),
};

interface Reprint {
  readonly content: MassContent;
  readonly ignoreReprint: boolean;
}

/** What no single field can say. */
export const reprintRule = <Given extends Reprint>() =>
  v.check<Given, string>(
    ({ content, ignoreReprint }) => !ignoreReprint || content.msgtype === 'mpnews',
    'ignoreReprint is for articles (mpnews) only',
  );

const id = object({
  id: v.pipe(v.string('must be a text'), v.regex(/^m[\w-]{27}$/, 'is not the id of a mass send')),
});

const digest = v.pipe(
  v.string('must be a text'),
  v.regex(/^[\w-]{43}$/, 'must be the contentDigest that a dry run gives'),
);

const recipient = {
  openid: v.optional(openid()),
  wechatId: v.optional(filled()),
};

/** What operators may ask; checked before anything else is done. */
export const requests = {
  submit: v.pipe(
    object({
      /** The operator's own name for it: a repeat with the same name is the same broadcast. */
      requestId: v.pipe(
        v.string(
          'must be a text: your own name for this broadcast, by which we recognise a repeat',
        ),
        v.regex(/^[\w.:-]{1,64}$/, 'must have 1 to 64 letters, digits, or . : _ -'),
      ),
      ...broadcastEntries,
      /** As a dry run gave it: the broadcast is refused, or stopped, once its articles are others. */
      contentDigest: v.exactOptional(digest),
      dryRun: v.optional(v.boolean('must be true or false'), false),
    }),
    reprintRule(),
  ),
  prepareVideo: object({
    mediaId: mediaId(),
    title: filled(),
    description: v.optional(text(), ''),
  }),
  count: object({ audience, at: v.optional(timeSchema) }),
  preview: v.pipe(
    object({ ...recipient, content: contentSchema }),
    v.check(
      ({ openid: one, wechatId }) => (one === undefined) !== (wechatId === undefined),
      'must name one receiver, by openid or by wechatId',
    ),
  ),
  byId: id,
  list: v.optional(object({ limit: v.optional(wholeNumber(1, 100), 20) }), {}),
  delete: v.pipe(
    object({
      id: v.optional(id.entries.id),
      msgId: v.optional(digits()),
      /** Counts from 1; by default all articles. */
      articleIndex: v.optional(wholeNumber(1, 8)),
    }),
    v.check(
      (given) => (given.id === undefined) !== (given.msgId === undefined),
      "must name one broadcast, by its id or by WeChat's msgId",
    ),
  ),
  setSpeed: object({ speed: v.picklist([0, 1, 2, 3, 4], 'must be 0 (fastest) to 4 (slowest)') }),
};

export type Submission = v.InferOutput<typeof requests.submit>;
