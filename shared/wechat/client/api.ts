import type { Answer, Auth, Method, Repeat } from '../catalogue/index.ts';
import type { CallOptions } from './caller.ts';
import type { Operations } from './operations.ts';

/** A path that the catalogue does not have, or one that is to be called otherwise than it says. */
export interface FreeRequest {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly json?: unknown;
  /** Fields of a multipart body, files as `Upload`. */
  readonly multipart?: Readonly<Record<string, unknown>>;
  /** A body that is ready as it is. */
  readonly raw?: { readonly contentType: string; readonly data: Uint8Array };
  /** These three are the row's if the path has one; else `token`, `json` and `unsafe`. */
  readonly auth?: Auth;
  readonly answer?: Exclude<Answer, 'page'>;
  readonly repeat?: Extract<Repeat, string>;
}

/**
 * The WeChat API: `api.menu.create(menu)`. Every call may fail with a `WeChatError`, with `AppError`
 * `upstream` when WeChat could not be reached or gave no answer (`details.outcome` `refused` means
 * that nothing can have happened), with `timeout`, or with the reason of the caller's signal.
 */
export interface Api extends Operations {
  /** Any path at all, with token, repeats and errors as ever. */
  request<Response = unknown>(
    method: Method,
    path: `/${string}`,
    request?: FreeRequest,
    options?: CallOptions,
  ): Promise<Response>;
}
