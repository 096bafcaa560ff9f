import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ChatTurn, estimateTokens, recentTurns } from './turn.ts';

const user = (content: string): ChatTurn => ({ role: 'user', content });
const assistant = (content: string): ChatTurn => ({ role: 'assistant', content });

describe('the last turns within a budget', () => {
  test('are all of them if they fit', () => {
    const turns = [user('一'), assistant('二'), user('三')];

    expect(recentTurns(turns, 100)).toEqual(turns);
  });

  test('begin with a question', () => {
    const turns = [user('一'), assistant('二'), user('三')];

    expect(recentTurns(turns, 10)).toEqual([user('三')]);
  });

  test('hold the last one even if it is too long by itself', () => {
    expect(recentTurns([user('一'), user('很长'.repeat(100))], 10)).toHaveLength(1);
  });

  test('are none of none', () => {
    expect(recentTurns([], 10)).toEqual([]);
  });

  test('a picture has its price', () => {
    const picture: ChatTurn = {
      role: 'user',
      content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }],
    };

    expect(estimateTokens(picture)).toBeGreaterThan(500);
  });

  test('are the longest end that fits, whatever was said', () => {
    const turn = fc.record({
      role: fc.constantFrom('user' as const, 'assistant' as const),
      content: fc.string({ unit: 'grapheme', maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(turn), fc.nat(200), (turns, maxTokens) => {
        const recent = recentTurns(turns, maxTokens);
        const total = recent.reduce((sum, each) => sum + estimateTokens(each), 0);

        expect(turns.slice(turns.length - recent.length)).toEqual(recent);
        expect(recent.length <= 1 || total <= maxTokens).toBe(true);
        expect(recent.length <= 1 || recent[0]?.role === 'user').toBe(true);
      }),
    );
  });
});
