import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Clock, sleep, systemClock } from '../../../shared/kernel/clock.ts';
import { isKeyOf, NEEDS_KEY, strangeness } from '../own-machine.ts';
import { createControl } from './control/control.ts';
import { noteFollower } from './control/note-follower.ts';
import { type Snapshot, snapshotOf } from './control/snapshot.ts';
import { type Peer, readCall } from './http/call.ts';
import { serveFile } from './http/file-host.ts';
import { respond } from './http/respond.ts';
import { type ApiAccount, defaultSwitches, type Switches } from './options.ts';
import type { PushMessage } from './push/messages.ts';
import type { PushEvent } from './state/announcements.ts';
import type { RecordedCall } from './state/calls.ts';
import type { EmulatedClock } from './state/clock.ts';
import type { CloudAccess } from './state/cloud-access.ts';
import type { SentMessage } from './state/sent.ts';
import { createWorld } from './world.ts';

const LOOPBACK = '127.0.0.1';
/** By this header WeChat finds a call that came by its relay. */
const SEQUENCE = 'x-openapi-seqid';

export interface WechatApiOptions {
  readonly account: ApiAccount;
  /** Milliseconds since the epoch. */
  readonly now: Clock['now'];
  /** Timers; those of the machine unless given. */
  readonly after?: Clock['after'];
  /** Folder for what outlives the process; without it, nothing does. */
  readonly stateDir?: string;
  /** Addresses and CIDR blocks; without it the account has no whitelist and any address may call. */
  readonly ipWhitelist?: readonly string[];
  /** Where the account's callback is, for `callback/check`. */
  readonly callbackUrl?: () => string | undefined;
  /** Pushes what WeChat tells of itself: the ends of mass sends, publications and notices. */
  readonly pushEvent?: PushEvent;
  /** Hears of every message that reaches a follower. */
  readonly onSend?: (message: SentMessage) => void;
  /** Hears of every call that was answered. */
  readonly onCall?: (call: RecordedCall) => void;
  /** The only domain that the OAuth page leads back to; any unless given. */
  readonly oauthDomain?: string;
  readonly switches?: Partial<Switches>;
}

export interface WechatApi {
  /** The API in process: a `fetch` that reaches nothing but the emulator, whatever the host. */
  readonly fetch: typeof globalThis.fetch;
  /** Serves HTTP on loopback; port 0 takes a free one. */
  listen(port: number, access?: ListenAccess): Promise<ListeningApi>;
  /**
   * Serves the same as the relay that WeChat Cloud runs beside a container, which adds the account to
   * calls without a token. On loopback; port 0 takes a free one.
   */
  listenAsRelay(port: number): Promise<ListeningApi>;
  /** What WeChat Cloud hands out to containers. */
  readonly cloud: Pick<CloudAccess, 'token'>;
  /** What `GET /emulator/state` shows. */
  inspect(options?: { readonly reveal: boolean }): Snapshot;
  /** What followers do, for the windows, the figures and the list of followers. */
  readonly followers: {
    /** To be told of every message and event that goes to the callback. */
    note(message: PushMessage): void;
  };
  /** What one follower was sent, the latest last. */
  sentTo(openid: string): readonly SentMessage[];
  /** The emulated time; moving it is what `POST /emulator/clock` does. */
  readonly clock: EmulatedClock;
}

export interface ListenAccess {
  /** What `x-emulator-key` must hold for `/emulator/…`; any program of this machine may unless given. */
  readonly controlKey: string;
}

export interface ListeningApi {
  /** Such as `http://127.0.0.1:8801`. */
  readonly url: string;
  close(): Promise<void>;
}

/** The WeChat API of one account, with its memory. */
export function createWechatApi(options: WechatApiOptions): WechatApi {
  const timers = { now: options.now, after: options.after ?? systemClock.after };
  const world = createWorld({
    account: options.account,
    now: options.now,
    after: options.after ?? idleTimer,
    switches: { ...defaultSwitches, ...options.switches },
    stateDir: options.stateDir,
    ipWhitelist: options.ipWhitelist,
    callbackUrl: options.callbackUrl ?? (() => undefined),
    pushEvent: options.pushEvent,
    onSend: options.onSend ?? (() => {}),
    onCall: options.onCall ?? (() => {}),
    oauthDomain: options.oauthDomain,
  });
  const control = createControl(world);

  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      // A stream would travel in chunks; anything else with its length.
      const hasLength = request.headers.has('content-length') || !isStream(init?.body);
      const response = await handle(request, { ip: LOOPBACK, hasLength });
      if (response === 'broken') throw brokenConnection();
      return response;
    },
    listen: (port, access) => serve(port, { access, isRelay: false }),
    listenAsRelay: (port) => serve(port, { access: undefined, isRelay: true }),
    cloud: world.cloudAccess,
    inspect: (show = { reveal: false }) => snapshotOf(world, show),
    followers: {
      note(message) {
        noteFollower(world, message);
        world.storage.save();
      },
    },
    sentTo: (openid) => world.sent.to(openid),
    clock: world.clock,
  };

  async function handle(request: Request, peer: Peer): Promise<Response | 'broken'> {
    const isControl = isControlPath(new URL(request.url).pathname);
    if (isControl && !peer.isRelay) return control.fetch(request);
    const file = serveFile(world, request);
    if (file) return file;
    const { outgoing, delayMs } = await respond(world, await readCall(request, peer));
    if (delayMs > 0) await sleep(timers, delayMs, request.signal);
    if (outgoing === 'broken') return outgoing;
    const { status, body } = outgoing;
    const headers = { ...outgoing.headers, ...(peer.isRelay ? { [SEQUENCE]: randomUUID() } : {}) };
    return new Response(body as ConstructorParameters<typeof Response>[0], { status, headers });
  }

  async function serve(
    port: number,
    { access, isRelay }: { readonly access: ListenAccess | undefined; readonly isRelay: boolean },
  ): Promise<ListeningApi> {
    const server = createAdaptorServer({
      fetch: async (request, env) => {
        const { incoming } = env as HttpBindings;
        const stranger = strangeness(incoming.headers, { isTunnelled: false });
        if (stranger) return forbidden(`Only for programs of this machine: ${stranger}.`);
        const isControl = isControlPath(new URL(request.url).pathname);
        if (isControl && !isRelay && !isKeyOf(access?.controlKey, incoming.headers))
          return forbidden(NEEDS_KEY);
        const response = await handleUntilHangUp(request, {
          ip: (incoming.socket.remoteAddress ?? LOOPBACK).replace(/^::ffff:/, ''),
          port: incoming.socket.remotePort,
          hasLength: incoming.headers['content-length'] !== undefined,
          isRelay,
        });
        if (response !== 'broken') return response;
        incoming.socket.destroy();
        return RESPONSE_ALREADY_SENT;
      },
    }) as Server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, LOOPBACK, resolve);
    });
    const address = server.address() as AddressInfo;
    return { url: `http://${LOOPBACK}:${address.port}`, close: () => close(server) };
  }

  async function handleUntilHangUp(request: Request, peer: Peer) {
    try {
      return await handle(request, peer);
    } catch (error) {
      // The caller gave up; there is nobody to answer.
      if (request.signal.aborted) return 'broken';
      throw error;
    }
  }
}

const isControlPath = (path: string) => path.startsWith('/emulator/');

function forbidden(error: string): Response {
  return Response.json({ error }, { status: 403 });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** What is still to come does not keep the process alive. */
const idleTimer: Clock['after'] = (delayMs, task) => {
  const timer = setTimeout(task, delayMs).unref();
  return () => clearTimeout(timer);
};

/** As the built-in fetch says it. */
function brokenConnection(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  return new TypeError('fetch failed', { cause });
}
