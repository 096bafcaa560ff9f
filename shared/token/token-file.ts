import { AppError } from '../kernel/errors.ts';
import type { Secret } from '../kernel/secret.ts';
import type { TokenSource } from '../wechat/client/index.ts';
import { CLOUD_TOKEN_FIELD, cloudToken, cloudTokenAdvice } from './cloud-token.ts';

/** How the file of a token is looked at: `node:fs/promises` has both. */
export interface TokenFiles {
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  stat(path: string): Promise<{ readonly mtimeMs: number; readonly ino: number }>;
}

/**
 * The token in a file that WeChat Cloud mounts into a container and replaces every 10 minutes. Each
 * call looks whether the file has changed, and reads it anew if so. While the file is being replaced
 * the token from before serves, which is good for 20 minutes more.
 */
export class TokenFile implements TokenSource {
  readonly field = CLOUD_TOKEN_FIELD;
  readonly #path: string;
  readonly #files: TokenFiles;
  #held: { readonly token: Secret; readonly version: string } | undefined;

  constructor(path: string, files: TokenFiles) {
    this.#path = path;
    this.#files = files;
  }

  get(): Promise<Secret> {
    return this.#look((version) => version === this.#held?.version);
  }

  /** The file may have been replaced within one tick of its clock, so it is read in any case. */
  async reject(refused: Secret): Promise<Secret | undefined> {
    const token = await this.#look(() => false);
    return token.equals(refused.reveal()) ? undefined : token;
  }

  advise(errcode: number): string | undefined {
    return cloudTokenAdvice[errcode];
  }

  async #look(isKnown: (version: string) => boolean): Promise<Secret> {
    try {
      const { mtimeMs, ino } = await this.#files.stat(this.#path);
      const version = `${ino} ${mtimeMs}`;
      if (this.#held && isKnown(version)) return this.#held.token;
      const token = cloudToken((await this.#files.readFile(this.#path, 'utf8')).trim());
      if (token) this.#held = { token, version };
      if (this.#held) return this.#held.token;
    } catch (error) {
      if (this.#held) return this.#held.token;
      throw this.#unusable('cannot be read', error);
    }
    throw this.#unusable('holds no token');
  }

  #unusable(how: string, cause?: unknown): AppError {
    return new AppError(
      'upstream',
      `The file ${this.#path}, in which WeChat Cloud gives the token, ${how}. It is there in containers of WeChat Cloud Run whose open-interface service is on; TOKEN_FILE names another place.`,
      { details: { reason: 'token_file' }, ...(cause === undefined ? {} : { cause }) },
    );
  }
}
