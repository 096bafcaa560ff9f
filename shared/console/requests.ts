import * as v from 'valibot';
import { SECRET_FORM } from '../proxy/secrets.ts';
import { filled, object } from '../wechat/rules.ts';
import { CODE_SECRET_FORM } from './one-time-codes.ts';
import { roles } from './role.ts';

/** The name stands in the audit trail and in lists, so that it has no spaces at its ends and no tricks. */
const name = v.pipe(
  filled(),
  v.transform((text) => text.normalize('NFKC')),
  v.regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,18}[\p{L}\p{N}])?$/u,
    'must be a name of 1 to 20 letters and digits, with spaces, dots or dashes between them',
  ),
);
const role = v.picklist(roles, `must be one of ${roles.join(', ')}`);
/** Whoever makes the link makes the secret, because SCF writes into its log what a function returns. */
const secret = v.pipe(
  v.string('must be 32 random bytes in base64url'),
  v.regex(SECRET_FORM, 'must be 32 random bytes in base64url, which are 43 characters'),
);
const password = v.pipe(
  v.string('must be a text'),
  v.minLength(10, 'must have 10 characters at least'),
  v.maxLength(128, 'must have 128 characters at most'),
);
const code = v.pipe(v.string('must be 6 digits'), v.regex(/^\d{6}$/, 'must be 6 digits'));
const base64url = v.pipe(
  v.string('must be a text'),
  v.regex(/^[\w-]{1,8000}$/, 'must be base64url'),
);
/** Browsers add fields from year to year; the library checks those that count. */
const credential = <const Entries extends v.ObjectEntries>(response: Entries) =>
  v.looseObject({
    id: base64url,
    rawId: base64url,
    type: v.literal('public-key'),
    clientExtensionResults: v.optional(v.looseObject({}), {}),
    response: v.looseObject({ clientDataJSON: base64url, ...response }),
  });
const created = credential({ attestationObject: base64url });
const signed = credential({ authenticatorData: base64url, signature: base64url });

/** What operators are managed by. */
export const operatorRequests = {
  invite: object({ name, role, secret }),
  admit: object({ name, role, secret }),
  change: object({
    name,
    role: v.exactOptional(role),
    isEnabled: v.exactOptional(v.boolean('must be true or false')),
    revokeSessions: v.exactOptional(v.boolean('must be true or false')),
    /** Passkeys and password are good no longer, such as those of a phone that was lost. */
    forgetWays: v.exactOptional(v.boolean('must be true or false')),
  }),
  selfInvite: object({ secret }),
  sessions: v.optional(object({ name: v.exactOptional(name) }), {}),
  bySession: object({ id: v.pipe(filled(), v.regex(SECRET_FORM, 'is no session')) }),
};
export type InviteRequest = v.InferOutput<typeof operatorRequests.invite>;
export type AdmitRequest = v.InferOutput<typeof operatorRequests.admit>;
export type ChangeOperatorRequest = v.InferOutput<typeof operatorRequests.change>;

/** What somebody sends who is not signed in yet. */
export const signInRequests = {
  bySecret: object({ secret }),
  enrollPasskey: object({ secret, response: created }),
  enrollPassword: object({
    secret,
    password,
    code,
    /** Of the one-time codes; the page makes it and shows it once. */
    codeSecret: v.pipe(
      v.string('must be a text'),
      v.regex(CODE_SECRET_FORM, 'must be 20 random bytes in base32'),
    ),
  }),
  passkey: object({ response: signed }),
  /** A wrong form of these is as wrong as a wrong password, so the form is not told. */
  password: object({
    name: v.pipe(v.string(), v.maxLength(200)),
    password: v.pipe(v.string(), v.maxLength(1_000)),
    code: v.pipe(v.string(), v.maxLength(20)),
  }),
};
export type EnrollPassword = v.InferOutput<typeof signInRequests.enrollPassword>;
export type PasswordSignIn = v.InferOutput<typeof signInRequests.password>;
