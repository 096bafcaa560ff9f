import type { Clock } from '../kernel/clock.ts';
import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Config } from '../kernel/settings.ts';
import { type Cipher, createCipher } from '../wechat/cipher.ts';
import type { Api } from '../wechat/client/index.ts';
import { MalformedError } from '../wechat/fields.ts';
import { type Message, readMessage } from '../wechat/message/message.ts';
import type { Notation } from '../wechat/push-body.ts';
import { replyTree } from '../wechat/reply.ts';
import { sign } from '../wechat/signature.ts';
import { writeXml, type XmlTree } from '../wechat/xml.ts';
import { answer } from './answer.ts';
import type { Middleware } from './compose.ts';
import type { Context } from './context.ts';
import {
  type OpenedPush,
  openPush,
  type PushConfig,
  RefusedError,
  verifyRequest,
} from './open-push.ts';

export type ReceiverConfig = PushConfig & Pick<Config, 'appid' | 'encodingAesKey'>;

export interface ReceiverOptions {
  readonly config: ReceiverConfig;
  readonly handle: Middleware<Context>;
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  /** Stores a message for the worker, which runs its handlers later. */
  readonly later?: (message: Message) => Promise<void>;
}

/**
 * The callback: WeChat's URL verification (GET) and its pushes (POST). Fails closed: 403 for whatever
 * WeChat did not send, 400 for what nobody can read, and the reason for either only in the log.
 */
export function createReceiver(options: ReceiverOptions): HttpHandler {
  const { config, handle, api, clock, log, later } = options;
  const cipher =
    config.encodingAesKey &&
    createCipher({ appid: config.appid, encodingAesKey: config.encodingAesKey });

  return async (request) => {
    const startedAt = clock.now();
    const requestLog = log.child({ requestId: request.requestId });
    try {
      switch (request.method) {
        case 'GET':
          return verifyUrl(config, request, startedAt);
        case 'POST':
          return await receive(request, startedAt, requestLog);
        default:
          return respond(405, '');
      }
    } catch (error) {
      return refuse(error, requestLog);
    }
  };

  async function receive(
    request: HttpRequest,
    startedAt: number,
    requestLog: Log,
  ): Promise<HttpResponse> {
    const push = openPush(config, cipher, request, startedAt);
    const message = readMessage(push.fields);
    const messageLog = requestLog.child({
      openid: message.openid,
      messageId: 'msgId' in message ? message.msgId : undefined,
      message: describe(message),
    });
    const reply = await answer(message, {
      handle,
      api,
      clock,
      log: messageLog,
      startedAt,
      later,
    });
    messageLog.info('answered', { reply: reply?.type ?? 'none', ms: clock.now() - startedAt });
    if (!reply) return respond(200, 'success');
    return seal(replyTree(message, reply, clock.now()), push);
  }

  /** The reply in the notation and under the protection in which the push came. */
  function seal(tree: XmlTree, { notation, envelope }: OpenedPush): HttpResponse {
    const plaintext = write(notation, tree);
    if (!envelope || !cipher) return respond(200, plaintext, notation);
    const encrypted = (cipher as Cipher).encrypt(plaintext);
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

/** Answers with `echostr` to the letter, as plain text that no browser takes for a page. */
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

const contentTypes = {
  text: 'text/plain; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;

function respond(status: number, body: string, type: 'text' | Notation = 'text'): HttpResponse {
  return {
    status,
    headers: { 'content-type': contentTypes[type], 'x-content-type-options': 'nosniff' },
    body,
  };
}

function write(notation: Notation, tree: XmlTree): string {
  return notation === 'xml' ? writeXml(tree) : JSON.stringify(tree);
}

function describe(message: Message): string {
  if (message.type === 'event') {
    return message.event === 'unknown' ? message.name : message.event;
  }
  return message.type === 'unknown' ? message.msgType : message.type;
}
