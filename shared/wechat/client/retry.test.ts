import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AttemptFailure, type CallProgress, nextStep } from './retry.ts';

const failures: fc.Arbitrary<AttemptFailure> = fc.oneof(
  fc.record({
    kind: fc.constant('network' as const),
    maybeSent: fc.boolean(),
    wasReused: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('transient' as const), waitMs: fc.constantFrom(0, 60_000) }),
  fc.constant({ kind: 'token_stale' as const }),
  fc.constant({ kind: 'final' as const }),
);

interface Call {
  readonly mayRepeat: boolean;
  readonly hosts: number;
  readonly budgetMs: number;
  readonly random: number;
  readonly failures: readonly AttemptFailure[];
}

const calls: fc.Arbitrary<Call> = fc.record({
  mayRepeat: fc.boolean(),
  hosts: fc.integer({ min: 1, max: 5 }),
  budgetMs: fc.integer({ min: 0, max: 200_000 }),
  random: fc.double({ min: 0, max: 1, noNaN: true }),
  failures: fc.array(failures, { minLength: 30, maxLength: 30 }),
});

/** Plays the failures one after another; tells which of them were followed by another attempt. */
function play({ mayRepeat, hosts, budgetMs, random, failures: list }: Call) {
  let progress: CallProgress = { host: 0, fresh: !mayRepeat, renewed: false, pauses: 0 };
  const repeated: { failure: AttemptFailure; delayMs: number }[] = [];
  let left = budgetMs;
  for (const failure of list) {
    const step = nextStep(failure, progress, { mayRepeat, hosts, left, random: () => random });
    if (!step) break;
    ({ progress } = step);
    left -= step.delayMs;
    repeated.push({ failure, delayMs: step.delayMs });
    expect(progress.host).toBeLessThan(hosts);
  }
  return { repeated, left };
}

describe('whatever fails, in whatever order', () => {
  test('a call comes to an end, within its time', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const { repeated, left } = play(call);

        expect(repeated.length).toBeLessThanOrEqual(3 * call.hosts + 1);
        if (repeated.length > 0) expect(left).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a call that may not be repeated never reaches WeChat twice', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const { repeated } = play({ ...call, mayRepeat: false });

        for (const { failure } of repeated) {
          const isRefused = failure.kind === 'token_stale';
          const isUnsent = failure.kind === 'network' && !failure.maybeSent;
          expect(isRefused || isUnsent).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('the token is renewed at most once, and nothing final is repeated', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const kinds = play(call).repeated.map(({ failure }) => failure.kind);

        expect(kinds.filter((kind) => kind === 'token_stale').length).toBeLessThanOrEqual(1);
        expect(kinds).not.toContain('final');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a wait that WeChat asks for is never cut short', () => {
    fc.assert(
      fc.property(calls, (call) => {
        for (const { failure, delayMs } of play(call).repeated) {
          const asked = failure.kind === 'transient' ? failure.waitMs : 0;
          expect(delayMs).toBeGreaterThanOrEqual(asked);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
