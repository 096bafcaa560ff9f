import { expect, test } from '@jest/globals';
import { said, tapped } from '../../scripts/testing/callback/inbox-fixture.ts';
import { createFakeClock } from '../../scripts/testing/fake-clock.ts';
import { createFloodGuard } from './flood.ts';

function setUp(perMinute: number) {
  const clock = createFakeClock();
  const judge = createFloodGuard({ clock, perMinute });
  const send = (times: number, from = 'oUser') =>
    Array.from({ length: times }, () => judge(said('hi', { FromUserName: from }), false));
  return { clock, judge, send };
}

test('a follower who floods is told once, then ignored for a minute, then heard again', async () => {
  const { clock, send } = setUp(3);

  expect(send(6)).toEqual(['handle', 'handle', 'handle', 'warn', 'ignore', 'ignore']);
  await clock.advance(59_999);
  expect(send(1)).toEqual(['ignore']);
  await clock.advance(1);
  expect(send(4)).toEqual(['handle', 'handle', 'handle', 'warn']);
});

test('a follower who stays below the rate is always heard', async () => {
  const { clock, send } = setUp(3);
  send(3);

  for (let minute = 0; minute < 5; minute += 1) {
    await clock.advance(20_000);
    expect(send(1)).toEqual(['handle']);
  }
});

test('one follower does not use up what another may send', () => {
  const { send } = setUp(2);

  expect([...send(3), ...send(2, 'oOther')]).toEqual([
    'handle',
    'handle',
    'warn',
    'handle',
    'handle',
  ]);
});

test('taps count; what only tells of something, and repeats, always pass', () => {
  const { judge, send } = setUp(2);
  const left = said('', { MsgType: 'event', Event: 'unsubscribe', MsgId: '' });

  expect([judge(tapped('A'), false), judge(tapped('A'), false)]).toEqual(['handle', 'handle']);
  expect(judge(tapped('A'), false)).toBe('warn');
  expect([judge(left, false), judge(said('hi'), true)]).toEqual(['handle', 'handle']);
  expect(send(1)).toEqual(['ignore']);
});

test('0 is no limit', () => {
  expect(
    setUp(0)
      .send(1_000)
      .every((decision) => decision === 'handle'),
  ).toBe(true);
});

test('five thousand followers are kept in mind for sure, and ten thousand at most', () => {
  const { send } = setUp(1);
  send(1, 'oFirst');
  for (let n = 0; n < 10_000; n += 1) send(1, `o${n}`);

  const last = Array.from({ length: 5_000 }, (_, n) => send(1, `o${5_000 + n}`)[0]);
  expect(new Set(last)).toEqual(new Set(['warn']));
  expect(send(1, 'oFirst')).toEqual(['handle']);
});
