import type {
  Area,
  Catalogue,
  Download,
  TypesOf,
} from '../../../../shared/wechat/catalogue/index.ts';
import { ApiError } from '../errors/errors.ts';
import type { Call } from '../http/call.ts';
import type { FileAnswer } from '../http/file-answer.ts';
import type { PageAnswer } from '../http/page-answer.ts';
import type { World } from '../world.ts';

/** What WeChat does in an area, under the catalogue's own names. A missing one does not compile. */
export type OperationsOf<A extends Area> = {
  readonly [Name in keyof Catalogue[A]]: Operation<AnswerOf<TypesOf<Catalogue[A][Name]>[1]>>;
};

/** What WeChat does when an endpoint is called. What it refuses is thrown as an `ApiError`. */
export type Operation<Answer = object> = (world: World, call: Call) => Answer | Promise<Answer>;

type AnswerOf<Response> = [Response] extends [never]
  ? PageAnswer
  : Response extends Download
    ? FileAnswer | PageAnswer
    : OnWire<Response>;

/** The catalogue has ids as text; WeChat writes some of them as bare numbers. */
type OnWire<T> = T extends readonly (infer Item)[]
  ? readonly OnWire<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: K extends BareId ? T[K] | number : OnWire<T[K]> }
    : T;
type BareId = 'msg_id' | 'msg_data_id' | 'menuid' | 'msgid' | 'user_comment_id';

export const done = { errcode: 0, errmsg: 'ok' } as const;

/** WeChat knows the endpoint and no longer carries it out. */
export const retired = (): never => {
  throw new ApiError(45106);
};
