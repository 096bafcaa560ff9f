import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as wecom from '@wecom/crypto';
import { testAccount } from '../../../testing/test-account.ts';
import type { PushAccount, PushMode } from './account.ts';
import type { PushMessage } from './messages.ts';
import { ordinary } from './ordinary.ts';
import { createPush, type PushOptions, type PushResult } from './push.ts';

export type Listener = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Serves one callback on a free port of loopback while `use` runs. */
export async function withCallback<T>(
  listener: Listener,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    Promise.resolve(listener(request, response)).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`http://127.0.0.1:${port}/callback`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export const OPENID = 'oFollower';
export const account = testAccount;
export const inMode = (mode: PushMode): PushAccount => ({ ...account, mode });
export const NOW = Date.UTC(2026, 0, 1);
export const now = () => NOW;

export const textReply = (
  fields: Partial<Record<'to' | 'from' | 'time' | 'type' | 'rest', string>> = {},
) =>
  `<xml><ToUserName><![CDATA[${fields.to ?? OPENID}]]></ToUserName>` +
  `<FromUserName><![CDATA[${fields.from ?? account.originalId}]]></FromUserName>` +
  `<CreateTime>${fields.time ?? '1767225600'}</CreateTime>` +
  `<MsgType><![CDATA[${fields.type ?? 'text'}]]></MsgType>` +
  `${fields.rest ?? '<Content><![CDATA[hi]]></Content>'}</xml>`;

/** Seals an answer with the independent package. */
export function sealed(reply: string, change: Partial<{ appid: string; signature: string }> = {}) {
  const encrypted = wecom.encrypt(account.encodingAesKey, reply, change.appid ?? account.appid);
  const signature =
    change.signature ?? wecom.getSignature(account.token, '1767225600', 'n1', encrypted);
  return (
    `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt>` +
    `<MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
    '<TimeStamp>1767225600</TimeStamp><Nonce><![CDATA[n1]]></Nonce></xml>'
  );
}

export const always =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): Listener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

export function sendTo(
  listener: Listener,
  mode: PushMode,
  message: PushMessage = ordinary.text(OPENID, 'hello'),
  options: Partial<PushOptions> = {},
): Promise<PushResult> {
  return withCallback(listener, (callbackUrl) =>
    createPush({ account: inMode(mode), callbackUrl, now, ...options }).send(message),
  );
}

export async function receivedBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
