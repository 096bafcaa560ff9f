import * as v from 'valibot';
import { object, wholeNumber } from '../wechat/rules.ts';
import { autoReplyLimits as limits } from './limits.ts';
import type { AutoReplies } from './rule.ts';

/** Any value: the rule book checks the rules, and names the wrong ones. */
const someRules = v.custom<AutoReplies>(
  (value) => value !== undefined,
  'must be {"follow": […], "keywords": […], "otherwise": […]}',
);

/** What the functions give as the revision; `null` is of rules that are not there yet. */
const revision = v.nullable(v.number('must be the revision that getAutoReplies gave, or null'));

const words = () =>
  v.pipe(
    v.string('must be a text'),
    v.maxLength(limits.triedCharacters, `has more than ${limits.triedCharacters} characters`),
  );

const occasion = v.variant(
  'type',
  [
    object({ type: v.literal('text'), content: words() }),
    object({ type: v.literal('follow'), scene: v.exactOptional(words()) }),
    object({ type: v.literal('scan'), scene: words() }),
    object({ type: v.literal('button'), key: words() }),
    object({ type: v.literal('other') }),
  ],
  'must be one of text, follow, scan, button, other',
);

export const requests = {
  set: object({ rules: someRules, revision }),
  try: object({
    occasion,
    /** Those that are not published yet; without them the published ones answer. */
    rules: v.exactOptional(someRules),
    /** In ms since the epoch; now if it is missing. */
    at: v.exactOptional(wholeNumber(0, 8_640_000_000_000)),
  }),
};
export type SetRequest = v.InferOutput<typeof requests.set>;
export type TryRequest = v.InferOutput<typeof requests.try>;
