import { describe, expect, test } from '@jest/globals';
import * as wecom from '@wecom/crypto';
import fc from 'fast-check';
import { decrypt, encrypt, sign } from './crypto.ts';

/** The vectors that WeChat publishes, and one of Tencent's own samples (`hello`). */
const demoKey = 'A'.repeat(43);
const demoAppid = 'wxba5fad812f8e6fb9';
const vectors = [
  {
    name: 'the push of the push debug tool',
    token: 'AAAAA',
    key: demoKey,
    appid: demoAppid,
    timestamp: '1714112445',
    nonce: '415670741',
    random: 'a8eedb185eb2fecf',
    message:
      '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
    encrypted:
      '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
    signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
  },
  {
    name: 'the reply to it',
    token: 'AAAAA',
    key: demoKey,
    appid: demoAppid,
    timestamp: '1713424427',
    nonce: '415670741',
    random: '707722b803182950',
    message: '{"demo_resp":"good luck"}',
    encrypted:
      'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
    signature: '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
  },
  {
    name: 'the XML sample of WXBizMsgCrypt',
    token: 'QDG6eK',
    key: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    appid: 'wx5823bf96d3bd56c7',
    timestamp: '1409659813',
    nonce: '1372623149',
    encrypted:
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
    signature: '477715d11cdb4164915debcba66cb864d751f3e6',
  },
  {
    name: 'Chinese text under a key with loose bits at its end',
    token: 'testtoken',
    key: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    appid: 'wx0123456789abcdef',
    timestamp: '1700000000',
    nonce: 'nonce123',
    random: '0123456789abcdef',
    message:
      '<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content><MsgId>1234567890123456</MsgId></xml>',
    encrypted:
      'Q3stYC6hdFzMh9T8HCvyDMpVZSnK8QoS4NPD7JNcmXpXM+eYDCygsbLEyqy+7toErlWr0azEWiPE6qh4t7aBb2BETIboJC9UmLpzwAq8s67WRWA1LAFuVyVo62n27pAYC/GXXVkCjtY9gBZSwK+HQzU8uiVpn4t+ot+/KzhqG4BRpxMX8dV0kRZNtVCm4uK46PmSTrPO43UgBWkqznBYA94kGDSRf4cM3FqoS2tdWval82LBlu8kcM/Pb3xIEIEhdDSLvTLnno+Ky5Pv6s3wYXaVIpts2EJ+b4Eg5/SinBkG1i8qGRB0LTLymeDYNgf96VMUOF1mDmkfoAvjzIPc5jgyqb9C9Z7ccomAR3O7ZWDCIA9kveTsDBHeWL+pD7qz',
    signature: 'c02e2fb04586359ccaf39793389d3782333a577d',
  },
];

describe('official vectors', () => {
  test('the signature of a push in plain mode', () => {
    expect(sign('AAAAA', '1714037059', '486452656')).toBe(
      '899cf89e464efb63f54ddac96b0a0a235f53aa78',
    );
    expect(sign('AAAAA', '1714112445', '415670741')).toBe(
      '6c5c811b55cc85e0e1b54100749188c20beb3f5d',
    );
    expect(sign('testtoken', '1700000000', 'nonce123')).toBe(
      'ee0843455eb31b87dbf6d6890273a3ab976bd56e',
    );
  });

  test.each(vectors)('$name', ({ token, key, appid, timestamp, nonce, encrypted, ...vector }) => {
    const opened = decrypt(key, encrypted);

    expect(sign(token, timestamp, nonce, encrypted)).toBe(vector.signature);
    expect(opened.appid).toBe(appid);
    expect(encrypt(key, appid, opened.message, opened.random)).toBe(encrypted);
    if (vector.message) {
      expect(opened.message).toBe(vector.message);
      expect(opened.random.toString()).toBe(vector.random);
    } else {
      expect(opened.message).toContain('<Content><![CDATA[hello]]></Content>');
      expect(opened.message).toContain('<MsgId>4561255354251345929</MsgId>');
      expect(Buffer.byteLength(opened.message)).toBe(284);
    }
  });
});

const anyKey = fc.stringMatching(/^[A-Za-z0-9]{43}$/);
const anyText = fc.string({ unit: 'grapheme', maxLength: 200 });

test('agrees with an independent implementation in both directions', () => {
  fc.assert(
    fc.property(anyKey, anyText, (key, message) => {
      const theirs = wecom.decrypt(key, encrypt(key, demoAppid, message));
      const ours = decrypt(key, wecom.encrypt(key, message, demoAppid));

      expect(theirs).toMatchObject({ message, id: demoAppid });
      expect(ours).toMatchObject({ message, appid: demoAppid });
    }),
    { numRuns: 500 },
  );
});

test('pads by 1 to 32 bytes, and never leaves an aligned block without padding', () => {
  for (let length = 0; length <= 64; length += 1) {
    const encrypted = encrypt(demoKey, demoAppid, 'x'.repeat(length));
    const bytes = Buffer.from(encrypted, 'base64').length;
    const content = 16 + 4 + length + demoAppid.length;
    expect(bytes % 32).toBe(0);
    expect(bytes).toBeGreaterThan(content);
    expect(bytes).toBeLessThanOrEqual(content + 32);
  }
});

test.each([
  ['no base64', 'not base64!', /base64/],
  ['half a block', Buffer.alloc(16).toString('base64'), /multiple of 32/],
  ['another key', encrypt('B'.repeat(43), demoAppid, 'hi'), /cannot be decrypted/],
])('refuses %s', (_name, encrypted, reason) => {
  expect(() => decrypt(demoKey, encrypted)).toThrow(reason);
});
