import { AppError } from '../../kernel/errors.ts';
import { present } from '../../kernel/present.ts';
import { endpointByName, endpointByRoute } from '../catalogue/endpoints.ts';
import type { EndpointName, Method } from '../catalogue/index.ts';
import type { Api, FreeRequest } from './api.ts';
import { apiOf } from './api-of.ts';
import { type BodySource, jsonBody, rawBody } from './body.ts';
import { type CallerOptions, type CallOptions, createCaller } from './caller.ts';
import { multipart } from './multipart.ts';
import { makeOutgoing, type Outgoing } from './outgoing.ts';

/**
 * WeChat's other hosts for the same API, for when the nearest one cannot be reached.
 *
 * @see https://developers.weixin.qq.com/doc/service/guide/dev/api/
 */
export const weChatFallbackUrls: readonly string[] = [
  'https://api2.weixin.qq.com',
  'https://sh.api.weixin.qq.com',
  'https://sz.api.weixin.qq.com',
  'https://hk.api.weixin.qq.com',
];

const PATH = /^(\/[\w.-]+)+$/;

/** The catalogue made callable. */
export function createClient(options: CallerOptions): Api {
  const call = createCaller(options);
  const boundary = () => `----fuwuhao${randomHex()}${randomHex()}${randomHex()}`;

  return apiOf(
    (area, operation) => {
      const name = `${area}.${operation}` as EndpointName;
      const endpoint = endpointByName(name);
      return async (request: object = {}, callOptions?: CallOptions) =>
        call(makeOutgoing(name, endpoint, request, boundary), callOptions);
    },
    async (
      method: Method,
      path: `/${string}`,
      request: FreeRequest = {},
      callOptions?: CallOptions,
    ) => call(freeCall(method, path, request, bodyOf(request)), callOptions),
  );

  function bodyOf({ json, multipart: fields, raw }: FreeRequest): BodySource | undefined {
    if (raw) return rawBody(raw.contentType, raw.data);
    if (fields) return multipart(fields, boundary());
    return json === undefined ? undefined : jsonBody(json);
  }

  function randomHex(): string {
    return Math.floor(options.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
}

function freeCall(
  method: Method,
  path: `/${string}`,
  request: FreeRequest,
  body: BodySource | undefined,
): Outgoing {
  if (!PATH.test(path) || path.includes('/..')) {
    throw new AppError('invalid', `"${path}" is no path of the WeChat API, such as /cgi-bin/x.`);
  }
  const known = endpointByRoute(method, path);
  const { host, auth = 'token', answer = 'json', repeat = 'unsafe' } = known?.endpoint ?? {};
  return {
    name: known?.name ?? `${method} ${path}`,
    method,
    path,
    ...present({ host }),
    auth: request.auth ?? auth,
    answer: request.answer ?? answer,
    query: request.query ?? {},
    body,
    mayRepeat: (request.repeat ?? repeat) === 'safe',
    doneBy: undefined,
  };
}

export type * from './api.ts';
export type { CallerOptions, CallOptions, TokenSource } from './caller.ts';
export { createHttpTransport } from './http-transport.ts';
export { type Transport, TransportError } from './transport.ts';
