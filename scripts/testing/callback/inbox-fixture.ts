import type { Router } from '../../../shared/account/router.ts';
import { judgeFailure } from '../../../shared/app/parts/judge-failure.ts';
import type { DeliveryOptions } from '../../../shared/callback/delivery-options.ts';
import { createTurns } from '../../../shared/callback/follower-turn.ts';
import { handleMessage } from '../../../shared/callback/handle-message.ts';
import { createInbox } from '../../../shared/callback/inbox.ts';
import { type InboxDocument, inboxCollection } from '../../../shared/callback/inbox-document.ts';
import type { InboxStore } from '../../../shared/callback/inbox-options.ts';
import { createMessageJob } from '../../../shared/callback/message-job.ts';
import { createMessageQueue } from '../../../shared/callback/message-queue.ts';
import { createReceiver } from '../../../shared/callback/receive.ts';
import { SendRight } from '../../../shared/callback/send-right.ts';
import { SignedDoor } from '../../../shared/callback/signed-door.ts';
import { createSweep } from '../../../shared/callback/sweep.ts';
import { REPEAT_AFTER_MS } from '../../../shared/callback/timing.ts';
import {
  createJobOperator,
  createQueue,
  createWorker,
  type JobSummary,
} from '../../../shared/jobs/index.ts';
import { createLog } from '../../../shared/kernel/log.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createMemoryStore } from '../../../shared/store/memory.ts';
import type { Store } from '../../../shared/store/store.ts';
import { type Message, readMessage } from '../../../shared/wechat/message/message.ts';
import { messageId } from '../../../shared/wechat/message/message-id.ts';
import { createFakeClock } from '../fake-clock.ts';
import { createFakeWechat } from '../fake-wechat.ts';
import { watched } from '../jobs/job-fixture.ts';
import { testAccount, testTrace } from '../test-account.ts';
import { type PushMode, signedPush } from './signed-push.ts';

const SEND = '/cgi-bin/message/custom/send';
export const START = Date.UTC(2026, 0, 1);
export const KEPT_MS = 3_600_000;

/** A text as WeChat pushes it at `START`. */
export function said(content: string, fields: Readonly<Record<string, string>> = {}): Message {
  return readMessage({
    ToUserName: 'gh_test',
    FromUserName: 'oUser',
    CreateTime: String(START / 1000),
    MsgType: 'text',
    Content: content,
    MsgId: '1',
    ...fields,
  });
}

/** A tap on a menu button at `START`. */
export function tapped(key: string): Message {
  return readMessage({
    ToUserName: 'gh_test',
    FromUserName: 'oUser',
    CreateTime: String(START / 1000),
    MsgType: 'event',
    Event: 'CLICK',
    EventKey: key,
  });
}

/** The callback and the worker of an account, from a message that has been read to its answer. */
export function createInboxFixture(account: Router) {
  const clock = createFakeClock(START);
  const { store, counts, fails, delays, holds } = watched(createMemoryStore({ now: clock.now }));
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now, level: 'debug' });
  let sending = { errcode: 0, errmsg: 'ok' };
  const { api, requests } = createFakeWechat({ [SEND]: () => sending });
  const handle = account.middleware({});
  let wakes = 0;
  const wakeWorker = async () => {
    wakes += 1;
  };
  const jobs = createQueue({ store, clock, log, wakeWorker });
  const queue = createMessageQueue(jobs, testTrace);
  const right = new SendRight({ store, clock, log, appid: testAccount.appid });
  const inbox = (through: InboxStore = store) =>
    createInbox({ store: through, clock, queue, right, keptMs: KEPT_MS, traceOf: testTrace });
  const sweepOn = (through: Pick<Store, 'query' | 'transaction'>) =>
    clock.settle(createSweep({ store: through, clock, log, queue })());
  const openTurn = createTurns({ store, clock, queue, traceOf: testTrace });
  const worker = createWorker({
    store,
    jobs: [
      createMessageJob({
        handle,
        onDead: account.deadHandler({}),
        api,
        clock,
        openTurn,
        kept: inbox().kept,
        right,
        documents: store,
      }),
    ],
    clock,
    random: () => 0,
    log,
    judge: judgeFailure,
  });

  return {
    clock,
    store,
    counts,
    fails,
    delays,
    holds,
    lines,
    requests,
    inbox,
    settle: clock.settle,
    wakes: () => wakes,
    /** One delivery of a message to one instance. */
    deliver: async (message: Message, options: Partial<DeliveryOptions> = {}) =>
      handleMessage(message, {
        handle,
        api,
        clock,
        log,
        pushedAt: clock.now(),
        sentAt: clock.now(),
        comesAgain: true,
        isRepeat: clock.now() - message.createdAt >= REPEAT_AFTER_MS,
        inbox: inbox(),
        queue,
        openTurn,
        documents: store,
        withoutStore: 'answer',
        goesOn: true,
        ...options,
      }),
    /** One delivery of a body as WeChat posts it, signed. */
    async post(text: string, mode: PushMode = 'safe') {
      const receive = createReceiver({
        config: {
          inboxWithoutStore: 'answer',
          whileAskedAgain: 'on',
          followerMessagesPerMinute: 0,
          floodReply: '',
        },
        door: new SignedDoor({
          ...{ appid: testAccount.appid, mode, timestampWindowSeconds: 300 },
          token: new Secret(testAccount.token),
          encodingAesKey: new Secret(testAccount.encodingAesKey),
        }),
        ...{ handle, api, clock, log, queue, openTurn, inbox: inbox() },
      });
      const { query, body } = signedPush(text, { mode, now: clock.now() });
      const request = { method: 'POST', path: '/', headers: {}, requestId: 'r' };
      return receive({ ...request, query, body: Buffer.from(body) });
    },
    /** A delivery to an instance that dies as soon as the message is its own. */
    async claimAndDie(message: Message, { hasBegun = false, isSlow = false } = {}) {
      await inbox().open(message, clock.now(), log).claim({ hasBegun, isSlow });
    },
    sweep: () => sweepOn(store),
    sweepOn,
    work: () => clock.settle(worker.work({ untilMs: clock.now() + 60_000 })),
    jobs: (): Promise<readonly JobSummary[]> =>
      createJobOperator({ store, clock, queue: jobs }).list(),
    document: async (message: Message): Promise<InboxDocument | undefined> =>
      (await store.get(inboxCollection, messageId(message)))?.doc,
    right,
    /** From now on WeChat answers so to customer-service messages. */
    refuse(answer: typeof sending) {
      sending = answer;
    },
    /** What was written to the follower by customer-service messages. */
    sent: () => requests.map(({ json }) => (json as { text: { content: string } }).text.content),
  };
}
