import { describe, expect, test } from '@jest/globals';
import { text } from '../wechat/reply.ts';
import { type Conversation, replay, type Turn } from './replay.ts';
import { Router } from './router.ts';
import { slow } from './slow.ts';

const LONG = '长'.repeat(1_500);
const account = new Router()
  .text(
    'hi',
    slow(async (ctx) => ctx.reply('the answer')),
  )
  .text(
    'long',
    slow(async (ctx) => ctx.reply(LONG)),
  )
  .text('继续', (ctx) => ctx.reply('of the account'));

const said = (content: string) => ({ type: 'text', content }) as const;
const turn = (content: string, reply: string, sent: readonly string[] = []): Turn => ({
  at: 1_767_225_600_000,
  said: said(content),
  reply: text(reply),
  sent: sent.map((each) => ({ msgtype: 'text', text: { content: each } })),
});
const again = (...turns: readonly Turn[]): Promise<Conversation> => replay(account, { turns });

const INTERIM = '还在处理，好了就发给您。如果一直没有收到，请发送“继续”。';
const WAITING = '还在处理，请稍后发送“继续”查看回答。';
const MORE = '\n（发送“继续”查看后面的内容）';

describe('a slow answer of a recorded conversation takes the recorded way', () => {
  test.each([
    ['in a response', [turn('hi', 'the answer')]],
    ['later', [turn('hi', INTERIM, ['the answer'])]],
    ['when asked', [turn('hi', WAITING), turn('继续', 'the answer')]],
    ['and the word is an ordinary one without it', [turn('继续', 'of the account')]],
  ])('%s', async (_, turns) => {
    expect(await again(...turns)).toEqual({ turns });
  });

  test('in several parts: sent behind the first, or asked for', async () => {
    const sent = await again(turn('long', 'whatever'));
    const first = sent.turns[0]?.reply as { readonly content: string };
    const rest = sent.turns[0]?.sent.map(
      (each) => (each as { text: { content: string } }).text.content,
    );
    expect([first.content, ...(rest ?? [])].join('')).toBe(LONG);

    const [part = '', second = '', third = ''] = [first.content, ...(rest ?? [])];
    const asked = [
      turn('long', part + MORE),
      turn('继续', second + MORE),
      turn('继续', third),
      turn('继续', 'of the account'),
    ];
    expect(await again(...asked)).toEqual({ turns: asked });
  });

  test('and another answer than the recorded one does not pass', async () => {
    const recorded = turn('hi', INTERIM, ['another answer']);

    expect((await again(recorded)).turns).not.toEqual([recorded]);
  });
});
