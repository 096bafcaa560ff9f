import { isUtf8 } from 'node:buffer';
import { HTTP_ACCESS_TEXT_BYTES } from './limits.ts';

/** A request as it came in, and where the gateway found its function. */
export interface GatewayRequest {
  readonly method: string;
  /** As sent: `/callback/a?x=1`. */
  readonly url: string;
  /** The path of the function, without a slash at its end. */
  readonly mount: string;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly remoteAddress: string;
  readonly requestId: string;
  readonly namespace: string;
}

/**
 * What HTTP looks like to an event function.
 * - `function-url`: https://cloud.tencent.com/document/product/583/96099
 * - `http-access`: CloudBase's HTTP access service, https://docs.cloudbase.net/service/access-cloud-function
 * - `api-gateway`: the retired trigger, still found in old deployments
 */
export type EventShape = 'function-url' | 'http-access' | 'api-gateway';

type Headers = Record<string, string>;

/** The body is larger than the platform takes in this shape. */
export class BodyTooLarge extends Error {}

const builders: Record<EventShape, (request: GatewayRequest) => Record<string, unknown>> = {
  'function-url'(request) {
    const { path, query } = split(request);
    return {
      ...textOrBase64(request.body),
      headers: { ...lowerCase(request), 'x-scf-remote-addr': request.remoteAddress },
      httpMethod: request.method,
      path,
      queryString: query,
    };
  },
  'http-access'(request) {
    const { path, query } = split(request);
    const headers = lowerCase(request);
    const isTextType = TEXT_TYPE.test(headers['content-type'] ?? 'text/plain');
    const isText = isTextType && isUtf8(request.body);
    if (isTextType && request.body.length > HTTP_ACCESS_TEXT_BYTES) throw new BodyTooLarge();
    return {
      path,
      httpMethod: request.method,
      headers: { ...headers, 'x-real-ip': request.remoteAddress },
      queryStringParameters: query,
      requestContext: {
        requestId: request.requestId,
        envId: request.namespace,
        appId: 1_250_000_000,
        uin: 100_000_000_000,
      },
      body: request.body.toString(isText ? 'utf8' : 'base64'),
      isBase64Encoded: !isText,
    };
  },
  'api-gateway'(request) {
    const { query } = split(request);
    return {
      requestContext: {
        serviceId: 'service-emulated',
        path: request.mount || '/',
        httpMethod: request.method,
        requestId: request.requestId,
        identity: {},
        sourceIp: request.remoteAddress,
        stage: 'release',
      },
      headers: asSent(request),
      ...textOrBase64(request.body),
      pathParameters: {},
      queryStringParameters: {},
      headerParameters: {},
      stageVariables: {},
      path: request.url.split('?', 1)[0],
      queryString: query,
      httpMethod: request.method,
    };
  },
};

const TEXT_TYPE =
  /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded)|[^;]*\+(json|xml))/i;

/** @throws BodyTooLarge */
export function httpEvent(shape: EventShape, request: GatewayRequest): Record<string, unknown> {
  return builders[shape](request);
}

/** The path below the function's own, as sent, and the query with lists for names that come twice. */
function split({ url, mount }: GatewayRequest) {
  const [whole = '', ...search] = url.split('?');
  const params = new URLSearchParams(search.join('?'));
  const query = Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
  return { path: whole.slice(mount.length) || '/', query };
}

function lowerCase(request: GatewayRequest): Headers {
  return collect(request, (name) => name.toLowerCase());
}

function asSent(request: GatewayRequest): Headers {
  return collect(request, (name) => name);
}

function collect({ rawHeaders }: GatewayRequest, rename: (name: string) => string): Headers {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rename(rawHeaders[at] ?? '');
    const value = rawHeaders[at + 1] ?? '';
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

function textOrBase64(body: Buffer) {
  return isUtf8(body)
    ? { body: body.toString('utf8') }
    : { body: body.toString('base64'), isBase64Encoded: true };
}
