import * as v from 'valibot';
import { object, wholeNumber } from '../wechat/rules.ts';
import { coversAnything } from './pattern.ts';
import { SECRET_FORM } from './secrets.ts';

const flag = v.boolean('must be true or false');
const id = v.pipe(
  v.string('must be a text'),
  v.regex(/^[a-z0-9][a-z0-9-]{1,31}$/, 'must be 2 to 32 of a-z, 0-9 and -'),
);
/** The caller makes it and shows it once: SCF writes into its log what a function returns. */
const secret = v.pipe(
  v.string('must be 32 random bytes in base64url'),
  v.regex(SECRET_FORM, 'must be 32 random bytes in base64url, which are 43 characters'),
);
const pattern = v.pipe(
  v.string('must be a text'),
  v.check(
    coversAnything,
    'covers nothing of the catalogue; patterns are such as menu.create, menu.*, material.read, *:read, token:read, jsapi:sign',
  ),
);
const within = (min: number, max: number) => {
  const expected = `must be a number from ${min} to ${max}`;
  return v.pipe(v.number(expected), v.minValue(min, expected), v.maxValue(max, expected));
};
const atMost = <const Item extends v.GenericSchema>(max: number, items: string, item: Item) =>
  v.pipe(
    v.array(item, `must be a list of ${items}`),
    v.maxLength(max, `has more than ${max} ${items}`),
  );
const patterns = atMost(100, 'patterns', pattern);
const budget = object({ pattern, perDay: wholeNumber(0, 1_000_000_000) });

/** What was agreed with a client, apart from what it may call. */
const terms = optional({
  deny: patterns,
  raw: flag,
  staticKey: flag,
  perSecond: within(0.01, 10_000),
  burst: wholeNumber(1, 100_000),
  budgets: atMost(20, 'budgets', budget),
  quotaShare: within(0, 1),
  expiresAt: v.pipe(
    v.string('must be a text'),
    v.isoTimestamp('must be a time such as 2027-01-01T00:00:00Z'),
    v.transform((text) => Date.parse(text)),
  ),
  note: v.pipe(v.string('must be a text'), v.maxLength(200, 'has more than 200 characters')),
});

/** The payloads of `proxy-client`, by which an operator manages clients. */
export const requests = {
  add: object({ id, secret, allow: patterns, ...terms }),
  /** Fields that are not named stay as they are. */
  change: object({
    id,
    ...optional({ allow: patterns, enabled: flag }),
    ...terms,
  }),
  rotate: object({
    id,
    secret,
    /** How long the old secret stays good beside the new one. */
    graceSeconds: v.optional(wholeNumber(0, 30 * 86_400), 86_400),
  }),
  byId: object({ id }),
  usage: v.optional(object({ ...optional({ id }) }), {}),
} as const;

export type AddRequest = v.InferOutput<typeof requests.add>;
export type ChangeRequest = v.InferOutput<typeof requests.change>;
export type RotateRequest = v.InferOutput<typeof requests.rotate>;

type Optional<Entries> = {
  [Name in keyof Entries]: v.ExactOptionalSchema<
    Extract<Entries[Name], v.GenericSchema>,
    undefined
  >;
};

function optional<Entries extends Readonly<Record<string, v.GenericSchema>>>(entries: Entries) {
  const wrapped = Object.entries(entries).map(([name, schema]) => [name, v.exactOptional(schema)]);
  return Object.fromEntries(wrapped) as Optional<Entries>;
}
