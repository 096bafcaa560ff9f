import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '../kernel/errors.ts';
import type { Message } from './message/message.ts';
import {
  checkReplyTo,
  clip,
  image,
  music,
  news,
  type Reply,
  replyTree,
  text,
  transfer,
  transferToAi,
  video,
  voice,
} from './reply.ts';
import { writeXml } from './xml.ts';
import { parseAnyXml } from './xml-parser.ts';

const now = Date.UTC(2026, 0, 1) + 999;
const message = { type: 'text', openid: 'oUser', originalId: 'gh_1' } as Message;
const click = { type: 'event', event: 'CLICK', openid: 'oUser', originalId: 'gh_1' } as Message;
const article = { title: 't', description: 'd', picUrl: 'p', url: 'u' };

describe('reply', () => {
  test.each<[string, Reply, object]>([
    ['text', text('你好'), { MsgType: 'text', Content: '你好' }],
    ['image', image('m'), { MsgType: 'image', Image: { MediaId: 'm' } }],
    ['voice', voice('m'), { MsgType: 'voice', Voice: { MediaId: 'm' } }],
    [
      'video',
      video({ mediaId: 'm', title: 't' }),
      { MsgType: 'video', Video: { MediaId: 'm', Title: 't' } },
    ],
    [
      'music',
      music({ thumbMediaId: 'm', hqMusicUrl: 'h' }),
      { MsgType: 'music', Music: { HQMusicUrl: 'h', ThumbMediaId: 'm' } },
    ],
    [
      'news',
      news([article, article]),
      {
        MsgType: 'news',
        ArticleCount: '2',
        Articles: {
          item: Array(2).fill({ Title: 't', Description: 'd', PicUrl: 'p', Url: 'u' }),
        },
      },
    ],
    ['transfer', transfer(), { MsgType: 'transfer_customer_service' }],
    ['transfer to one', transfer('a@b'), { TransInfo: { KfAccount: 'a@b' } }],
    ['transfer to the AI', transferToAi(), { MsgType: 'transfer_biz_ai_ivr' }],
  ])('%s goes back to its sender in WeChat’s words', (_, reply, expected) => {
    expect(parseAnyXml(writeXml(replyTree(message, reply, now)))).toEqual(
      expect.objectContaining({
        ToUserName: 'oUser',
        FromUserName: 'gh_1',
        CreateTime: String(Date.UTC(2026, 0, 1) / 1000),
        ...expected,
      }),
    );
  });

  test.each<[string, () => unknown, RegExp]>([
    ['no text', () => text(' \n'), /empty/],
    ['nothing but what XML cannot hold', () => text('\u0000\u0001'), /empty/],
    ['2049 bytes of text', () => text('a'.repeat(2049)), /2049 bytes.*2048/],
    ['683 Chinese characters', () => text('你'.repeat(683)), /2049 bytes/],
    ['no article', () => news([]), /1 to 8 articles/],
    ['nine articles', () => news(Array(9).fill(article)), /not 9/],
    ['an image without id', () => image(''), /mediaId is empty/],
    ['music without thumb', () => music({ thumbMediaId: ' ' }), /thumbMediaId is empty/],
    ['two articles to a message', () => checkReplyTo(message, news([article, article])), /only 1/],
    ['an event to the AI', () => checkReplyTo(click, transferToAi()), /ordinary message/],
  ])('refuses %s when it is made', (_, make, reason) => {
    expect(make).toThrow(AppError);
    expect(make).toThrow(reason);
  });

  test('takes eight articles to an event and 2048 bytes of text', () => {
    expect(() => checkReplyTo(click, news(Array(8).fill(article)))).not.toThrow();
    expect(text('a'.repeat(2048)).type).toBe('text');
  });
});

describe('clip', () => {
  test('always gives text that a reply can hold, and a beginning of what it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3_000 }), (content) => {
        const clipped = clip(content);

        expect(Buffer.byteLength(clipped)).toBeLessThanOrEqual(2048);
        expect(clipped === content || content.startsWith(clipped.slice(0, -1))).toBe(true);
        expect(clipped.isWellFormed()).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('cuts between characters, at the last that fits', () => {
    expect(clip('你好吗', 8)).toBe('你…');
    expect(clip('你好吗', 9)).toBe('你好吗');
    expect(clip('😀😀', 7)).toBe('😀…');
  });
});
