import { AppError } from './errors.ts';
import type { Secret } from './secret.ts';

/** From what the proofs, seals and keyed hashes of an account's documents are derived. */
export interface AccountKey {
  readonly appid: string;
  readonly key: Secret;
}

/** The settings that it comes from, as far as a function has them. */
export interface AccountKeyConfig {
  readonly appid?: string | undefined;
  readonly appsecret?: Secret | undefined;
  readonly documentKey?: Secret | undefined;
}

/**
 * The key of an account: one of its own if the operator has set it, else the AppSecret. `undefined` for
 * a function that gets neither and has nothing to prove.
 */
export function findAccountKey({
  appid,
  appsecret,
  documentKey,
}: AccountKeyConfig): AccountKey | undefined {
  const key = documentKey ?? appsecret;
  return appid && key ? { appid, key } : undefined;
}

/** @throws AppError `invalid` if there is none, which `loadConfig` has made sure of */
export function accountKeyOf(config: AccountKeyConfig): AccountKey {
  const found = findAccountKey(config);
  if (found) return found;
  throw new AppError(
    'invalid',
    'WECHAT_APPSECRET and DOCUMENT_KEY are missing: one of them is needed.',
  );
}
