import * as v from 'valibot';
import type { Collection } from '../store/store.ts';
import { credentialKinds } from './credential-kind.ts';

const epochMs = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Why the last attempt to renew failed, so that no other instance tries before `until`. */
const failureSchema = v.strictObject({
  at: epochMs,
  until: epochMs,
  /** Failures in a row. */
  count,
  /** The AppSecret in use: with a new one no instance waits for a failure of the old one. */
  keyId: v.string(),
  reason: v.picklist(['network', 'timeout', 'answer', 'wechat', 'access_token', 'forced']),
  errcode: v.exactOptional(v.number()),
  /** WeChat's own words, shortened, or the code of a network failure. */
  errmsg: v.exactOptional(v.string()),
});

/** One credential of one account. All times are epoch ms by the clock of the instance that wrote them. */
const schema = v.strictObject({
  _id: v.string(),
  kind: v.picklist(credentialKinds),
  /** Counts the credentials stored here; 0 while there has been none. */
  generation: count,
  sealedToken: v.exactOptional(v.string()),
  issuedAt: v.exactOptional(epochMs),
  expiresAt: v.exactOptional(epochMs),
  /** WeChat refused this generation before its time: no instance may use it any more. */
  isRefused: v.exactOptional(v.literal(true)),
  /** The attempt that is asking WeChat right now. */
  lease: v.exactOptional(v.strictObject({ holder: v.string(), until: epochMs })),
  /** Forced refreshes on `day` (Beijing), the last of them begun at `at`. */
  forced: v.exactOptional(v.strictObject({ day: v.string(), count, at: epochMs })),
  failure: v.exactOptional(failureSchema),
});

export type TokenDocument = v.InferOutput<typeof schema>;
export type TokenFailure = v.InferOutput<typeof failureSchema>;

/** Holds access tokens and tickets, sealed. Only `shared/token` reads it. */
export const tokenCollection: Collection<TokenDocument> = { name: 'tokens', schema };
