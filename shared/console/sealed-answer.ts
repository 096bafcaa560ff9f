import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;

/**
 * Seals an answer for the page that has asked, under the key that this page has chosen: AES-256-GCM, iv and
 * text and tag in base64url. SCF writes into its log what an event function returns, and followers' names
 * must not stand there, nor anything that opens a session. The page's `answer.ts` opens it.
 */
export function sealAnswer(pageKey: string, answer: unknown): string {
  const key = Buffer.from(hkdfSync('sha256', pageKey, '', 'fuwuhao v1 console answer', 32));
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
}
