import type { IncomingMessage } from 'node:http';
import { type Failure, failures } from './failure.ts';
import type { ForwardedResponse } from './http-function.ts';
import { RESULT_BYTES } from './limits.ts';

/** What the server of an HTTP function answered, or why the platform does not pass it on. */
export async function responseOf(
  response: IncomingMessage,
): Promise<{ readonly result: ForwardedResponse } | { readonly failure: Failure }> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (body.length > RESULT_BYTES) return { failure: failures.resultTooLarge() };
  const headers = Object.entries(response.headers).flatMap(([name, value]) =>
    value === undefined || name === 'connection' || name === 'keep-alive'
      ? []
      : [[name, String(value)] as const],
  );
  return {
    result: {
      status: response.statusCode ?? 502,
      headers: Object.fromEntries(headers),
      body: body.toString('base64'),
    },
  };
}
