import type {
  Area,
  Download,
  EndpointName,
  ResponseOf,
} from '../../../../shared/wechat/catalogue/index.ts';
import { ApiError } from '../errors/errors.ts';
import type { Call } from '../http/call.ts';
import type { FileAnswer } from '../http/file-answer.ts';
import type { PageAnswer } from '../http/page-answer.ts';
import type { World } from '../world.ts';

/** What WeChat does when an endpoint is called. What it refuses is thrown as an `ApiError`. */
export type Operation<Name extends EndpointName> = (
  world: World,
  call: Call,
) => AnswerOf<ResponseOf<Name>> | Promise<AnswerOf<ResponseOf<Name>>>;

/** The operations of an area, by catalogue name. */
export type OperationsOf<A extends Area> = {
  readonly [Name in Extract<EndpointName, `${A}.${string}`>]: Operation<Name>;
};

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
