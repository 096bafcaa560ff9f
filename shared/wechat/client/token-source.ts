import type { Secret } from '../../kernel/secret.ts';

/** Where the client gets the account's access_token from. */
export interface TokenSource {
  /** A token that is believed to be good. */
  get(signal?: AbortSignal): Promise<Secret>;
  /** WeChat refused this very token: gives another one. */
  reject(token: Secret, signal?: AbortSignal): Promise<Secret>;
}
