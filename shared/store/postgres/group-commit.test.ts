import { expect, test } from '@jest/globals';
import { GroupCommit } from './group-commit.ts';

const LATER = Number.POSITIVE_INFINITY;

/** A database that answers each request when told to. */
function setUp(atOnce = 1, isUndone = (_: unknown) => false) {
  const requests: { items: readonly string[]; answer: () => void; fail: (why: Error) => void }[] =
    [];
  const group = new GroupCommit<string, string>(
    (items) =>
      new Promise((resolve, reject) => {
        requests.push({
          items,
          answer: () => resolve(items.map((item) => `${item}!`)),
          fail: reject,
        });
      }),
    isUndone,
    atOnce,
  );
  return { group, requests, sent: () => requests.map(({ items }) => items) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked alone goes at once; what is asked meanwhile goes together', async () => {
  const { group, requests, sent } = setUp();
  const first = group.ask('a', LATER);
  const others = ['b', 'c', 'd'].map((item) => group.ask(item, LATER));
  expect(sent()).toEqual([['a']]);

  requests[0]?.answer();
  expect(await first).toBe('a!');
  await turn();
  expect(sent()).toEqual([['a'], ['b', 'c', 'd']]);
  requests[1]?.answer();
  expect(await Promise.all(others)).toEqual(['b!', 'c!', 'd!']);

  void group.ask('e', LATER);
  expect(sent().at(-1)).toEqual(['e']);
});

test('so many requests are under way at a time, and so many items are in one', async () => {
  const { group, requests, sent } = setUp(2);
  for (let n = 0; n < 252; n += 1) void group.ask(String(n), LATER);
  expect(sent()).toEqual([['0'], ['1']]);

  for (const { answer } of requests) answer();
  await turn();

  expect(sent().map(({ length }) => length)).toEqual([1, 1, 100, 100]);
});

test('one that the database does not take fails alone', async () => {
  const { group, requests } = setUp(1, (error) => (error as Error).message === 'undone');
  void group.ask('first', LATER);
  const good = group.ask('good', LATER);
  const bad = group.ask('bad', LATER);
  requests[0]?.answer();
  await turn();
  requests[1]?.fail(new Error('undone'));
  await turn();
  expect(requests.slice(2).map(({ items }) => items)).toEqual([['good'], ['bad']]);

  requests[2]?.answer();
  requests[3]?.fail(new Error('undone'));

  expect(await good).toBe('good!');
  await expect(bad).rejects.toThrow('undone');
});

test('a failure that leaves open what was done is told to all, and nothing is sent again', async () => {
  const { group, requests } = setUp();
  void group.ask('first', LATER);
  const lost = ['b', 'c'].map((item) => group.ask(item, LATER));
  const told = Promise.allSettled(lost);
  requests[0]?.answer();
  await turn();
  requests[1]?.fail(new Error('broken'));

  expect((await told).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(requests).toHaveLength(2);
  const next = group.ask('d', LATER);
  requests[2]?.answer();
  expect(await next).toBe('d!');
});

test('one whose time is over before its turn comes is not sent', async () => {
  const { group, requests, sent } = setUp();
  void group.ask('first', LATER);
  const late = group.ask('late', performance.now());
  const other = group.ask('other', LATER);
  requests[0]?.answer();

  await expect(late).rejects.toMatchObject({ code: 'ETIMEDOUT', connecting: true });
  await turn();
  expect(sent()).toEqual([['first'], ['other']]);
  requests[1]?.answer();
  expect(await other).toBe('other!');
});
