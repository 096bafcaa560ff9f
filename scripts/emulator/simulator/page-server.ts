import { createServer, type RequestListener } from 'node:http';
import { listenOnLoopback } from '../loopback.ts';
import { isSameText, refuseStranger } from '../own-machine.ts';

/** The port of the page and the control API. */
export interface PageServer {
  /** The address with the key, such as `http://127.0.0.1:8803/KEY/`. */
  readonly url: string;
  /** Sets who answers below the key. */
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/**
 * Serves the page on a port of its own, below a path that holds the key. Whoever does not know the
 * key gets nothing, even through a tunnel that was led to this port by mistake: no header decides who
 * is at this machine.
 *
 * @throws Error if the port is taken
 */
export async function startPageServer(port: number, key: string): Promise<PageServer> {
  let listener: RequestListener = (_, response) => response.writeHead(503).end('Starting …');
  const server = createServer((request, response) => {
    if (refuseStranger(request, response)) return;
    // The page shows pictures and pages of others, which must not learn the key from a Referer.
    response.setHeader('referrer-policy', 'no-referrer');
    const [, given = '', ...rest] = (request.url ?? '/').split('/');
    if (rest.length > 0 && isSameText(given, key)) {
      request.url = `/${rest.join('/')}`;
      listener(request, response);
      return;
    }
    request.resume();
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ error: 'Open the address that npm start has printed: it holds the key.' }),
    );
  });
  const { url, close } = await listenOnLoopback(server, port);

  return {
    url: `${url}/${key}/`,
    serve(next) {
      listener = next;
    },
    close,
  };
}
