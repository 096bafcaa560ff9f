import type {
  Transport,
  TransportRequest,
  TransportResponse,
} from '../../shared/wechat/client/transport.ts';

/** A transport whose other end is a `fetch`, such as that of the emulated WeChat. */
export function fetchTransport(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
): Transport {
  return async ({ method, url, headers, body }) => {
    const bytes = await gather(body);
    const response = await fetch(url, {
      method,
      headers,
      ...(bytes.length > 0 ? { body: bytes } : {}),
    });
    return responseOf({
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      chunks: [new Uint8Array(await response.arrayBuffer())],
    });
  };
}

/** A response that arrives in these pieces. */
export function responseOf({
  status = 200,
  header = () => undefined,
  chunks,
}: {
  readonly status?: number;
  readonly header?: TransportResponse['header'];
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}): TransportResponse {
  async function* read() {
    yield* chunks;
  }
  return { status, header, body: { [Symbol.asyncIterator]: read, destroy() {} } };
}

/** The whole body of a request. */
export async function gather(body: TransportRequest['body']) {
  const chunks: Uint8Array[] = [];
  if (body instanceof Uint8Array) chunks.push(body);
  else if (body) for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
