import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignedRequest } from '../protocol/signed-request.ts';

export interface Recorder {
  /** Give it to an SDK as its service URL; what the SDK sends there is recorded. */
  readonly url: string;
  /** The last request that came in. */
  last(): SignedRequest;
  close(): Promise<void>;
}

/** A server that accepts anything and answers with nothing of use. */
export async function startRecorder(): Promise<Recorder> {
  let recorded: SignedRequest | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
      recorded = { headers, url: request.url ?? '', body };
      response.end(JSON.stringify({ code: 'RECORDED', message: 'recorded', requestId: 'r' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/admin`,
    last() {
      if (!recorded) throw new Error('Nothing was recorded.');
      return recorded;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
