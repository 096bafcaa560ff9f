import { describe, expect, test } from '@jest/globals';
import { eventNames, sampleEvent, samples } from '../wechat/push/samples.ts';
import { bubbleOfPush } from './bubble-of-push.ts';
import { bubbleOfReply } from './bubble-of-reply.ts';
import { bubbleOfSent } from './bubble-of-sent.ts';
import type { MediaShelf } from './media.ts';

const shelf: MediaShelf = {
  get: async () => undefined,
  seconds: async (mediaId) => (mediaId === 'long' ? 12 : undefined),
  put: async () => '',
};
const custom = (msgtype: string, content: object) =>
  bubbleOfSent(
    {
      id: 1,
      openid: 'o',
      at: 0,
      kind: 'custom',
      message: { touser: 'o', msgtype, [msgtype]: content },
    },
    shelf,
  );

describe('bubbles', () => {
  test('there is one for everything that WeChat pushes', async () => {
    for (const said of samples('oAlice')) {
      const { type } = await bubbleOfPush(said, shelf);
      expect(type).toBe(
        said.type === 'event' ? 'tip' : said.type === 'shortvideo' ? 'video' : said.type,
      );
    }
    for (const name of eventNames) {
      expect(await bubbleOfPush(sampleEvent('o', name), shelf)).toMatchObject({ type: 'tip' });
    }
  });

  test('a voice has its length, where the file says it', async () => {
    expect(await bubbleOfReply({ type: 'voice', mediaId: 'long' }, shelf)).toEqual({
      type: 'voice',
      mediaId: 'long',
      seconds: 12,
    });
    expect(await bubbleOfReply({ type: 'voice', mediaId: 'gone' }, shelf)).toEqual({
      type: 'voice',
      mediaId: 'gone',
    });
  });

  test('a handing over is a grey line', async () => {
    expect(
      await bubbleOfReply({ type: 'transfer_customer_service', kfAccount: 'a@b' }, shelf),
    ).toEqual({ type: 'tip', tip: 'human', text: 'a@b' });
  });

  test('customer-service messages have all their kinds', async () => {
    expect(await custom('text', { content: '<a href="https://a.b">x</a>' })).toMatchObject({
      type: 'text',
      isRich: true,
    });
    expect(
      await custom('msgmenu', {
        head_content: '满意吗',
        list: [{ id: 1, content: '是' }],
        tail_content: '谢谢',
      }),
    ).toEqual({ type: 'choices', head: '满意吗', items: [{ id: '1', text: '是' }], tail: '谢谢' });
    expect(
      await custom('miniprogrampage', {
        title: 't',
        appid: 'wx1',
        pagepath: 'p',
        thumb_media_id: 'm',
      }),
    ).toEqual({
      type: 'miniprogram',
      title: 't',
      appid: 'wx1',
      path: 'p',
      coverUrl: 'emulator/media/m',
    });
    expect(
      await custom('news', { articles: [{ title: 't', description: 'd', url: 'u', picurl: 'p' }] }),
    ).toEqual({
      type: 'news',
      articles: [{ title: 't', description: 'd', url: 'u', picUrl: 'p' }],
    });
    expect(await custom('wxcard', { card_id: 'c' })).toMatchObject({
      type: 'other',
      name: 'wxcard',
    });
  });

  test('the lines of a template message are labels and values', async () => {
    const bubble = await bubbleOfSent(
      {
        id: 1,
        openid: 'o',
        at: 0,
        kind: 'template',
        message: { url: 'https://a.b/' },
        text: '支付成功\n订单号：123\n时间: 10:30\n\n谢谢惠顾',
      },
      shelf,
    );

    expect(bubble).toEqual({
      type: 'notice',
      title: '支付成功',
      rows: [
        { label: '订单号', value: '123' },
        { label: '时间', value: '10:30' },
        { label: '', value: '谢谢惠顾' },
      ],
      url: 'https://a.b/',
    });
  });
});
