import type { PushAccount } from './account.ts';
import { encrypt, sign } from './crypto.ts';
import { writeXml } from './xml-writer.ts';

/** What changes from one delivery of the same message to the next. */
export interface Stamp {
  /** Unix seconds. */
  readonly timestamp: string;
  readonly nonce: string;
}

export interface SealedPush {
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signs a message and, outside plain mode, encrypts it: the query and the body of one delivery. */
export function sealPush(
  account: PushAccount,
  openid: string,
  message: string,
  { timestamp, nonce }: Stamp,
): SealedPush {
  const signature = sign(account.token, timestamp, nonce);
  const query = { signature, timestamp, nonce, openid };
  if (account.mode === 'plain') return { query, body: message };

  const encrypted = encrypt(account.encodingAesKey, account.appid, message);
  return {
    query: {
      ...query,
      encrypt_type: 'aes',
      msg_signature: sign(account.token, timestamp, nonce, encrypted),
    },
    body:
      account.mode === 'safe'
        ? wrap(account.originalId, message, encrypted)
        : addTo(message, encrypted),
  };
}

function wrap(originalId: string, message: string, encrypted: string): string {
  const fields = { ToUserName: originalId, Encrypt: encrypted };
  return isJson(message) ? JSON.stringify(fields) : writeXml(fields);
}

/** Compat: the plain fields and the ciphertext in one body. */
function addTo(message: string, encrypted: string): string {
  if (!isJson(message)) {
    return message.replace(
      /<\/xml>\s*$/,
      () => `<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    );
  }
  return message.replace(/\}\s*$/, () => `,"Encrypt":${JSON.stringify(encrypted)}}`);
}

export function isJson(message: string): boolean {
  return message.trimStart().startsWith('{');
}
