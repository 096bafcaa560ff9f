import * as v from 'valibot';

/** Pieces of schemas for requests that go to WeChat unchanged; each message says the limit. */

/** An object with these fields and no others. A missing field is told in its own schema's words. */
export const object = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, inWordsOf(entries));

/** An object with these fields, and any others, which stay. */
export const openObject = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.looseObject(entries, inWordsOf(entries));

function inWordsOf(entries: v.ObjectEntries) {
  return ({ expected, received, path }: v.BaseIssue<unknown>): string => {
    if (expected === 'never') return 'is not known here';
    if (received !== 'undefined') return 'must be an object';
    const field = path?.[0]?.key;
    return field === undefined ? 'is missing' : missing(entries[String(field)]);
  };
}

/** Says that a field is missing, and what it must be if that is more than a plain type. */
function missing(schema: v.ObjectEntries[string] | undefined): string {
  if (!schema) return 'is missing';
  const says = v.safeParse(schema as v.GenericSchema, undefined).issues?.[0]?.message ?? '';
  if (says.startsWith('is missing')) return says;
  const expectation = [says, ...rulesOf(schema)].find(isMoreThanAType);
  return expectation ? `is missing; it ${expectation}` : 'is missing';
}

/** What the steps of a pipe say, such as the pattern of a text. */
function rulesOf(schema: v.ObjectEntries[string]): readonly string[] {
  const { pipe = [] } = schema as { readonly pipe?: readonly { readonly message?: unknown }[] };
  return pipe.map(({ message }) => message).filter((message) => typeof message === 'string');
}

function isMoreThanAType(says: string): boolean {
  return /^must (?!be (?:a text|a list|an object)$)/.test(says);
}

export const list = <const Item extends v.GenericSchema>(item: Item, min: number, max: number) => {
  const limit = ({ received }: { received: string }) =>
    `has ${received} ${received === '1' ? 'item' : 'items'}, WeChat takes ${min} to ${max}`;
  return v.pipe(v.array(item, 'must be a list'), v.minLength(min, limit), v.maxLength(max, limit));
};

/** Refuses what a reader of bytes puts in place of those that it could not read. */
export const readable = v.check<string, string>(
  (value) => !value.includes('\uFFFD'),
  'holds a � in place of bytes that could not be read: the text was not UTF-8',
);

/** Text without control characters and half characters, which WeChat refuses or shows as a box. */
export const text = () =>
  v.pipe(
    v.string('must be a text'),
    v.check(
      (value) => !/\p{Surrogate}|[^\P{Cc}\t\n\r]/u.test(value),
      'holds a control character or half a character',
    ),
    readable,
  );

/** Text of any length but zero. */
export const filled = () => v.pipe(text(), v.nonEmpty('is empty'));

/** Text of 1 to `limit` bytes in UTF-8: a Chinese character has three. */
export const bytes = (limit: number) =>
  v.pipe(
    filled(),
    v.maxBytes(limit, ({ received }) => `has ${received} bytes, WeChat takes ${limit}`),
  );

/** Text of at most `limit` characters, each counted once whatever its bytes; it may be empty. */
export const characters = (limit: number) =>
  v.pipe(
    text(),
    v.check(
      (value) => [...value].length <= limit,
      ({ input }) => `has ${[...input].length} characters, WeChat takes ${limit}`,
    ),
  );

export const wholeNumber = (min: number, max: number) => {
  const expected = `must be a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
};

/** An id of up to 64 bits, as a text so that it stays exact. */
export const digits = () =>
  v.pipe(v.string('must be a text'), v.regex(/^\d{1,20}$/, 'must be digits'));

export const webAddress = () =>
  v.pipe(filled(), v.check(isWebAddress, 'must be a whole http:// or https:// address'));

export const link = (limit: number) => v.pipe(bytes(limit), webAddress());

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s/?#]/i.test(value) && URL.canParse(value);
}

/** https://developers.weixin.qq.com/doc/service/api/material/permanent/api_addmaterial.html */
export const MAX_MEDIA_ID_LENGTH = 128;

export const mediaId = () => bytes(MAX_MEDIA_ID_LENGTH);

/** An openid has 28 characters today; WeChat promises no length. */
export const openid = () =>
  v.pipe(v.string('must be a text'), v.regex(/^[\w-]{6,64}$/, 'is no openid'));

/** WeChat keeps 0 for no tag, 1 for the blacklist and 2 for 星标组, which every account has. */
export const tagId = () =>
  v.pipe(
    v.number('must be the number of a tag'),
    v.integer('must be a whole number'),
    v.minValue(2, 'must be a tag of yours; 0 and 1 are not tags'),
  );
