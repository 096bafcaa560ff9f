export type Method = 'GET' | 'POST';

/** `send` reaches a follower's phone; `write` changes the account; `read` changes nothing. */
export type Access = 'read' | 'write' | 'send';

/**
 * How the call proves who makes it: `token` the account's access_token in the query, `secret` the
 * AppSecret among the request's own fields, `user` a follower's OAuth token among them.
 */
export type Auth = 'token' | 'secret' | 'user' | 'none';

/**
 * What a new account may do, by WeChat's tables; limits grow with the number of followers.
 *
 * @see https://developers.weixin.qq.com/doc/service/guide/dev/api/limit.html
 */
export interface Quota {
  readonly day?: number;
  /** A day on a test account (测试号). */
  readonly testDay?: number;
  readonly month?: number;
  readonly minute?: number;
  /** Rows with the same word here draw on one counter. */
  readonly counter?: string;
}

/**
 * May the same call be sent again when nobody knows whether the first one arrived? `safe`: doing it
 * twice leaves what doing it once leaves. `keyedBy`: only if the request carries that field, by
 * which WeChat tells a repeat; `doneBy` is the errcode with which it says so.
 */
export type Repeat = 'safe' | 'unsafe' | { readonly keyedBy: string; readonly doneBy?: number };

/**
 * `none` takes no body; what is not in the query travels in the body. `file-or-url` takes a multipart
 * body, and none at all when the query says where the file is.
 */
export type Body = 'none' | 'json' | 'multipart' | 'file-or-url';

/** `either`: a file or JSON, told apart by content type. `page`: a follower's browser opens it. */
export type Answer = 'json' | 'binary' | 'either' | 'page';

export interface Retirement {
  /** Catalogue names to use instead; empty if nothing took its place. */
  readonly replacedBy: readonly string[];
  readonly reason: string;
  /** WeChat no longer maintains it, yet still answers. */
  readonly stillAnswers: boolean;
}

/** One row of the catalogue: everything that is known about one operation of the WeChat API. */
export interface Endpoint<Request = unknown, Response = unknown> {
  readonly method: Method;
  /** WeChat's documents disagree on the method, and both have been seen to work. */
  readonly otherMethod?: Method;
  readonly path: `/${string}`;
  /** Where it is, unless on the API's own hosts. */
  readonly host?: 'mp.weixin.qq.com' | 'open.weixin.qq.com';
  /** The request's fields that travel in the query. */
  readonly query: 'all' | readonly string[];
  readonly body: Body;
  readonly answer: Answer;
  readonly access: Access;
  readonly auth: Auth;
  readonly repeat: Repeat;
  readonly quota?: Quota;
  /** Fields that are digits in a string here, being 64-bit, and a bare number on the wire. */
  readonly numericIds?: readonly string[];
  readonly retired?: Retirement;
  /** What the account must have applied for at WeChat, which answers 48001 or the like before. */
  readonly application?: string;
  /** WeChat's index of endpoints of 2026 no longer lists it; it answers nevertheless. */
  readonly unlisted?: true;
  /** Never set: it carries the types for `RequestOf` and `ResponseOf`. */
  readonly types?: { readonly request: Request; readonly response: Response };
}

export type RetiredEndpoint<Request = unknown, Response = unknown> = Endpoint<Request, Response> & {
  readonly retired: Retirement;
};

/** What WeChat answers when there is nothing to tell. */
export interface Done {
  readonly errcode?: number;
  readonly errmsg?: string;
}

/** A file on its way to WeChat. A stream is opened anew for every attempt and must give `length` bytes. */
export type Upload = {
  /** The extension matters to WeChat; characters other than ASCII are replaced on the wire. */
  readonly fileName: string;
  readonly contentType: string;
} & (
  | { readonly data: Uint8Array }
  | { readonly open: () => AsyncIterable<Uint8Array>; readonly length: number }
);

/**
 * A file on its way from WeChat, from `ctx.api` and from the client of the proxy alike: take `bytes()`, or
 * read `stream` once and to its end, or destroy it.
 */
export interface Download {
  readonly contentType: string;
  readonly fileName: string | undefined;
  /** In bytes, when WeChat says. */
  readonly length: number | undefined;
  readonly stream: AsyncIterable<Uint8Array> & { destroy(): void };
  /** The whole file, which takes the place of reading `stream`. Refuses half a file, and one above 20 MB. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

type Path = Endpoint['path'];
type Options = Partial<Omit<Endpoint, 'method' | 'path' | 'types' | 'retired' | 'application'>>;

/** GET, changes nothing, all parameters in the query. */
export const read = <Request, Response>(path: Path, options: Options = {}) =>
  byGet<Request, Response>(path, { access: 'read', repeat: 'safe', ...options });

/** Changes nothing, though asked by POST. */
export const readByPost = <Request, Response>(path: Path, options: Options = {}) =>
  byPost<Request, Response>(path, { access: 'read', repeat: 'safe', ...options });

/** Changes the account; not to be repeated blindly unless `options.repeat` says so. */
export const write = <Request, Response = Done>(path: Path, options: Options = {}) =>
  byPost<Request, Response>(path, { access: 'write', ...options });

/** WeChat changes a few things by GET. */
export const writeByGet = <Request, Response = Done>(path: Path, options: Options = {}) =>
  byGet<Request, Response>(path, { access: 'write', ...options });

/** Reaches followers. */
export const send = <Request, Response = Done>(path: Path, options: Options = {}) =>
  byPost<Request, Response>(path, { access: 'send', ...options });

/** A file in a multipart body, field `media`. */
export const upload = <Request, Response = Done>(path: Path, options: Options = {}) =>
  byPost<Request, Response>(path, { access: 'write', body: 'multipart', ...options });

/** Reads a file, either one that is sent or the one at an address in the query. */
export const readFile = <Request, Response>(path: Path, query: readonly string[]) =>
  readByPost<Request, Response>(path, { body: 'file-or-url', query });

/** A file by GET. */
export const download = <Request, Response = Download>(path: Path, options: Options = {}) =>
  read<Request, Response>(path, { answer: 'binary', ...options });

/** An address that a follower's browser is sent to; nothing of ours calls it. */
export const page = <Request>(path: Path, host: NonNullable<Endpoint['host']>) =>
  read<Request, never>(path, { host, answer: 'page', auth: 'none' });

export const retired = <Request, Response>(
  endpoint: Endpoint<Request, Response>,
  reason: string,
  replacedBy: readonly string[],
  { stillAnswers = false } = {},
): RetiredEndpoint<Request, Response> => ({
  ...endpoint,
  retired: { replacedBy, reason, stillAnswers },
});

/** Rows of accounts that WeChat has granted `application`. */
export function appliedFor<Rows extends Readonly<Record<string, Endpoint>>>(
  application: string,
  rows: Rows,
): { readonly [Name in keyof Rows]: Rows[Name] & { readonly application: string } } {
  const marked = Object.entries(rows).map(([name, row]) => [name, { ...row, application }]);
  return Object.fromEntries(marked);
}

const defaults = {
  query: [],
  answer: 'json',
  access: 'write',
  auth: 'token',
  repeat: 'unsafe',
} as const satisfies Options;

function byGet<Request, Response>(path: Path, options: Options): Endpoint<Request, Response> {
  return { ...defaults, method: 'GET', path, query: 'all', body: 'none', ...options };
}

function byPost<Request, Response>(path: Path, options: Options): Endpoint<Request, Response> {
  return { ...defaults, method: 'POST', path, body: 'json', ...options };
}
