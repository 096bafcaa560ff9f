import { expect, test } from '@jest/globals';
import { TestSessions, talk } from '../../shared/index.ts';
import { account } from './booking.ts';

/** A conversation: says these texts one after the other, and gives the answers. */
async function converse(words: readonly string[], sessions = new TestSessions()) {
  const answers: string[] = [];
  for (const content of words) {
    const reply = await talk(account, { type: 'text', content }, { sessions });
    answers.push(reply?.type === 'text' ? reply.content : '');
  }
  return answers;
}

const matching = (...parts: readonly string[]) =>
  parts.map((part) => expect.stringContaining(part));

test('books a table with typed answers, and remembers it', async () => {
  expect(await converse(['订座', '小王', '4', '2026-12-31', '我的订座'])).toEqual(
    matching('怎么称呼', '几位', '小王，哪一天', '小王，2026-12-31 4 位', '2026-12-31: 4'),
  );
});

test('asks again what it cannot read, and says why', async () => {
  expect(await converse(['book', 'Li', 'many', '2'])).toEqual(
    matching('name', 'How many', '1 to 9, please.\n几位用餐？', 'Li，哪一天'),
  );
});

test('goes back one question, and ends when told', async () => {
  expect(await converse(['book', 'Li', '返回', 'Lily', '2', '取消', '2026-12-31'])).toEqual(
    matching('name', 'How many', 'name', 'How many', 'Lily，', '已取消', '发送“订座”'),
  );
});

test('lets a command and a tap on the menu work in between', async () => {
  const sessions = new TestSessions();
  await converse(['book', 'Li'], sessions);
  expect(await converse(['tables', '3'], sessions)).toEqual(matching('None yet', 'Li，哪一天'));

  const tap = { type: 'event', event: 'CLICK', key: 'BOOK' } as const;
  expect(await talk(account, tap, { sessions })).toMatchObject({
    content: expect.stringContaining('怎么称呼'),
  });
});

test('is over when the follower has been silent for ten minutes', async () => {
  const sessions = new TestSessions();
  await converse(['book'], sessions);
  const now = Date.UTC(2026, 0, 1) + 10 * 60_000;

  expect(await talk(account, { type: 'text', content: 'Li' }, { sessions, now })).toMatchObject({
    content: expect.stringContaining('发送“订座”'),
  });
});
