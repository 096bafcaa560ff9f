import { AppError } from '../kernel/errors.ts';
import type { Secret } from '../kernel/secret.ts';
import type { TokenSource } from '../wechat/client/index.ts';
import { CLOUD_TOKEN_FIELD, cloudToken, cloudTokenAdvice } from './cloud-token.ts';

/** The header for the account that owns the environment, and for one that shares it. */
const OWNERS_TOKEN = 'x-wx-cloudbase-access-token';
const SHARERS_TOKEN = 'x-wx-from-cloudbase-access-token';
/** The account that shares the environment, if the request is about one. */
const SHARER = 'x-wx-from-appid';

/**
 * The token that comes with the requests of WeChat Cloud into a container. A process holds the newest;
 * before the first request it has none. Only requests that are known to come from WeChat may be noted:
 * a stranger's token would have us act for another account.
 */
export class HeaderToken implements TokenSource {
  readonly field = CLOUD_TOKEN_FIELD;
  readonly #appid: string;
  #newest: Secret | undefined;

  constructor(appid: string) {
    this.#appid = appid;
  }

  note(headers: Readonly<Record<string, string | undefined>>): void {
    const isShared = headers[SHARER] === this.#appid;
    this.#newest = cloudToken(headers[isShared ? SHARERS_TOKEN : OWNERS_TOKEN]) ?? this.#newest;
  }

  async get(): Promise<Secret> {
    if (this.#newest) return this.#newest;
    throw new AppError(
      'upstream',
      'There is no access_token yet: TOKEN_SOURCE is header, and no push has brought one into this process. A function that gets no pushes needs TOKEN_SOURCE=none or file.',
      { details: { reason: 'token_header' } },
    );
  }

  async reject(refused: Secret): Promise<Secret | undefined> {
    return this.#newest?.equals(refused.reveal()) ? undefined : this.#newest;
  }

  advise(errcode: number): string | undefined {
    return cloudTokenAdvice[errcode];
  }
}
