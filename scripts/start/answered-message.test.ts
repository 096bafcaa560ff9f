import { expect, test } from '@jest/globals';
import { answeredMessage } from './answered-message.ts';

const job = (MsgId: string, reply: string, change: object = {}) => ({
  kind: 'message',
  state: 'running',
  payload: { message: JSON.stringify({ FromUserName: 'oAlice', MsgId }) },
  checkpoint: { reply: JSON.stringify([{ type: 'text', content: reply }]) },
  ...change,
});
const asked = (jobs: readonly object[], content = 'the answer') =>
  answeredMessage(
    {
      find: async (_, { equals = {} }) => {
        const all = jobs as readonly Readonly<Record<string, unknown>>[];
        const documents = all.filter((each) =>
          Object.entries(equals).every(([name, value]) => each[name] === value),
        );
        return { total: documents.length, documents };
      },
    },
    'jobs',
    { openid: 'oAlice', message: { msgtype: 'text', text: { content } } },
  );

test('what is sent answers the message that the worker has in hand', async () => {
  expect(await asked([job('1', 'anything'), job('2', 'x', { state: 'done' })])).toBe('1');
  expect(await asked([])).toBeUndefined();
  expect(
    await asked([job('1', 'x', { payload: { message: '{"FromUserName":"oBob","MsgId":"1"}' } })]),
  ).toBeUndefined();
});

test('of several the one whose reply it is, saved or handed over', async () => {
  const handedOver = {
    checkpoint: undefined,
    payload: {
      message: JSON.stringify({ FromUserName: 'oAlice', MsgId: '3' }),
      replies: '[{"type":"text","content":"handed \\"over\\""}]',
    },
  };
  const jobs = [job('1', 'another'), job('2', 'the answer'), job('3', '', handedOver)];

  expect(await asked(jobs)).toBe('2');
  expect(await asked(jobs, 'handed "over"')).toBe('3');
  expect(await asked(jobs, 'nobody has this')).toBeUndefined();
});

test('an event is known by its time and its key', async () => {
  const tapped = { FromUserName: 'oAlice', CreateTime: '7', Event: 'CLICK', EventKey: 'NEWS' };

  expect(await asked([job('', 'x', { payload: { message: JSON.stringify(tapped) } })])).toBe(
    '7 CLICK NEWS',
  );
});
