import { encrypt, getSignature } from '@wecom/crypto';
import { testAccount } from '../test-account.ts';

export type PushMode = 'plain' | 'compat' | 'safe';

export interface SignedPush {
  query: Record<string, string>;
  body: string;
}

/** A push as WeChat would post it, made with an independent implementation of its encryption. */
export function signedPush(
  message: string,
  options: {
    readonly mode: PushMode;
    readonly now: number;
    readonly account?: typeof testAccount;
    /** What stands in the envelope; made from `message` unless given. */
    readonly encrypted?: string;
  },
): SignedPush {
  const account = options.account ?? testAccount;
  const timestamp = String(Math.floor(options.now / 1000));
  const nonce = '486452656';
  const query = {
    signature: getSignature(account.token, timestamp, nonce, ''),
    timestamp,
    nonce,
    openid: 'oUser',
  };
  if (options.mode === 'plain') return { query, body: message };

  const encrypted = options.encrypted ?? encrypt(account.encodingAesKey, message, account.appid);
  const envelope = `<ToUserName><![CDATA[${account.originalId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt>`;
  return {
    query: {
      ...query,
      encrypt_type: 'aes',
      msg_signature: getSignature(account.token, timestamp, nonce, encrypted),
    },
    body:
      options.mode === 'safe'
        ? `<xml>${envelope}</xml>`
        : message.replace('</xml>', `<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`),
  };
}

export function textMessage(content: string, now: number, msgId = '6272960105994287618'): string {
  const seconds = Math.floor(now / 1000);
  return `<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName><CreateTime>${seconds}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content.replaceAll(']]>', ']]]]><![CDATA[>')}]]></Content><MsgId>${msgId}</MsgId></xml>`;
}
