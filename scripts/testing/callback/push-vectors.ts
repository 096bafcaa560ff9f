/**
 * The published vectors of WeChat's push signature and encryption, and one of our own with Chinese
 * text and a key whose last bits are not zero. Plain data: each side checks them with its own code.
 */

const ZERO_KEY = 'A'.repeat(43);

/** Plain mode: a signature only. */
export const plainVector = {
  token: 'AAAAA',
  timestamp: '1714037059',
  nonce: '486452656',
  signature: '899cf89e464efb63f54ddac96b0a0a235f53aa78',
};

/** Ciphertexts with their plaintexts and signatures. */
export const cipherVectors = {
  official: {
    token: 'AAAAA',
    encodingAesKey: ZERO_KEY,
    appid: 'wxba5fad812f8e6fb9',
    timestamp: '1714112445',
    nonce: '415670741',
    signature: '6c5c811b55cc85e0e1b54100749188c20beb3f5d',
    msgSignature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
    random: 'a8eedb185eb2fecf',
    message:
      '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
    encrypted:
      '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJG' +
      'QqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrf' +
      'MZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgR' +
      'tWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
  },
  reply: {
    token: 'AAAAA',
    encodingAesKey: ZERO_KEY,
    appid: 'wxba5fad812f8e6fb9',
    timestamp: '1713424427',
    nonce: '415670741',
    msgSignature: '1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1',
    random: '707722b803182950',
    message: '{"demo_resp":"good luck"}',
    encrypted:
      'ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==',
  },
  own: {
    token: 'testtoken',
    encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    appid: 'wx0123456789abcdef',
    timestamp: '1700000000',
    nonce: 'nonce123',
    signature: 'ee0843455eb31b87dbf6d6890273a3ab976bd56e',
    msgSignature: 'c02e2fb04586359ccaf39793389d3782333a577d',
    random: '0123456789abcdef',
    message:
      '<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好]]></Content><MsgId>1234567890123456</MsgId></xml>',
    encrypted:
      'Q3stYC6hdFzMh9T8HCvyDMpVZSnK8QoS4NPD7JNcmXpXM+eYDCygsbLEyqy+7toErlWr0azEWiPE6qh4t7aBb2BE' +
      'TIboJC9UmLpzwAq8s67WRWA1LAFuVyVo62n27pAYC/GXXVkCjtY9gBZSwK+HQzU8uiVpn4t+ot+/KzhqG4BRpxMX' +
      '8dV0kRZNtVCm4uK46PmSTrPO43UgBWkqznBYA94kGDSRf4cM3FqoS2tdWval82LBlu8kcM/Pb3xIEIEhdDSLvTLn' +
      'no+Ky5Pv6s3wYXaVIpts2EJ+b4Eg5/SinBkG1i8qGRB0LTLymeDYNgf96VMUOF1mDmkfoAvjzIPc5jgyqb9C9Z7c' +
      'comAR3O7ZWDCIA9kveTsDBHeWL+pD7qz',
  },
} as const;

/** From the sample code of WXBizMsgCrypt; its random bytes are not published. */
export const sampleVector = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  appid: 'wx5823bf96d3bd56c7',
  timestamp: '1409659813',
  nonce: '1372623149',
  msgSignature: '477715d11cdb4164915debcba66cb864d751f3e6',
  content: 'hello',
  msgId: '4561255354251345929',
  messageBytes: 284,
  encrypted:
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3Qczc' +
    'dCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLj' +
    'vd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMn' +
    'vw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k' +
    '22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2Yoy' +
    'yH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
};
