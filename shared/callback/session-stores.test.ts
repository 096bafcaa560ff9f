import { describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { START, said } from '../../scripts/testing/callback/inbox-fixture.ts';
import { createFakeWechat } from '../../scripts/testing/fake-wechat.ts';
import { silentLog } from '../../scripts/testing/jobs/job-fixture.ts';
import { allDatabases } from '../../scripts/testing/store/databases.ts';
import { testTrace } from '../../scripts/testing/test-account.ts';
import { Router } from '../account/router.ts';
import { session } from '../account/session.ts';
import { createQueue, jobCollection } from '../jobs/index.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Store } from '../store/store.ts';
import { text } from '../wechat/reply.ts';
import { eraseSessions } from './erase-sessions.ts';
import { createTurns } from './follower-turn.ts';
import { handleMessage } from './handle-message.ts';
import { createInbox } from './inbox.ts';
import { inboxCollection } from './inbox-document.ts';
import { createMessageQueue } from './message-queue.ts';
import { sessionCollection, statesOf } from './session-document.ts';

const collections = [inboxCollection, jobCollection, sessionCollection];
const databases = await allDatabases(collections);

const stored = v.object({
  words: v.object({ value: v.object({ said: v.array(v.string()) }) }),
});
/** No deadline comes on it, however busy the machine is; the pauses between two looks are real. */
const now = Date.now();
const clock: Clock = {
  now: () => now,
  after: (delayMs, task) => (delayMs < 1_000 ? systemClock.after(delayMs, task) : () => {}),
};
const FOLLOWERS = ['oAlice', 'oBob', 'oCarol'];
const EACH = 6;

describe.each(databases)('sessions on %s', (_, open) => {
  /** The callback on an instance of its own. */
  function instanceOn(store: Store, runs: Set<string>) {
    const words = session({
      name: 'words',
      schema: v.strictObject({ said: v.array(v.string()) }),
      initial: { said: [] },
      expiresAfterMinutes: 60,
    });
    const account = new Router().on(
      'text',
      words.with(async (ctx, state) => {
        // Two of one follower at once would be seen here.
        expect(runs.has(ctx.openid)).toBe(false);
        runs.add(ctx.openid);
        await store.get(inboxCollection, 'elsewhere');
        runs.delete(ctx.openid);
        state.said.push(ctx.message.content);
        ctx.reply(state.said.join(' '));
      }),
    );
    const jobs = createQueue({ store, clock, log: silentLog, wakeWorker: async () => {} });
    const queue = createMessageQueue(jobs, testTrace);
    const right = { isMissing: async () => false, noteRefusal: async () => {} };
    return (openid: string, n: number) =>
      handleMessage(
        said(String(n), {
          FromUserName: openid,
          MsgId: String(n),
          CreateTime: String(START / 1_000 + n),
        }),
        {
          ...{ clock, queue, handle: account.middleware({}), api: createFakeWechat({}).api },
          log: silentLog,
          pushedAt: clock.now(),
          sentAt: clock.now(),
          comesAgain: true,
          isRepeat: false,
          inbox: createInbox({
            ...{ store, clock, queue, right, keptMs: 3_600_000, traceOf: testTrace },
          }),
          openTurn: createTurns({ store, clock, queue, traceOf: testTrace }),
          withoutStore: 'answer',
          goesOn: true,
        },
      );
  }

  test('remember what each follower has said, once, however many instances there are', async () => {
    const { another, store, close } = await open();
    const runs = new Set<string>();
    const instances = [another(), another(), another()].map((one) => instanceOn(one, runs));
    for (let n = 1; n <= EACH; n += 1) {
      const replies = await Promise.all(
        FOLLOWERS.flatMap((openid, index) => {
          const deliver = instances[(index + n) % instances.length];
          const again = instances[(index + n + 1) % instances.length];
          return [deliver, again].map(async (one) => one?.(openid, n));
        }),
      );

      const expected = text(Array.from({ length: n }, (_, at) => at + 1).join(' '));
      expect(replies.map((one) => one?.reply)).toEqual(
        FOLLOWERS.flatMap(() => [expected, expected]),
      );
    }

    const trace = testTrace('oAlice');
    const doc = (await store.get(sessionCollection, trace))?.doc;
    expect(statesOf(doc)).toMatchObject({
      words: { value: { said: ['1', '2', '3', '4', '5', '6'] } },
    });
    expect(doc?.line).toEqual([]);
    expect(await eraseSessions(store, trace, clock.now())).toEqual({ erased: 1, running: 0 });
    expect(await store.get(sessionCollection, trace)).toBeUndefined();
    await close();
  });

  test('take the messages of one follower one at a time, in the order of the line', async () => {
    const { another, store, close } = await open();
    const runs = new Set<string>();
    const instances = [another(), another()].map((one) => instanceOn(one, runs));

    const answers = await Promise.all(
      [1, 2, 3, 4].map(async (n) => instances[n % 2]?.('oAlice', n)),
    );

    const doc = (await store.get(sessionCollection, testTrace('oAlice')))?.doc;
    const remembered = v.parse(stored, statesOf(doc)).words.value.said;
    expect(remembered.toSorted()).toEqual(['1', '2', '3', '4']);
    const told = answers.map((one) => (one?.reply?.type === 'text' ? one.reply.content : ''));
    expect(told.toSorted((one, other) => one.length - other.length)).toEqual(
      remembered.map((_one, index) => remembered.slice(0, index + 1).join(' ')),
    );
    expect(doc?.line).toEqual([]);
    await close();
  });
});
