import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpApp } from '../kernel/app.ts';
import { type Eventual, isPending, lastly, rescue, whenDone } from '../kernel/eventual.ts';
import type { HttpResponse } from '../kernel/http.ts';
import { waitAtMost } from '../kernel/time-limit.ts';
import type { Keyring } from '../store/keyring.ts';
import { httpInvocation, invocation } from './invocation.ts';
import { platformWord, readBody, ServerRequest } from './server-request.ts';

export interface HttpServerOptions {
  readonly app: HttpApp;
  /** Gets the keys that come with requests, where the platform sends any. */
  readonly keyring?: Pick<Keyring, 'offer'> | undefined;
  /** Requests at a time; more are turned away. */
  readonly requestsAtOnce: number;
  /** The header in which the platform gives the caller's address, if it does. */
  readonly addressHeader?: string | undefined;
  /** Runs the work of a request, so that its log lines name it. */
  readonly within?: <R>(requestId: string, work: () => R) => R;
}

/** Answers 200 while requests are taken, else 503, for the health checks of containers. */
export const HEALTH_PATH = '/healthz';

const NOTHING = { 'content-type': 'text/plain; charset=utf-8' } as const;
const textOf = (status: number, body = ''): HttpResponse => ({ status, headers: NOTHING, body });

/**
 * The second door to an app: an HTTP server that handles many requests at a time in one process, for
 * the HTTP functions of SCF and CloudBase and for containers. The platform may freeze the process
 * when no request is in flight, so the last one waits for what runs in the background.
 */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #app: HttpApp;
  readonly #server: Server;
  #inFlight = 0;
  #isEnding = false;
  /** Settles when what requests have left to the background is done. */
  #background: Promise<void> | undefined;

  constructor(options: HttpServerOptions) {
    this.#options = options;
    const { app } = options;
    this.#app = { ...app, finish: (withinMs) => this.#finish(withinMs) };
    this.#server = createServer((incoming, outgoing) => this.#serve(incoming, outgoing));
    // The timer of a process that was frozen would end the connection of the request that thaws it.
    this.#server.keepAliveTimeout = 0;
  }

  /** @throws Error if the port is taken. @returns the port, for `port` may be 0: any. */
  async listen(port: number, host = '0.0.0.0'): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Takes no more requests, ends those in flight and writes what was counted. */
  async end(withinMs: number): Promise<'ok' | 'late'> {
    const { clock, finish } = this.#options.app;
    this.#isEnding = true;
    const ended = await waitAtMost(clock, withinMs, async () => {
      await new Promise((resolve) => this.#server.close(resolve));
      await this.#background;
      await finish?.(withinMs, true);
      return 'ok' as const;
    });
    this.#server.closeAllConnections();
    return ended ?? 'late';
  }

  #serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (incoming.url === HEALTH_PATH) {
      this.#send(outgoing, this.#isEnding ? textOf(503, 'ending') : textOf(200, 'ok'));
      return;
    }
    const { app, requestsAtOnce, addressHeader, keyring } = this.#options;
    const word = platformWord(incoming, addressHeader);
    const { requestId = randomUUID(), remoteAddress, credentials } = word;
    if (credentials) keyring?.offer(credentials);
    if (this.#isEnding || this.#inFlight >= requestsAtOnce) {
      const reason = this.#isEnding ? 'ending' : 'too many';
      app.log.warn('request turned away', { requestId, status: 503, reason });
      this.#send(outgoing, textOf(503));
      return;
    }
    this.#inFlight += 1;
    const over = () => {
      this.#inFlight -= 1;
    };
    readBody(incoming, (body) => {
      // A caller that went away reads no answer; WeChat delivers the message again.
      if (body === 'gone') return over();
      const answer = () => {
        if (body === 'too large') return this.#send(outgoing, textOf(413));
        const request = new ServerRequest(incoming, body, requestId, remoteAddress);
        return this.#answer(request, outgoing);
      };
      void lastly(answer, over);
    });
  }

  /** Makes no promise of its own, so that a message which is answered at once is sent at once. */
  #answer(request: ServerRequest, outgoing: ServerResponse): Eventual<void> {
    const { requestId } = request;
    const { within = (_, run) => run() } = this.#options;
    const run = () =>
      invocation(this.#app, requestId, () => this.#app.handle(request), httpInvocation);
    return rescue(
      () => whenDone(within(requestId, run), (response) => this.#send(outgoing, response)),
      (error) => {
        this.#app.log.error('request failed', { requestId, status: 500, error });
        if (outgoing.headersSent) outgoing.destroy();
        else this.#send(outgoing, textOf(500));
      },
    );
  }

  /** Only the last request in flight waits: after the others the process goes on. */
  #finish(withinMs: number | undefined): Eventual<void> {
    const finished = this.#options.app.finish?.(withinMs);
    if (isPending(finished)) {
      const background = Promise.all([this.#background, finished]).then(() => {
        if (this.#background === background) this.#background = undefined;
      });
      this.#background = background;
    }
    if (this.#inFlight === 1) return this.#background;
  }

  #send(outgoing: ServerResponse, { status, headers, body }: HttpResponse): void {
    if (outgoing.destroyed) return;
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    const last = this.#isEnding ? { connection: 'close' } : undefined;
    outgoing.writeHead(status, { ...headers, ...last, 'content-length': length });
    outgoing.end(body);
  }
}
