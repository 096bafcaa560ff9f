import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { PushMessage } from '../emulator/wechat/push/messages.ts';
import type { Outcome, Push } from '../emulator/wechat/push/push.ts';
import { chat } from './chat.ts';

/** Types the lines into a chat with an account that answers as told; gives what went out and came. */
async function typeLines(lines: readonly string[], outcome: Outcome) {
  const sent: PushMessage[] = [];
  const push = {
    send(message: PushMessage) {
      sent.push(message);
      return Promise.resolve({
        message: '',
        deliveries: [{ at: 0, url: '', requestBody: '', ms: 7 }],
        outcome,
      });
    },
  } as unknown as Push;
  const input = new PassThrough();
  const output = new PassThrough();
  const talking = chat({ push, input, output });
  input.end(`${lines.join('\n')}\n`);
  await talking;
  return { sent, shown: stripVTControlCharacters(String(output.read())) };
}

const silent: Outcome = { kind: 'silent' };

describe('chat', () => {
  test('sends what is typed as text, and shows the reply', async () => {
    const { sent, shown } = await typeLines(['你好', '//slash'], {
      kind: 'reply',
      reply: { type: 'text', content: 'echo' },
    });

    expect(sent).toMatchObject([
      { type: 'text', Content: '你好', openid: 'oAlice' },
      { type: 'text', Content: '/slash' },
    ]);
    expect(shown).toContain('◀ echo (7 ms)');
  });

  test('sends every other kind by command', async () => {
    const { sent } = await typeLines(
      [
        '/image m1',
        '/location 23.1 113.3 by the river',
        '/link https://a.b/ Title words',
        '/subscribe shop',
        '/scan 42',
        '/click SUPPORT',
        '/event brand_new EventKey=a=b Other=1',
        '/as oBob',
        '/unsubscribe',
      ],
      silent,
    );

    expect(sent).toMatchObject([
      { type: 'image', MediaId: 'm1' },
      { type: 'location', Location_X: 23.1, Location_Y: 113.3, Label: 'by the river' },
      { type: 'link', Url: 'https://a.b/', Title: 'Title words' },
      { type: 'event', Event: 'subscribe', EventKey: 'qrscene_shop' },
      { type: 'event', Event: 'SCAN', EventKey: '42' },
      { type: 'event', Event: 'CLICK', EventKey: 'SUPPORT' },
      { type: 'event', Event: 'brand_new', EventKey: 'a=b', Other: '1' },
      { type: 'event', Event: 'unsubscribe', openid: 'oBob' },
    ]);
  });

  test('repeats the last message as the same message', async () => {
    const { sent } = await typeLines(['hi', '/again'], silent);

    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });

  test('shows the fault notice as the follower would see it, and why', async () => {
    const { shown } = await typeLines(['hi'], {
      kind: 'fault',
      text: '服务出现故障',
      reason: 'HTML',
    });

    expect(shown).toContain('服务出现故障');
    expect(shown).toContain('why: HTML');
  });

  test('says what is wrong with a command and sends nothing', async () => {
    const { sent, shown } = await typeLines(['/click', '/nonsense', '/raw no-such-file'], silent);

    expect(sent).toEqual([]);
    expect(shown).toContain('Which key?');
    expect(shown).toContain('There is no /nonsense');
    expect(shown).toContain('no-such-file cannot be read');
  });
});
