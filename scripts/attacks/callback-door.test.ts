import { describe, expect, test } from '@jest/globals';
import { encrypt, getSignature } from '@wecom/crypto';
import { Router } from '../../shared/account/router.ts';
import { callbackApp } from '../../shared/app/callback.ts';
import { httpFunction } from '../../shared/scf/http.ts';
import {
  type PushMode,
  type SignedPush,
  signedPush,
  textMessage,
} from '../testing/callback/signed-push.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { testAccount, testEnv } from '../testing/test-account.ts';
import { createTally } from './tally.ts';

const tally = createTally("the callback's door");
const NOW = Date.UTC(2026, 0, 31, 12);
const MONTH_MS = 30 * 86_400_000;
const modes: readonly PushMode[] = ['plain', 'compat', 'safe'];

function openDoor(mode: PushMode) {
  const handled: string[] = [];
  const account = new Router().on('text', (ctx) => {
    handled.push(ctx.message.content);
    return ctx.reply('yes');
  });
  const app = callbackApp(account, {
    env: { ...testEnv, WECHAT_MODE: mode, LOG_LEVEL: 'error' },
    clock: createFakeClock(NOW),
    writeLine: () => {},
    random: () => 0.5,
  });
  const main = httpFunction(app);
  const knock = ({ query, body }: SignedPush, httpMethod = 'POST') =>
    main({ httpMethod, queryString: query, body, path: '/' }, { request_id: 'r' });
  return { handled, knock };
}

const genuine = (mode: PushMode, now = NOW, msgId = '1') =>
  signedPush(textMessage('hi', now, msgId), { mode, now });

/** A push of WeChat's that was signed with these two values. */
function signedWith(mode: PushMode, timestamp: string, nonce: string, now: number): SignedPush {
  const push = signedPush(textMessage('hi', now), { mode, now });
  const [, sealed = ''] = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(push.body) ?? [];
  return {
    body: push.body,
    query: {
      ...push.query,
      timestamp,
      nonce,
      signature: getSignature(testAccount.token, timestamp, nonce, ''),
      ...(sealed
        ? { msg_signature: getSignature(testAccount.token, timestamp, nonce, sealed) }
        : {}),
    },
  };
}

describe.each(modes)('in %s mode', (mode) => {
  test('every change of a query, and every wrong form of it, is refused', async () => {
    const { handled, knock } = openDoor(mode);
    const { query, body } = genuine(mode);
    const attacks: SignedPush[] = [];
    const names = ['signature', 'timestamp', 'nonce'];
    if (mode === 'safe') names.push('msg_signature');
    for (const name of names) {
      const value = query[name] ?? '';
      const { [name]: _, ...less } = query;
      attacks.push({ query: less, body });
      for (const other of ['', ' ', `${value} `, ` ${value}`, `${value}0`, value.slice(1), '0']) {
        attacks.push({ query: { ...query, [name]: other }, body });
      }
      if (/[a-f]/.test(value))
        attacks.push({ query: { ...query, [name]: value.toUpperCase() }, body });
      for (let at = 0; at < value.length; at += 1) {
        const changed = value[at] === '0' ? '1' : '0';
        const other = value.slice(0, at) + changed + value.slice(at + 1);
        attacks.push({ query: { ...query, [name]: other }, body });
      }
    }
    for (const timestamp of [
      '1e9',
      '0x7fffffff',
      '-1',
      'Infinity',
      'NaN',
      `${NOW}`,
      '9999999999',
    ]) {
      attacks.push(signedWith(mode, timestamp, 'n', NOW));
    }
    for (const nonce of ['1 2', '<x>', '\u0000', 'é', 'n'.repeat(65)]) {
      attacks.push(signedWith(mode, String(NOW / 1_000), nonce, NOW));
    }

    const passed: string[] = [];
    for (const attack of attacks) {
      const { statusCode, body: said } = await knock(attack);
      if (statusCode !== 403 || said !== '')
        passed.push(`${statusCode} ${JSON.stringify(attack.query)}`);
    }

    tally.refused(attacks.length, passed);
    expect(handled).toEqual([]);
  });

  test('a push of another account, of another key, and in another mode', async () => {
    const { handled, knock } = openDoor(mode);
    const other = (changes: Partial<typeof testAccount>) =>
      signedPush(textMessage('hi', NOW), {
        mode,
        now: NOW,
        account: { ...testAccount, ...changes } as typeof testAccount,
      });
    const attacks = [other({ token: 'anotherToken' as never })];
    if (mode !== 'plain') {
      attacks.push(other({ appid: 'wx0123456789abcdee' as never }));
      attacks.push(other({ encodingAesKey: 'B'.repeat(43) as never }));
    }
    if (mode === 'safe') attacks.push(genuine('plain'));
    if (mode === 'plain') attacks.push(genuine('safe'), genuine('compat'));
    const passed: string[] = [];
    for (const attack of attacks) {
      const { statusCode } = await knock(attack);
      if (statusCode !== 403) passed.push(String(statusCode));
    }

    tally.refused(attacks.length, passed);
    expect(handled).toEqual([]);
  });
});

describe.each<PushMode>(['compat', 'safe'])('a sealed push of 30 days ago in %s mode', (mode) => {
  test('does not become new by any other division of what is signed', async () => {
    const { handled, knock } = openDoor(mode);
    const then = NOW - MONTH_MS;
    const stamp = String(Math.floor(then / 1_000));
    // The nonce was such that it reads as the time of now.
    const recorded = signedWith(mode, stamp, String(NOW / 1_000), then);
    const joined = [stamp, String(NOW / 1_000)].sort().join('');
    const divisions = Array.from({ length: joined.length - 1 }, (_, at) => [
      joined.slice(0, at + 1),
      joined.slice(at + 1),
    ]);
    const attacks = divisions.flatMap(([first = '', second = '']) => [
      { timestamp: first, nonce: second },
      { timestamp: second, nonce: first },
    ]);
    const passed: string[] = [];
    for (const parts of attacks) {
      const { statusCode } = await knock({ ...recorded, query: { ...recorded.query, ...parts } });
      if (statusCode !== 403) passed.push(JSON.stringify(parts));
    }

    tally.refused(attacks.length, passed);
    expect(handled).toEqual([]);
  });

  test('a repeat of WeChat passes, whose message is a little older than its signature', async () => {
    const { handled, knock } = openDoor(mode);
    const first = NOW - 15_000;

    const answer = await knock(signedWith(mode, String(NOW / 1_000), '42', first));

    expect(answer.statusCode).toBe(200);
    expect(handled).toEqual(['hi']);
  });
});

/** Of texts with other lengths the padding has other lengths, from a byte to all of both blocks. */
const tails = ['', 'a'.repeat(7), 'a'.repeat(13), 'a'.repeat(20), 'a'.repeat(27)];

test.each(tails)(
  'whatever is wrong inside the ciphertext, the answer is the same (%p)',
  async (tail) => {
    const { handled, knock } = openDoor('safe');
    const message = textMessage(`hi${tail}`, NOW);
    const sealed = Buffer.from(
      encrypt(testAccount.encodingAesKey, message, testAccount.appid),
      'base64',
    );
    const answers = new Set<string>();
    let attacks = 0;
    // The last two blocks hold the padding; an oracle would tell a good one from a bad one.
    for (let at = sealed.length - 32; at < sealed.length; at += 1) {
      for (let bits = 1; bits < 256; bits += 1) {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ bits;
        const probe = signedPush('', {
          mode: 'safe',
          now: NOW,
          encrypted: changed.toString('base64'),
        });
        const { statusCode, body, headers } = await knock(probe);
        answers.add(JSON.stringify([statusCode, body, headers]));
        attacks += 1;
      }
    }

    tally.refused(attacks, answers.size === 1 ? [] : [...answers]);
    expect([...answers][0]).toContain('403');
    expect(handled).toEqual([]);
  },
);
