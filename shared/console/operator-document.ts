import * as v from 'valibot';
import { macField } from '../store/bound-store.ts';
import { defineCollection } from '../store/collection.ts';
import { roles } from './role.ts';

const passkeySchema = v.strictObject({
  /** The credential's id, in base64url. */
  id: v.string(),
  /** In COSE form, in base64url. */
  publicKey: v.string(),
  /** How often the authenticator says that it has signed; many always say 0. */
  counter: v.number(),
  /** The host and the origin at which it was made, and is good. */
  host: v.string(),
  origin: v.string(),
  transports: v.array(v.string()),
  addedAt: v.number(),
});
export type Passkey = v.InferOutput<typeof passkeySchema>;

const passwordSchema = v.strictObject({
  salt: v.string(),
  /** Of scrypt, in base64url. */
  hash: v.string(),
  /** The secret of the one-time codes, sealed for this operator under this number. */
  codes: v.strictObject({ number: v.number(), sealed: v.string() }),
  /** The time step of the code that was taken last: each code is good once. */
  lastStep: v.number(),
});
export type PasswordRecord = v.InferOutput<typeof passwordSchema>;

const schema = v.strictObject({
  /** The name: one operator has it, and the audit trail gives it. */
  _id: v.string(),
  /** What authenticators know the operator by: random, and no name. */
  handle: v.string(),
  role: v.picklist(roles),
  isEnabled: v.boolean(),
  passkeys: v.array(passkeySchema),
  password: v.optional(passwordSchema),
  createdAt: v.number(),
  /** Sessions that were opened before this are over. */
  sessionsSince: v.number(),
  mac: macField,
});

/** Somebody who may use the console. */
export type OperatorDocument = v.InferOutput<typeof schema>;

export const operatorCollection = defineCollection<OperatorDocument>({
  name: 'console-operators',
  schema,
  bound: 'all',
});

/** A team that runs an account has fewer; so all of them are read in one query. */
export const MAX_OPERATORS = 200;
