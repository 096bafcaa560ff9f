import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { createInboxFixture, START, said } from '../../scripts/testing/callback/inbox-fixture.ts';
import { defer, withoutRerun } from '../account/defer.ts';
import { dialog } from '../account/dialog.ts';
import { type Handler, Router } from '../account/router.ts';
import { session } from '../account/session.ts';
import { slow } from '../account/slow.ts';

const words = session({
  name: 'words',
  schema: v.object({ said: v.string() }),
  initial: { said: '' },
  expiresAfterMinutes: 60,
});
const answer: Handler = async (ctx) => ctx.reply('Hi');
const remember = words.with(async (ctx, state) => {
  state.said = 'something';
  ctx.reply('Hi');
});
const order = dialog('order')
  .ask('what', 'What?')
  .ask('count', 'How many?')
  .done((ctx) => ctx.reply('Thanks'));

const account = new Router()
  .text('plain', answer)
  .text('session', remember)
  .text('once', withoutRerun(remember))
  .text('slow', slow(remember))
  .text('defer', defer(answer))
  .text('defer session', defer(remember))
  .text('order', order.start)
  .use(order)
  .use((ctx) => ctx.reply('Sorry?'));

/** The rows of the pages, each with what the follower has said before. */
const rows: readonly (readonly [before: string, text: string])[] = [
  ['', 'plain'],
  ['session', 'session'],
  ['session', 'once'],
  ['session', 'slow'],
  ['', 'defer'],
  ['session', 'defer session'],
  ['session', 'anything'],
  ['order', 'tea'],
];

async function costOf([before, text]: (typeof rows)[number]): Promise<readonly number[]> {
  const { deliver, counts } = createInboxFixture(account);
  const message = (content: string, second: number) =>
    said(content, { MsgId: String(second), CreateTime: String(START / 1_000 + second) });
  if (before !== '') await deliver(message(before, 1));
  const { reads, writes, transactions } = { ...counts };

  await deliver(message(text, 2));

  expect(counts.queries).toBe(0);
  return [counts.reads - reads, counts.writes - writes, counts.transactions - transactions];
}

test.each(['docs/conversations.md', 'docs/zh-CN/conversations.md'])(
  '%s says what a message costs that uses a session',
  async (file) => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');
    const [, section = ''] = page.split(/^## (?:What sessions cost|会话的开销)$/m);
    const told = [...section.matchAll(/^\| .+ \| (\d+) \| (\d+) \| (\d+) \|$/gm)]
      .slice(0, rows.length)
      .map(([, ...numbers]) => numbers.map(Number));
    const counted: (readonly number[])[] = [];
    for (const row of rows) counted.push(await costOf(row));

    expect(told).toEqual(counted);
  },
);
