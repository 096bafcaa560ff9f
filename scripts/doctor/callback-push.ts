import { randomInt } from 'node:crypto';
import { DOCTOR_EVENT } from '../../shared/callback/probe.ts';
import { collect } from '../../shared/kernel/collect.ts';
import { createCipher } from '../../shared/wechat/cipher.ts';
import { sign } from '../../shared/wechat/signature.ts';
import type { Deployment } from './deployment.ts';

/** A callback never answers more than this: WeChat takes no longer reply. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface CallbackAnswer {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
  /** The reply in it as XML, opened with our key where it is sealed. */
  readonly reply: string | undefined;
}

/** The doctor's own event, for which no handler is meant; the same in every delivery of it. */
export function doctorEvent(deployment: Deployment, key?: string): string {
  const createTime = seconds(deployment);
  const eventKey = key === undefined ? '' : `<EventKey>${key}</EventKey>`;
  return `<xml><ToUserName>doctor</ToUserName><FromUserName>doctor</FromUserName><CreateTime>${createTime}</CreateTime><MsgType>event</MsgType><Event>${DOCTOR_EVENT}</Event>${eventKey}</xml>`;
}

export function isSealed(deployment: Deployment): boolean {
  const { mode, encodingAesKey } = deployment.config('mode', 'encodingAesKey');
  return mode !== 'plain' && encodingAesKey !== undefined;
}

/** Delivers an event as WeChat does in the configured mode. @throws as `call` */
export async function pushEvent(
  deployment: Deployment,
  event: string,
  timeoutMs?: number,
): Promise<CallbackAnswer> {
  const { appid, encodingAesKey, token } = deployment.config('appid', 'encodingAesKey', 'token');
  if (!isSealed(deployment) || !encodingAesKey) {
    const answer = await call(deployment, 'POST', {}, event, timeoutMs);
    return { ...answer, reply: answer.body.startsWith('<xml>') ? answer.body : undefined };
  }
  const cipher = createCipher({ appid, encodingAesKey });
  const encrypted = cipher.encrypt(event);
  const stamp = stampOf(deployment);
  const query = {
    ...stamp,
    encrypt_type: 'aes',
    msg_signature: sign(token, stamp.timestamp, stamp.nonce, encrypted),
  };
  const envelope = `<xml><ToUserName>doctor</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`;
  const answer = await call(deployment, 'POST', query, envelope, timeoutMs);
  const [, sealed] = /<Encrypt><!\[CDATA\[([^\]]+)\]\]><\/Encrypt>/.exec(answer.body) ?? [];
  return { ...answer, reply: sealed && cipher.decrypt(sealed).toString() };
}

/** Calls the callback as WeChat does, signed. @throws Error if no whole answer comes in time */
export async function call(
  deployment: Deployment,
  method: 'GET' | 'POST',
  parameters: Readonly<Record<string, string>>,
  body: string,
  timeoutMs = 15_000,
): Promise<Omit<CallbackAnswer, 'reply'>> {
  const { token } = deployment.config('token');
  const stamp = stampOf(deployment);
  const url = new URL(await deployment.callbackUrl());
  const signature = sign(
    token,
    parameters.timestamp ?? stamp.timestamp,
    parameters.nonce ?? stamp.nonce,
  );
  const query = { ...stamp, signature, ...parameters };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const startedAt = deployment.clock.now();
  const answer = await deployment.transport({
    method,
    url: url.href,
    headers: method === 'POST' ? { 'content-type': 'text/xml' } : {},
    body: method === 'POST' ? Buffer.from(body) : undefined,
    fresh: true,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const bytes = await collect(answer.body, MAX_ANSWER_BYTES);
  const ms = deployment.clock.now() - startedAt;
  return { status: answer.status, body: String(bytes ?? ''), ms };
}

function stampOf(deployment: Deployment) {
  return { timestamp: String(seconds(deployment)), nonce: String(randomInt(1e9, 1e10)) };
}

function seconds({ clock }: Deployment): number {
  return Math.floor(clock.now() / 1000);
}
