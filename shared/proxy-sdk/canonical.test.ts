import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { answerToSign, textToSign } from './canonical.ts';

const secret = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const body = '{"button":[]}';
const nonce = 'f3a10000000000000000000000000001';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (text: string) => createHmac('sha256', secret).update(text).digest('hex');

test.each(['docs/proxy.md', 'docs/zh-CN/proxy.md'])('%s shows a vector that is right', (file) => {
  const request = textToSign(
    { client: 'crm', timestamp: '1767225600', nonce },
    {
      method: 'POST',
      path: '/v1/cgi-bin/menu/create',
      query: { b: '文', a: '1' },
      idempotencyKey: 'order-4711',
      contentType: 'application/json',
      bodyHash: sha256(body),
    },
  );
  const answer = answerToSign({
    client: 'crm',
    nonce,
    status: 200,
    contentType: 'application/json; charset=utf-8',
    bodyHash: sha256('{"errcode":0,"errmsg":"ok"}'),
  });

  const text = readFileSync(file, 'utf8');

  expect(text).toContain(`x-fuwuhao-auth: v2 crm 1767225600 ${nonce} ${hmac(request)}`);
  expect(text).toContain(`fuwuhao-signature: v2 ${hmac(answer)}`);
});
