import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import type { RecordedCall } from '../../wechat/state/calls.ts';
import { curlOfCall, curlOfDelivery } from './curl.ts';

/** What a shell makes of the command: its words. */
const wordsOf = (command: string) =>
  execFileSync('sh', ['-c', `ACCESS_TOKEN=T; printf '%s\\n' ${command}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');

test('a delivery becomes a command that a shell reads back as it was', () => {
  const body = "<xml>it's $HOME `x`</xml>";

  expect(
    wordsOf(
      curlOfDelivery({
        at: 0,
        ms: 1,
        url: 'http://127.0.0.1:1/callback?a=1&b=2',
        requestBody: body,
        requestHeaders: { 'content-type': 'text/xml' },
      }),
    ),
  ).toEqual([
    'curl',
    'http://127.0.0.1:1/callback?a=1&b=2',
    '-H',
    'content-type: text/xml',
    '--data-binary',
    body,
  ]);
});

test('a call asks the shell for the token', () => {
  const call: RecordedCall = {
    id: 1,
    at: 0,
    method: 'POST',
    path: '/cgi-bin/menu/create',
    endpoint: 'menu.create',
    query: { access_token: '***' },
    body: '{"button":[]}',
    clientIp: '127.0.0.1',
    cloud: null,
    status: 200,
    errcode: 0,
    answer: '{}',
    rid: null,
    fault: null,
    ms: 1,
  };

  expect(wordsOf(curlOfCall(call, 'http://127.0.0.1:8801'))).toEqual([
    'curl',
    '-X',
    'POST',
    'http://127.0.0.1:8801/cgi-bin/menu/create?access_token=T',
    '-H',
    'content-type: application/json',
    '--data-binary',
    '{"button":[]}',
  ]);
});
