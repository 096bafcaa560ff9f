import * as v from 'valibot';
import { filled, object, openid, tagId } from '../wechat/rules.ts';
import { writtenFilterSchema } from './filter.ts';
import { filterSchema, importSchema } from './index.ts';

/** How many followers one invocation may name: twenty calls to tag them, fifty to block them. */
const MAX_OPENIDS = 1_000;
const MAX_TAG_CHARACTERS = 30;
const MAX_REMARK_BYTES = 29;
const MAX_SEGMENT_CHARACTERS = 40;
const MAX_NOTE_CHARACTERS = 100;

const openids = v.pipe(
  v.array(openid(), 'must be a list of openids'),
  v.minLength(1, 'names nobody'),
  v.maxLength(MAX_OPENIDS, `has more than ${MAX_OPENIDS} openids`),
);
const tagName = v.pipe(
  filled(),
  v.check(
    (name) => [...name].length <= MAX_TAG_CHARACTERS,
    `has more than ${MAX_TAG_CHARACTERS} characters`,
  ),
);

const segmentName = v.pipe(
  filled(),
  v.trim(),
  v.nonEmpty('is empty'),
  v.check(
    (name) => [...name].length <= MAX_SEGMENT_CHARACTERS,
    `has more than ${MAX_SEGMENT_CHARACTERS} characters`,
  ),
);

const note = v.pipe(
  filled(),
  v.trim(),
  v.nonEmpty('is empty'),
  v.check(
    (words) => [...words].length <= MAX_NOTE_CHARACTERS,
    `has more than ${MAX_NOTE_CHARACTERS} characters`,
  ),
);

export const requests = {
  count: v.optional(
    v.pipe(
      object({
        all: v.optional(v.literal(true, 'must be true, or left out')),
        filter: v.optional(filterSchema),
      }),
      v.check(
        ({ all, filter }) => !(all && filter),
        'has both all and a filter: give the one that is meant',
      ),
    ),
    {},
  ),
  import: importSchema,
  createTag: object({ name: tagName }),
  renameTag: object({ id: tagId(), name: tagName }),
  deleteTag: object({ id: tagId() }),
  saveSegment: object({
    name: segmentName,
    filter: writtenFilterSchema,
    /** Whether a segment of this name may be there, and is replaced. */
    replace: v.optional(v.boolean('must be true or false'), false),
  }),
  bySegment: object({ name: segmentName }),
  tagging: object({ tagId: tagId(), openids }),
  openids: object({ openids }),
  search: v.optional(
    object({
      text: v.optional(v.pipe(v.string('must be a text'), v.maxLength(100, 'is too long'))),
      filter: v.optional(filterSchema),
      after: v.optional(filled()),
    }),
    {},
  ),
  profile: object({ openid: openid() }),
  noteConsent: object({
    openid: openid(),
    to: note,
    isGiven: v.boolean('must be true or false'),
    how: note,
  }),
  remark: object({
    openid: openid(),
    remark: v.pipe(
      v.string('must be a text'),
      v.maxBytes(MAX_REMARK_BYTES, `has more than ${MAX_REMARK_BYTES} bytes`),
    ),
  }),
};
