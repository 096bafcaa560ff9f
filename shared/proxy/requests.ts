import * as v from 'valibot';
import { object } from '../wechat/rules.ts';
import { coversAnything } from './pattern.ts';
import { SECRET_FORM } from './secrets.ts';

const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{1,31}$/, 'must be 2 to 32 of a-z, 0-9 and -'),
);
/** The caller makes it and shows it once: SCF writes into its log what a function returns. */
const secret = v.pipe(
  v.string('must be 32 random bytes in base64url'),
  v.regex(SECRET_FORM, 'must be 32 random bytes in base64url, which are 43 characters'),
);
const pattern = v.pipe(
  v.string(),
  v.check(
    coversAnything,
    'covers nothing of the catalogue; patterns are such as menu.create, menu.*, material.read, *:read, token:read, jsapi:sign',
  ),
);
const within = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));
const whole = (min: number, max: number) => v.pipe(within(min, max), v.integer());
const patterns = v.pipe(v.array(pattern), v.maxLength(100));
const budget = object({ pattern, perDay: whole(0, 1_000_000_000) });

/** What was agreed with a client, apart from what it may call. */
const terms = optional({
  deny: patterns,
  raw: v.boolean(),
  staticKey: v.boolean(),
  perSecond: within(0.01, 10_000),
  burst: whole(1, 100_000),
  budgets: v.pipe(v.array(budget), v.maxLength(20)),
  quotaShare: within(0, 1),
  expiresAt: v.pipe(
    v.string(),
    v.isoTimestamp('must be a time such as 2027-01-01T00:00:00Z'),
    v.transform((text) => Date.parse(text)),
  ),
  note: v.pipe(v.string(), v.maxLength(200)),
});

/** The payloads of `proxy-client`, by which an operator manages clients. */
export const requests = {
  add: object({ id, secret, allow: patterns, ...terms }),
  /** Fields that are not named stay as they are. */
  change: object({
    id,
    ...optional({ allow: patterns, enabled: v.boolean() }),
    ...terms,
  }),
  rotate: object({
    id,
    secret,
    /** How long the old secret stays good beside the new one. */
    graceSeconds: v.optional(whole(0, 30 * 86_400), 86_400),
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
