import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { Secret } from '../kernel/secret.ts';
import { createHttpTransport } from '../wechat/client/index.ts';
import { createWebhook, type WebhookKind } from './webhook.ts';

const KEY = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const notice = {
  key: 'jobsDead.1767225600000.1',
  rule: 'jobsDead',
  status: 'firing',
  value: 2.3456,
  since: Date.UTC(2026, 0, 1),
  at: Date.UTC(2026, 0, 1, 0, 1),
} as const;

async function setUp(kind: WebhookKind, status = 200, answer = '{"errcode":0}') {
  const got: { url: string | undefined; body: unknown }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push({ url: request.url, body: JSON.parse(body) });
      response.writeHead(status).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(() => server.close());
  const deliver = createWebhook({
    transport: createHttpTransport({ clock: systemClock }),
    clock: systemClock,
    url: new Secret(`http://127.0.0.1:${port}/send?key=${KEY}`),
    kind,
    appid: 'wx0123456789abcdef',
    rules: {
      jobsDead: { summary: 'Jobs are dead.', advice: 'Look.', above: 0 },
    },
  });
  return { deliver, got, stop: () => server.close() };
}

describe('the webhook', () => {
  test('gets JSON, with an id by which to know a repeat', async () => {
    const { deliver, got } = await setUp('json', 204, '');

    await deliver(notice);

    expect(got).toEqual([
      {
        url: `/send?key=${KEY}`,
        body: {
          id: 'jobsDead.1767225600000.1',
          status: 'firing',
          rule: 'jobsDead',
          account: 'wx0123456789abcdef',
          summary: 'Jobs are dead.',
          advice: 'Look.',
          value: 2.3456,
          above: 0,
          since: '2026-01-01T00:00:00.000Z',
          at: '2026-01-01T00:01:00.000Z',
        },
      },
    ]);
  });

  test('of a WeCom robot gets its markdown', async () => {
    const { deliver, got } = await setUp('wecom');

    await deliver(notice);
    await deliver({ ...notice, status: 'resolved', value: 0 });

    expect(got.map(({ body }) => body)).toEqual([
      {
        msgtype: 'markdown',
        markdown: {
          content:
            '<font color="warning">**告警 jobsDead**</font> wx0123456789abcdef\nJobs are dead.\n> Look.\n> value 2.35, limit 0, since 2026-01-01T00:00:00.000Z',
        },
      },
      {
        msgtype: 'markdown',
        markdown: {
          content:
            '<font color="info">**恢复 jobsDead**</font> wx0123456789abcdef\nJobs are dead.\n> value 0, limit 0, since 2026-01-01T00:00:00.000Z',
        },
      },
    ]);
  });

  test.each<[string, WebhookKind, number, string]>([
    ['answers 500', 'json', 500, ''],
    ['redirects', 'json', 302, ''],
    [
      'is a robot with another key',
      'wecom',
      200,
      '{"errcode":93000,"errmsg":"invalid webhook url"}',
    ],
    ['is no robot', 'wecom', 200, '<html>'],
  ])(
    'that %s fails the delivery, without a word of its address',
    async (_, kind, status, answer) => {
      const { deliver } = await setUp(kind, status, answer);

      const error = await deliver(notice).catch((thrown: unknown) => thrown);

      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'upstream' });
      expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain(
        KEY,
      );
    },
  );

  test('that cannot be reached fails the delivery', async () => {
    const { deliver, stop } = await setUp('json');
    stop();

    await expect(deliver(notice)).rejects.toThrow(
      'The webhook of the alerts did not take a notice',
    );
  });
});
