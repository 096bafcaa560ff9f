import type { Secret } from '../../kernel/secret.ts';

/** Gives the account's access_token to the client. */
export interface TokenSource {
  /** A token that WeChat is expected to take. */
  get(signal?: AbortSignal): Promise<Secret>;
  /** Gives another token in place of this one, which WeChat refused. */
  reject(token: Secret, signal?: AbortSignal): Promise<Secret>;
}
