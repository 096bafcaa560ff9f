import { expect, test } from '@jest/globals';
import type { RecordedCall } from '../wechat/state/calls.ts';
import { describeCall } from './describe-traffic.ts';

const call = (change: Partial<RecordedCall>): RecordedCall => ({
  id: 1,
  at: 0,
  method: 'POST',
  path: '/cgi-bin/message/custom/send',
  endpoint: 'customerService.send',
  query: {},
  body: '',
  clientIp: '127.0.0.1',
  cloud: null,
  status: 200,
  errcode: 0,
  answer: '{}',
  rid: null,
  fault: null,
  ms: 1,
  ...change,
});

test.each<[string, Partial<RecordedCall>, object]>([
  ['one follower', { body: '{"touser":"oAlice","msgtype":"text"}' }, { openid: 'oAlice' }],
  ['one in the query', { query: { openid: 'oBob' } }, { openid: 'oBob' }],
  [
    'several',
    { body: '{"openid_list":["oAlice","oBob"],"tagid":100}' },
    { openid: 'oAlice', others: ['oBob'] },
  ],
  ['a batch', { body: '{"user_list":[{"openid":"oBob","lang":"zh_CN"}]}' }, { openid: 'oBob' }],
])('a call names %s', (_, change, expected) => {
  expect(describeCall(call(change))).toMatchObject(expected);
});

test.each([
  ['nobody', '{"button":[]}'],
  ['a file', '--boundary\r\n'],
  ['broken JSON', '{"touser":"oAlice"'],
])('a call with %s names no follower', (_, body) => {
  expect(describeCall(call({ body }))).not.toHaveProperty('openid');
});
