import { expect, test } from '@jest/globals';
import { bodyOf } from '../../../scripts/emulator/wechat/push/body.ts';
import { samples } from '../../../scripts/emulator/wechat/push/samples.ts';
import { testAccount } from '../../../scripts/testing/test-account.ts';
import { parseAnyXml } from '../xml-parser.ts';
import { followerOf } from './follower-of.ts';
import { eventName, type Message, readMessage } from './message.ts';

const account = { ...testAccount, mode: 'plain' } as const;
const pushed: readonly Message[] = samples('oAlice').map((message) =>
  readMessage(parseAnyXml(bodyOf(account, message, { createTime: 1, msgId: () => '1' }).text)),
);
const nameOf = (message: Message) => (message.type === 'event' ? eventName(message) : message.type);

test('the follower is the sender, or is named by the push service that sends news of personal data', () => {
  const bySomeoneElse = pushed.filter(({ openid }) => openid !== 'oAlice');

  expect(bySomeoneElse.map(nameOf)).toEqual([
    'user_info_modified',
    'user_authorization_revoke',
    'user_authorization_cancellation',
  ]);
  expect(bySomeoneElse.map(followerOf)).toEqual(['oAlice', 'oAlice', 'oAlice']);
});

test('what concerns the account concerns no follower', () => {
  const ofNobody = pushed.filter((message) => followerOf(message) === undefined).map(nameOf);

  expect(ofNobody).toContain('MASSSENDJOBFINISH');
  expect(ofNobody).toContain('annual_renew');
  expect(ofNobody).not.toContain('text');
  expect(ofNobody).not.toContain('subscribe');
  expect(ofNobody).not.toContain('TEMPLATESENDJOBFINISH');
});

test('the sender of an event that is not known is taken for a follower', () => {
  const fields = { ToUserName: 'gh_1', FromUserName: 'oAlice', CreateTime: '1', MsgType: 'event' };

  expect(followerOf(readMessage({ ...fields, Event: 'brand_new' }))).toBe('oAlice');
});
