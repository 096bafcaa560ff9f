import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { doubtCos } from './cos-signature.ts';
import { doubtTc3 } from './tc3.ts';

const base = { appid: '1', uin: '1' };

describe('TC3', () => {
  /** The example of https://cloud.tencent.com/document/api/213/30654. */
  const account = {
    ...base,
    secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  };
  const scope = 'Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request';
  const request = {
    method: 'POST',
    host: 'cvm.tencentcloudapi.com',
    url: '/',
    headers: {
      host: 'cvm.tencentcloudapi.com',
      'content-type': 'application/json; charset=utf-8',
      'x-tc-timestamp': '1551113065',
      authorization: `TC3-HMAC-SHA256 ${scope}, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168`,
    },
    body: Buffer.from(
      String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
    ),
  };
  const then = 1_551_113_065_000;
  const doubt = (changes: object, now = then) => doubtTc3({ ...request, ...changes }, account, now);
  const header = (changes: object) => ({ headers: { ...request.headers, ...changes } });

  test('the documented example is believed', () => {
    expect(doubt({})).toBeUndefined();
  });

  test.each([
    ['another body', { body: Buffer.from('{}') }, 'AuthFailure.SignatureFailure'],
    ['another path', { url: '/?a=1' }, 'AuthFailure.SignatureFailure'],
    ['another service', { host: 'scf.tencentcloudapi.com' }, 'AuthFailure.SignatureFailure'],
    ['no signature', header({ authorization: undefined }), 'AuthFailure.InvalidAuthorization'],
    ['a token that nobody gave out', header({ 'x-tc-token': 't' }), 'AuthFailure.TokenFailure'],
    ['another day', header({ 'x-tc-timestamp': '1551199465' }), 'AuthFailure.SignatureExpire'],
  ])('%s is not', (_, changes, code) => {
    expect(doubt(changes)).toBe(code);
  });

  test('nor is it after five minutes, or with keys of another account', () => {
    expect(doubt({}, then + 301_000)).toBe('AuthFailure.SignatureExpire');
    expect(doubtTc3(request, { ...account, secretId: 'AKID' }, then)).toBe(
      'AuthFailure.SecretIdNotFound',
    );
  });
});

describe('COS', () => {
  /** The example of https://cloud.tencent.com/document/product/436/7778, an upload. */
  const account = {
    ...base,
    secretId: 'AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q',
    secretKey: 'BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz',
  };
  const time = '1557989151;1557996351';
  const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
  const hmac = (key: string, text: string) => createHmac('sha1', key).update(text).digest('hex');
  const headers = {
    'content-type': 'text/plain',
    host: 'examplebucket-1250000000.cos.ap-beijing.myqcloud.com',
  };

  function signed(path: string, query = '') {
    const parameters = new URLSearchParams(query);
    const names = [...parameters.keys()];
    const text = [
      'put',
      path,
      names.map((name) => `${name}=${encodeURIComponent(parameters.get(name) ?? '')}`).join('&'),
      `content-type=text%2Fplain&host=${headers.host}`,
      '',
    ].join('\n');
    const signature = hmac(hmac(account.secretKey, time), `sha1\n${time}\n${sha1(text)}\n`);
    return {
      method: 'PUT',
      host: headers.host,
      url: encodeURI(path) + (query ? `?${query}` : ''),
      headers: {
        ...headers,
        authorization: `q-sign-algorithm=sha1&q-ak=${account.secretId}&q-sign-time=${time}&q-key-time=${time}&q-header-list=content-type;host&q-url-param-list=${names.join(';')}&q-signature=${signature}`,
      },
      body: Buffer.alloc(0),
    };
  }
  const now = 1_557_989_152_000;

  test('a signed request is believed, with Chinese names and parameters too', () => {
    expect(doubtCos(signed('/目录/a b.zip', 'prefix=x%2Fy'), account, now)).toBeUndefined();
  });

  test('another path, header, time, key or token is not', () => {
    const request = signed('/a.zip');

    expect(doubtCos({ ...request, url: '/b.zip' }, account, now)).toBe('SignatureDoesNotMatch');
    expect(doubtCos({ ...request, headers: { ...request.headers, host: 'x' } }, account, now)).toBe(
      'SignatureDoesNotMatch',
    );
    expect(doubtCos(request, account, now + 8e6)).toBe('RequestTimeTooSkewed');
    expect(doubtCos(request, { ...account, secretId: 'x' }, now)).toBe('InvalidAccessKeyId');
    expect(doubtCos(request, { ...account, sessionToken: 't' }, now)).toBe('InvalidSecurity');
    expect(doubtCos({ ...request, headers }, account, now)).toBe('AccessDenied');
  });
});
