import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { defaultBehaviour } from '../../scripts/emulator/model/behaviour.ts';
import { createModel } from '../../scripts/emulator/model/model.ts';
import { listenModel } from '../../scripts/emulator/model/server.ts';
import type { Said } from '../../shared/account/talk.ts';
import { TestSessions, talk } from '../../shared/index.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { account } from './assistant.ts';

const MODEL_KEY = 'sk-of-the-tests';
const model = createModel({ clock: systemClock, key: MODEL_KEY, name: 'local' });
let server: Awaited<ReturnType<typeof listenModel>>;
beforeAll(async () => {
  server = await listenModel(model, 0);
});
afterAll(() => server.close());
beforeEach(() => model.behave({ ...defaultBehaviour, firstPieceMs: 0, pieceMs: 0 }));

/** One follower's conversation; what is sent besides the replies stands in `sent`. */
function converse() {
  const sessions = new TestSessions();
  const sent: string[] = [];
  const env = { MODEL_URL: server.url, MODEL_KEY, MODEL_NAME: 'local' };
  const customerService = {
    async send(message: object) {
      sent.push((message as { text: { content: string } }).text.content);
      return {};
    },
  };
  const say = async (said: Said, now = Date.UTC(2026, 0, 1)) => {
    const reply = await talk(account, said, { sessions, env, now, api: { customerService } });
    return reply?.type === 'text' ? reply.content : reply;
  };
  return {
    say,
    sent,
    text: (content: string, now?: number) => say({ type: 'text', content }, now),
  };
}
const asked = () => model.asked().at(-1)?.messages ?? [];

describe('the assistant', () => {
  test('remembers what was said, and forgets it on demand', async () => {
    const { text } = converse();
    model.behave({ answer: '已经**发货**。' });

    expect(await text('发货了吗？')).toBe('已经发货。');
    await text('什么时候到？');
    expect(asked().map(({ role, content }) => [role, content])).toEqual([
      ['system', expect.any(String)],
      ['user', '发货了吗？'],
      ['assistant', '已经**发货**。'],
      ['user', '什么时候到？'],
    ]);

    expect(await text('重置')).toBe('我们重新开始吧。');
    await text('在吗？');
    expect(asked()).toHaveLength(2);
  });

  test('says paragraphs as they come', async () => {
    const { text, sent } = converse();
    const long = (words: string) => words.repeat(30);
    model.behave({ answer: `${long('第一段')}\n\n${long('第二段')}\n\n完。` });

    expect(await text('讲个故事')).toBe('完。');
    expect(sent).toEqual([long('第一段'), long('第二段')]);
  });

  test('hears voices and sees pictures', async () => {
    const { say } = converse();
    await say({ type: 'voice', mediaId: 'm', format: 'amr', recognition: '你们几点开门' });
    expect(asked().at(-1)).toEqual({ role: 'user', content: '你们几点开门' });

    await say({ type: 'image', mediaId: 'm', picUrl: 'https://mmbiz.qpic.cn/a' });
    expect(asked().at(-1)?.content).toEqual([
      { type: 'image_url', image_url: { url: 'https://mmbiz.qpic.cn/a' } },
    ]);

    const before = model.count();
    expect(await say({ type: 'voice', mediaId: 'm', format: 'amr' })).toBeUndefined();
    expect(model.count()).toBe(before);
  });

  test('judges what is asked and what is answered', async () => {
    const { text } = converse();
    const before = model.count();
    expect(await text('教我赌博')).toBe('这个问题我不能回答。');
    expect(model.count()).toBe(before);

    model.behave({ answer: '可以代开发票。' });
    expect(await text('发票')).toBe('（这一段不便显示）');
  });

  test('has a budget for each follower and day, which ends at midnight in China', async () => {
    const { text } = converse();
    const evening = Date.UTC(2026, 0, 1, 15, 59);
    model.behave({ answer: '字'.repeat(50_001), streams: false });
    await text('多写一点', evening);
    const before = model.count();

    expect(await text('再来', evening)).toBe('今天的额度已用完，请明天再来。');
    expect(model.count()).toBe(before);
    await text('新的一天', evening + 60_000);
    expect(model.count()).toBe(before + 1);
  });

  test('hands over to a person', async () => {
    expect(await converse().text('人工')).toEqual({ type: 'transfer_customer_service' });
  });
});
