import type {
  Download,
  EndpointName,
  ResponseOf,
} from '../../../../shared/wechat/catalogue/index.ts';
import type { Call } from '../call.ts';
import { ApiError } from '../errors.ts';
import type { FileAnswer } from '../file-answer.ts';
import type { World } from '../world.ts';

/** What WeChat does when an endpoint is called. What it refuses is thrown as an `ApiError`. */
export type Operation<Name extends EndpointName> = (
  world: World,
  call: Call,
) => AnswerOf<ResponseOf<Name>> | Promise<AnswerOf<ResponseOf<Name>>>;

type AnswerOf<Response> = Response extends Download ? FileAnswer : OnWire<Response>;

/** The catalogue has ids as text; WeChat writes some of them as bare numbers. */
type OnWire<T> = T extends readonly (infer Item)[]
  ? readonly OnWire<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: K extends BareId ? T[K] | number : OnWire<T[K]> }
    : T;
type BareId = 'msg_id' | 'msg_data_id' | 'menuid';

export const done = { errcode: 0, errmsg: 'ok' } as const;

/** WeChat knows the endpoint and no longer carries it out. */
export const retired = (): never => {
  throw new ApiError(45106);
};
