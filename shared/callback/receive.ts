import type { Context } from '../account/context.ts';
import type { DocumentReader } from '../account/delivery.ts';
import type { Middleware } from '../account/middleware.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Eventual, rescue, whenDone } from '../kernel/eventual.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import type { Api } from '../wechat/client/index.ts';
import { MalformedError } from '../wechat/fields.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import { eventName, type Message, readMessage } from '../wechat/message/message.ts';
import { loggedId } from '../wechat/message/message-id.ts';
import type { Notation } from '../wechat/push-body.ts';
import { type Reply, replyTree, text } from '../wechat/reply.ts';
import { type AllowList, refusedAddress } from './allow-list.ts';
import { createFloodGuard } from './flood.ts';
import type { OpenTurn } from './follower-turn.ts';
import { handleMessage } from './handle-message.ts';
import type { Inbox } from './inbox.ts';
import type { MessageQueue } from './message-queue.ts';
import { type OpenedPush, type PushDoor, RefusedError } from './push-door.ts';
import { COMES_AGAIN_BEFORE_MS, REPEAT_AFTER_MS } from './timing.ts';

export type ReceiverConfig = Pick<
  Config,
  'inboxWithoutStore' | 'whileAskedAgain' | 'followerMessagesPerMinute' | 'floodReply'
>;

export interface ReceiverOptions {
  readonly config: ReceiverConfig;
  readonly door: PushDoor;
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  /** Without a list a push may come from any address. */
  readonly allowList?: AllowList | undefined;
  readonly inbox: Inbox;
  readonly queue: Pick<MessageQueue, 'wakeWorker'>;
  readonly openTurn: OpenTurn;
  readonly documents?: DocumentReader | undefined;
}

/**
 * The callback: WeChat's URL verification (GET) and its pushes (POST). Fails closed: 403 for a request
 * that WeChat did not send, 400 for a push that cannot be read, and the reason for either only in the
 * log.
 */
export function createReceiver(options: ReceiverOptions): HttpHandler {
  const { config, door, handle, api, clock, log, allowList, inbox, queue, openTurn, documents } =
    options;
  const floodGuard = createFloodGuard({ clock, perMinute: config.followerMessagesPerMinute });

  return (request) =>
    rescue(
      () => answer(request),
      (error) => refuse(error, logOf(request)),
    );

  function logOf({ requestId }: HttpRequest): Log {
    return log.child({ requestId });
  }

  function answer(request: HttpRequest): Eventual<HttpResponse> {
    const pushedAt = clock.now();
    switch (request.method) {
      case 'GET': {
        // The address counts here too, so that an operator whose platform tells none learns it when he
        // saves the URL.
        const echo = door.verifyUrl?.(request, pushedAt);
        if (echo === undefined) return respond(405, '');
        // As plain text, which no browser renders as a page.
        return whenDone(admit(request), () => respond(200, echo));
      }
      case 'POST':
        return whenDone(door.open(request, pushedAt), (push) =>
          whenDone(admit(request), () =>
            push ? answerPush(push, pushedAt, request) : respond(200, 'success'),
          ),
        );
      default:
        return respond(405, '');
    }
  }

  /** @throws RefusedError for an address that is not on the list */
  function admit(request: HttpRequest): Eventual<void> {
    if (!allowList) return;
    return whenDone(allowList.admits(request.remoteAddress), (isAdmitted) => {
      if (isAdmitted) return;
      logOf(request).error('address refused', refusedAddress(request));
      throw new RefusedError('address');
    });
  }

  function answerPush(
    push: OpenedPush,
    pushedAt: number,
    request: HttpRequest,
  ): Eventual<HttpResponse> {
    const message = readMessage(push.fields);
    door.check(message, push, pushedAt);
    const messageLog = log.child({
      requestId: request.requestId,
      openid: followerOf(message),
      messageId: loggedId(message),
      message: typeOf(message),
    });
    return rescue(
      () =>
        whenDone(replyTo(message, push, pushedAt, messageLog), (reply) => {
          if (!reply) return respond(200, 'success');
          const now = clock.now();
          const { body, notation } = door.seal(replyTree(message, reply, now), push, now);
          return respond(200, body, notation);
        }),
      (error) => {
        // A bug of ours. For any other response WeChat would show the follower its fault notice.
        messageLog.error('callback failed', { status: 200, error });
        return respond(200, 'success');
      },
    );
  }

  function replyTo(
    message: Message,
    push: OpenedPush,
    pushedAt: number,
    messageLog: Log,
  ): Eventual<Reply | undefined> {
    const ageMs = Math.max(push.sentAt, pushedAt) - message.createdAt;
    const isRepeat = ageMs >= REPEAT_AFTER_MS;
    const decision = floodGuard(message, isRepeat);
    if (decision !== 'handle') {
      messageLog.warn('message ignored', { reason: 'flood' });
      return decision === 'warn' ? text(config.floodReply) : undefined;
    }
    const handled = handleMessage(message, {
      handle,
      api,
      clock,
      inbox,
      queue,
      openTurn,
      documents,
      log: messageLog,
      pushedAt,
      sentAt: push.sentAt,
      comesAgain: ageMs < COMES_AGAIN_BEFORE_MS,
      isRepeat,
      withoutStore: config.inboxWithoutStore,
      goesOn: config.whileAskedAgain === 'on',
    });
    return whenDone(handled, ({ reply, standing, pace }) => {
      messageLog.info(pace === undefined ? 'answered' : answeredAt[pace], {
        reply: reply?.type ?? 'none',
        standing,
        ms: clock.now() - pushedAt,
      });
      return reply;
    });
  }
}

/** How fast slow handlers are is not held against the callback. */
const answeredAt = { slow: 'answered slowly', withheld: 'answer withheld' } as const;

function refuse(error: unknown, log: Log): HttpResponse {
  if (error instanceof RefusedError) {
    log.warn('push refused', { status: 403, reason: error.reason });
    return respond(403, '');
  }
  if (error instanceof MalformedError) {
    log.warn('push malformed', { status: 400, reason: error.message });
    return respond(400, '');
  }
  log.error('callback failed', { status: 500, error });
  return respond(500, '');
}

const headers = {
  text: headersOf('text/plain'),
  xml: headersOf('application/xml'),
  json: headersOf('application/json'),
} as const;

function headersOf(type: string): HttpResponse['headers'] {
  return Object.freeze({
    'content-type': `${type}; charset=utf-8`,
    'x-content-type-options': 'nosniff',
  });
}

function respond(status: number, body: string, type: 'text' | Notation = 'text'): HttpResponse {
  return { status, headers: headers[type], body };
}

/** The type as WeChat names it, or the name of the event. */
function typeOf(message: Message): string {
  if (message.type === 'event') return eventName(message);
  return message.type === 'unknown' ? message.msgType : message.type;
}
