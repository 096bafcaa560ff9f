import { hash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import * as v from 'valibot';
import { Router } from '../../shared/account/router.ts';
import { session } from '../../shared/account/session.ts';
import { createErase, createEraseJob, eraseJob } from '../../shared/app/erase.ts';
import { inboxCollection } from '../../shared/callback/inbox-document.ts';
import { messageJob } from '../../shared/callback/message-queue.ts';
import { sessionCollection } from '../../shared/callback/session-document.ts';
import { createBook, createPresence } from '../../shared/followers/index.ts';
import { leaverCollection } from '../../shared/followers/leavers.ts';
import { createQueue, createWorker } from '../../shared/jobs/index.ts';
import { jobCollection } from '../../shared/jobs/job-document.ts';
import { createLog } from '../../shared/kernel/log.ts';
import { createInboxFixture, said } from '../testing/callback/inbox-fixture.ts';
import { testTrace } from '../testing/test-account.ts';
import { createTally } from './tally.ts';

const tally = createTally('what is left of a person');
const PERSON = 'oPerson000000000000000000001';
const WORDS = 'words that nobody else should read';

const words = session({
  name: 'words',
  schema: v.object({ said: v.string() }),
  initial: { said: '' },
  expiresAfterMinutes: 60,
});

/** A follower who has talked, has waited, and whose message has failed for good; then has left. */
async function withTraces() {
  const account = new Router()
    .text('defer', async () => {})
    .text(
      /^remember/,
      words.with(async (ctx, state) => {
        state.said = ctx.message.type === 'text' ? ctx.message.content : '';
      }),
    )
    .use((ctx) => ctx.reply(`re: ${ctx.message.type === 'text' ? ctx.message.content : ''}`));
  const fixture = createInboxFixture(account);
  const { store, clock, deliver } = fixture;
  const log = createLog({ write: () => {}, now: clock.now, level: 'error' });
  const queue = createQueue({ store, clock, log, wakeWorker: async () => {} });
  await clock.settle(deliver(said(WORDS, { FromUserName: PERSON, MsgId: '11' })));
  await clock.settle(deliver(said('hello', { FromUserName: 'oOther', MsgId: '12' })));
  await clock.settle(deliver(said(`remember ${WORDS}`, { FromUserName: PERSON, MsgId: '13' })));
  const options = { follower: testTrace(PERSON) };
  const payload = { message: JSON.stringify({ FromUserName: PERSON, Content: WORDS }) };
  const { id } = await queue.enqueue(messageJob, payload, options);
  await queue.enqueue(messageJob, payload, options);
  const stored = await store.get(jobCollection, id);
  await store.patchIf(jobCollection, id, { state: 'dead', dueAt: undefined }, stored?.rev ?? 0);
  const book = createBook({ store, random: () => 0 });
  const presence = createPresence({ book, store, clock, traceOf: testTrace });
  await presence.came(PERSON, clock.now());
  const erase = createErase({ store, clock, presence, traceOf: testTrace });
  const everything = async () =>
    JSON.stringify([
      await store.query(inboxCollection, { filter: 'all', limit: 100 }),
      await store.query(jobCollection, { filter: 'all', limit: 100 }),
      await store.query(leaverCollection, { filter: 'all', limit: 100 }),
      await store.query(sessionCollection, { filter: 'all', limit: 100 }),
    ]);
  return { ...fixture, log, queue, erase, everything };
}

test('nothing that is kept names a follower who was erased, or says a word of theirs', async () => {
  const { erase, everything, clock } = await withTraces();
  expect(await everything()).toContain(WORDS);
  await clock.advance(1_000);

  expect(await erase(PERSON, clock.now())).toEqual({
    jobs: 2,
    messages: 1,
    sessions: 1,
    running: 0,
  });

  const left = await everything();
  const found = [
    PERSON,
    WORDS,
    hash('sha256', PERSON),
    hash('sha256', PERSON, 'base64url').slice(0, 27),
  ];
  tally.refused(
    found.length,
    found.filter((trace) => left.includes(trace)),
  );
  // What others have stays, and a second time there is nothing to do.
  expect(left).toContain('re: hello');
  expect(await erase(PERSON, clock.now())).toEqual({
    jobs: 0,
    messages: 0,
    sessions: 0,
    running: 0,
  });
});

test('the worker does it after an unsubscribe, and keeps no openid in the job itself', async () => {
  const { erase, everything, queue, store, clock, log } = await withTraces();
  await clock.advance(1_000);
  await queue.enqueue(eraseJob, { openid: PERSON, at: clock.now() }, { key: 'once' });
  const jobs = [createEraseJob(erase)];
  const worker = createWorker({ store, jobs, clock, random: () => 0, log });

  await clock.settle(worker.work({ untilMs: clock.now() + 60_000 }));

  const left = await everything();
  tally.refused(
    2,
    [PERSON, WORDS].filter((trace) => left.includes(trace)),
  );
});

test('a list of openids is no key to the hashes in a log', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: () => 0, traceOf: testTrace });
  log.info('answered', { openid: PERSON });

  const guesses = ['sha1', 'sha256', 'sha512', 'md5'].flatMap((name) =>
    (['hex', 'base64', 'base64url'] as const).map((form) => hash(name, PERSON, form).slice(0, 12)),
  );
  tally.refused(
    guesses.length,
    guesses.filter((guess) => lines.join().includes(guess)),
  );
  expect(lines.join()).toContain(`#${testTrace(PERSON).slice(0, 12)}`);
});
