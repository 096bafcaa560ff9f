import type { Middleware } from '../account/compose.ts';
import type { Context } from '../account/context.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Eventual, rescue, whenDone } from '../kernel/eventual.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import { createCipher } from '../wechat/cipher.ts';
import type { Api } from '../wechat/client/index.ts';
import { MalformedError } from '../wechat/fields.ts';
import { followerOf } from '../wechat/message/follower-of.ts';
import { eventName, type Message, readMessage } from '../wechat/message/message.ts';
import { messageId } from '../wechat/message/message-id.ts';
import type { Notation } from '../wechat/push-body.ts';
import { type Reply, replyTree, text } from '../wechat/reply.ts';
import { sign } from '../wechat/signature.ts';
import { writeXml, type XmlTree } from '../wechat/xml.ts';
import type { AllowList } from './allow-list.ts';
import { createFloodGuard } from './flood.ts';
import { handleMessage } from './handle-message.ts';
import type { Inbox } from './inbox.ts';
import type { MessageQueue } from './message-job.ts';
import {
  checkCreateTime,
  type OpenedPush,
  openPush,
  type PushConfig,
  RefusedError,
  verifyRequest,
} from './open-push.ts';
import { COMES_AGAIN_BEFORE_MS, REPEAT_AFTER_MS } from './timing.ts';

export type ReceiverConfig = PushConfig &
  Pick<
    Config,
    'appid' | 'encodingAesKey' | 'inboxWithoutStore' | 'followerMessagesPerMinute' | 'floodReply'
  >;

export interface ReceiverOptions {
  readonly config: ReceiverConfig;
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  /** Without a list a push may come from any address. */
  readonly allowList?: AllowList | undefined;
  readonly inbox: Inbox;
  readonly queue: Pick<MessageQueue, 'wakeWorker'>;
}

/**
 * The callback: WeChat's URL verification (GET) and its pushes (POST). Fails closed: 403 for a request
 * that WeChat did not send, 400 for a push that cannot be read, and the reason for either only in the
 * log.
 */
export function createReceiver(options: ReceiverOptions): HttpHandler {
  const { config, handle, api, clock, log, allowList, inbox, queue } = options;
  const floodGuard = createFloodGuard({ clock, perMinute: config.followerMessagesPerMinute });
  const cipher =
    config.encodingAesKey &&
    createCipher({ appid: config.appid, encodingAesKey: config.encodingAesKey });

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
        const verified = verifyUrl(config, request, pushedAt);
        return whenDone(admit(request), () => verified);
      }
      case 'POST':
        return whenDone(openPush(config, cipher, request, pushedAt), (push) =>
          whenDone(admit(request), () => answerPush(push, pushedAt, request)),
        );
      default:
        return respond(405, '');
    }
  }

  /** @throws RefusedError for an address that is not on the list */
  function admit({ remoteAddress }: HttpRequest): Eventual<void> {
    if (!allowList) return;
    return whenDone(allowList.admits(remoteAddress), (isAdmitted) => {
      if (!isAdmitted) throw new RefusedError('address');
    });
  }

  function answerPush(
    push: OpenedPush,
    pushedAt: number,
    request: HttpRequest,
  ): Eventual<HttpResponse> {
    const message = readMessage(push.fields);
    checkCreateTime(config, push, message, pushedAt);
    const messageLog = log.child({
      requestId: request.requestId,
      openid: followerOf(message),
      messageId:
        message.type === 'event' ? messageId(message) : (message.msgId ?? messageId(message)),
      message: typeOf(message),
    });
    return rescue(
      () =>
        whenDone(replyTo(message, push, pushedAt, messageLog), (reply) =>
          reply ? seal(replyTree(message, reply, clock.now()), push) : respond(200, 'success'),
        ),
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
      log: messageLog,
      pushedAt,
      comesAgain: ageMs < COMES_AGAIN_BEFORE_MS,
      isRepeat,
      withoutStore: config.inboxWithoutStore,
    });
    return whenDone(handled, ({ reply, standing }) => {
      messageLog.info('answered', {
        reply: reply?.type ?? 'none',
        standing,
        ms: clock.now() - pushedAt,
      });
      return reply;
    });
  }

  /** The reply in the notation and under the protection in which the push came. */
  function seal(tree: XmlTree, { notation, envelope }: OpenedPush): HttpResponse {
    const plaintext = write(notation, tree);
    if (!envelope || !cipher) return respond(200, plaintext, notation);
    const encrypted = cipher.encrypt(plaintext);
    const timestamp = Math.floor(clock.now() / 1000);
    const sealed: XmlTree = {
      Encrypt: encrypted,
      MsgSignature: sign(config.token, String(timestamp), envelope.nonce, encrypted),
      TimeStamp: timestamp,
      Nonce: envelope.nonce,
    };
    return respond(200, write(envelope.notation, sealed), envelope.notation);
  }
}

/** Answers with `echostr` to the letter, as plain text that no browser renders as a page. */
function verifyUrl(config: PushConfig, request: HttpRequest, now: number): HttpResponse {
  verifyRequest(config, request.query, now);
  const { echostr } = request.query;
  if (!echostr) throw new RefusedError('missing parameter');
  return respond(200, echostr);
}

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

function write(notation: Notation, tree: XmlTree): string {
  return notation === 'xml' ? writeXml(tree) : JSON.stringify(tree);
}

/** The type as WeChat names it, or the name of the event. */
function typeOf(message: Message): string {
  if (message.type === 'event') return eventName(message);
  return message.type === 'unknown' ? message.msgType : message.type;
}
