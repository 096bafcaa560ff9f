import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { createInboxFixture } from '../../scripts/testing/callback/inbox-fixture.ts';
import { Router } from '../account/router.ts';
import type { Message } from '../wechat/message/message.ts';

/** Pushes of which people reported that they were refused, lost or misread. */
const folder = path.resolve(import.meta.dirname, '../../scripts/testing/callback/reported');
const reported = (file: string) => readFileSync(path.join(folder, file), 'utf8');

/** What the handlers of an account are given when these bodies are pushed one after the other. */
async function handled(...bodies: readonly string[]): Promise<readonly Message[]> {
  const messages: Message[] = [];
  const account = new Router().use(async (ctx) => void messages.push(ctx.message));
  const { post, clock } = createInboxFixture(account);
  // The time of all these pushes: a sealed one that is old is refused.
  await clock.advance(1_795_876_500_000 - clock.now());
  for (const body of bodies) {
    expect(await post(body)).toMatchObject({ status: 200, body: 'success' });
  }
  return messages;
}

test('two cards in one second are two cards, and a repeat of one is a repeat', async () => {
  const [one, two] = ['card-events-same-second.1.xml', 'card-events-same-second.2.xml'] as const;

  expect(await handled(reported(one), reported(two), reported(one))).toMatchObject([
    { event: 'user_get_card', cardCode: '491918998592' },
    { event: 'user_get_card', cardCode: '491918998593' },
  ]);
});

test('two people who withdraw their consent in one second are two people', async () => {
  const [one, two] = ['revoke-same-second.1.xml', 'revoke-same-second.2.xml'] as const;

  expect(await handled(reported(one), reported(two), reported(two))).toMatchObject([
    { event: 'user_authorization_revoke', userOpenid: 'oVictim00001' },
    { event: 'user_authorization_revoke', userOpenid: 'oVictim00002' },
  ]);
});

test('a place without coordinates is a push like any other', async () => {
  const [message] = await handled(reported('location-empty.xml'));

  expect(message).toMatchObject({ event: 'LOCATION', openid: 'oLoc00000001' });
  for (const name of ['latitude', 'longitude', 'precision']) {
    expect(message).not.toHaveProperty(name);
  }
});

test('the number of a payment is no scene', async () => {
  const [message] = await handled(reported('subscribe-after-payment.xml'));

  expect(message).toMatchObject({
    event: 'subscribe',
    lastTradeNo: '4000000000000000000000000001',
  });
  expect(message).not.toHaveProperty('key');
});

test('an answer at the top of a JSON push, alone, is one answer', async () => {
  expect(await handled(reported('subscribe-popup-list.json'))).toMatchObject([
    { answers: [{ templateId: 'T', status: 'accept', popupScene: 0 }] },
  ]);
});
