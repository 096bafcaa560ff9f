import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Router } from '../../shared/account/router.ts';
import { callbackApp } from '../../shared/app/callback.ts';
import { httpFunction } from '../../shared/scf/http.ts';
import { targets } from '../fuzz/targets.ts';
import { type PushMode, signedPush } from '../testing/callback/signed-push.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { testEnv } from '../testing/test-account.ts';
import { createTally } from './tally.ts';

const tally = createTally('the callback, by hostile bodies that are signed');
/** When the messages were written that the bodies are made of; older ones are refused unread. */
const NOW = 1_700_000_000_000;
const BODIES = 2_000;
/** The same bodies in every run. */
const SEED = 20;

/** Pieces that mean something to a reader of XML or JSON, in any order, and bytes between them. */
function bodies(): readonly string[] {
  const { seeds, words } = targets['push-body'] ?? { seeds: [], words: [] };
  const whole = fc.constantFrom(...seeds);
  const cut = fc
    .tuple(whole, fc.nat(400), fc.nat(40))
    .map(([seed, at, gone]) => seed.slice(0, at) + seed.slice(at + gone));
  const piece = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 }), cut);
  const pieces = fc.array(piece, { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
  const inside = fc
    .tuple(whole, fc.nat(400), pieces)
    .map(([seed, at, junk]) => seed.slice(0, at) + junk + seed.slice(at));
  return fc.sample(fc.oneof(pieces, inside, cut), { numRuns: BODIES, seed: SEED });
}

test.each<PushMode>(['plain', 'compat', 'safe'])(
  'whatever a body holds in %s mode, it is refused or read, and breaks nothing',
  async (mode) => {
    const lines: string[] = [];
    const app = callbackApp(
      new Router().use((_, next) => next()),
      {
        env: { ...testEnv, WECHAT_MODE: mode, FOLLOWER_MESSAGES_PER_MINUTE: '0' },
        clock: createFakeClock(NOW),
        writeLine: (line) => lines.push(line),
        random: () => 0.5,
      },
    );
    const main = httpFunction(app);
    const breaches: string[] = [];
    const seen = new Map<number, number>();
    for (const hostile of bodies()) {
      // In safe mode the body is what WeChat's key has sealed.
      const { query, body } = signedPush(hostile, { mode, now: NOW });
      const event = { httpMethod: 'POST', path: '/', queryString: query, body };
      const { statusCode, body: said } = await main(event, { request_id: 'r' });
      seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1);
      const isQuiet = said === '' || said === 'success';
      if (![200, 400, 403].includes(statusCode) || !isQuiet) {
        breaches.push(`${statusCode} ${JSON.stringify(hostile)}`);
      }
    }

    expect(lines.filter((line) => /"(?:callback|request) failed"/.test(line))).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
    // Both ways are taken: not every body is refused at the first character.
    expect(seen.get(400)).toBeGreaterThan(0);
    expect(seen.get(200)).toBeGreaterThan(0);
    tally.refused(BODIES, breaches);
  },
);
