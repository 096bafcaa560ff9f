import { describe, expect, test } from '@jest/globals';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import {
  accountConfig,
  jsonResponse,
  noChance,
  reachedBy,
  silentLog,
} from '../../scripts/testing/token/token-fixture.ts';
import { AppError } from '../kernel/errors.ts';
import { createMemoryStore } from '../store/memory.ts';
import { type Transport, TransportError } from '../wechat/client/index.ts';
import { createTokens } from './index.ts';

type TransportRequest = Parameters<Transport>[0];

const baseUrl = 'https://api.weixin.qq.com';
const secret = accountConfig.appsecret.reveal();

function prepare(answer: (request: TransportRequest) => [status: number, body: string]) {
  const sent: TransportRequest[] = [];
  const transport: Transport = async (request) => {
    sent.push(request);
    const [status, body] = answer(request);
    return jsonResponse(body, status);
  };
  const clock = createFakeClock();
  const tokensOf = (tokenKind: 'stable' | 'classic') =>
    createTokens({
      store: createMemoryStore({ now: clock.now }),
      wechat: { ...reachedBy(transport), fallbackUrls: ['https://api2.weixin.qq.com'] },
      config: { ...accountConfig, tokenKind, jsapiTicket: 'on' },
      clock,
      random: noChance,
      log: silentLog,
    });
  /** The error of a call whose caller does not wait for the next tries. */
  async function errorOf(tokens: ReturnType<typeof tokensOf>): Promise<AppError> {
    const failing = tokens.accessToken.refreshIfDue().catch((error: unknown) => error);
    for (let spent = 0; spent < 60; spent++) await clock.advance(1_000);
    const error = await failing;
    if (error instanceof AppError) return error;
    throw new Error('it did not fail', { cause: error });
  }
  return { sent, tokensOf, errorOf };
}

const granted = JSON.stringify({ access_token: 'T0', expires_in: 7_200 });

describe('the fetchers', () => {
  test('posts for a stable token, over a connection of its own', async () => {
    const { sent, tokensOf } = prepare(() => [200, granted]);

    await tokensOf('stable').accessToken.get();

    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: `${baseUrl}/cgi-bin/stable_token`,
      fresh: true,
    });
    expect(JSON.parse(String(sent[0]?.body))).toEqual({
      grant_type: 'client_credential',
      appid: accountConfig.appid,
      secret,
      force_refresh: false,
    });
  });

  test('asks for a classic token by its query, and for a ticket with the token', async () => {
    const { sent, tokensOf } = prepare(({ url }) => [
      200,
      url.includes('getticket') ? '{"errcode":0,"ticket":"J0","expires_in":7200}' : granted,
    ]);

    const ticket = await tokensOf('classic').jsapiTicket.get();

    expect(ticket.reveal()).toBe('J0');
    expect(sent.map(({ url }) => url)).toEqual([
      `${baseUrl}/cgi-bin/token?grant_type=client_credential&appid=${accountConfig.appid}&secret=${secret}`,
      `${baseUrl}/cgi-bin/ticket/getticket?type=jsapi&access_token=T0`,
    ]);
  });

  test.each([
    ['a page of a gateway', 502, '<html>Bad Gateway</html>', 'answer'],
    ['no JSON', 200, 'oops', 'answer'],
    ['too much', 200, `"${'x'.repeat(70_000)}"`, 'answer'],
    ['JSON without a token', 200, '{"expires_in":7200}', 'answer'],
    ['a token without an end', 200, '{"access_token":"T0"}', 'answer'],
    ['a token that has ended', 200, '{"access_token":"T0","expires_in":0}', 'answer'],
    ['a list', 200, '[1]', 'answer'],
  ])('takes %s for a failure that may pass', async (_, status, body, reason) => {
    const { sent, tokensOf, errorOf } = prepare(() => [status, body]);

    const error = await errorOf(tokensOf('stable'));

    expect(error.details).toMatchObject({ reason });
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.length).toBeLessThan(8);
  });

  test('asks the next host of WeChat where one cannot be reached, since nothing was sent', async () => {
    const { sent, tokensOf } = prepare(({ url }) => {
      if (url.startsWith(baseUrl)) {
        throw new TransportError({ code: 'ECONNREFUSED', maybeSent: false, wasReused: false });
      }
      return [200, granted];
    });

    const token = await tokensOf('stable').accessToken.get();

    expect(token.reveal()).toBe('T0');
    expect(sent.map(({ url }) => new URL(url).hostname)).toEqual([
      'api.weixin.qq.com',
      'api2.weixin.qq.com',
    ]);
  });

  test('tells what failed in the network, and nothing of the address with the secret', async () => {
    const { tokensOf, errorOf } = prepare(({ url }) => {
      const cause = new Error(`connect to ${url}`);
      throw new TransportError({ code: 'ECONNREFUSED', maybeSent: false, wasReused: false, cause });
    });

    const error = await errorOf(tokensOf('classic'));

    expect(error.message).toContain('(ECONNREFUSED)');
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(secret);
  });
});
