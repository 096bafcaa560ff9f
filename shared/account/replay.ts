import type { Variables } from '../kernel/variable.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Sendable } from '../wechat/custom-message.ts';
import { asMessages } from '../wechat/long-text.ts';
import { type Reply, text } from '../wechat/reply.ts';
import type { Router } from './router.ts';
import { SlowReplay } from './slow-replay.ts';
import { type DeepPartial, exchange, type Said, type TestWorld } from './talk.ts';
import { TestSessions } from './test-sessions.ts';

/** What WeChat takes after a message of a follower. */
const MOST_MESSAGES = 5;

/** What a follower said, and what the account answered. */
export interface Turn {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly said: Said;
  /** What was answered in the response; `null` for nothing. */
  readonly reply: Reply | null;
  /** Customer-service messages, the answers of deferred handlers among them, without `touser`. */
  readonly sent: readonly Exclude<Sendable, string | Reply>[];
}

/** A conversation as `npm run record` writes it. */
export interface Conversation {
  readonly turns: readonly Turn[];
}

/**
 * Says everything of a recorded conversation again, in a test, and gives it as it goes now:
 * `expect(await replay(account, recorded)).toEqual(recorded)`. The clock is that of the recording,
 * deferred and slow handlers run at once, whose answers take the recorded ways, what the account
 * remembers is forgotten at the end, and other calls of WeChat and variables are given as with `talk`.
 */
export async function replay<Own extends Variables>(
  account: Router<Own>,
  { turns }: Conversation,
  world: Omit<TestWorld<Own>, 'now'> = {},
): Promise<Conversation> {
  const { sessions = new TestSessions() } = world;
  const slow = new SlowReplay();
  const again: Turn[] = [];
  for (const turn of turns) {
    again.push(await replayTurn(account, turn, { ...world, sessions, slow, now: turn.at }));
  }
  return { turns: again };
}

interface ReplayWorld<Own extends Variables> extends TestWorld<Own> {
  readonly now: number;
  readonly sessions: TestSessions;
  readonly slow: SlowReplay;
}

async function replayTurn<Own extends Variables>(
  account: Router<Own>,
  { said, reply: recorded }: Turn,
  { api = {}, now, env = {}, sessions, slow }: ReplayWorld<Own>,
): Promise<Turn> {
  const sent: Turn['sent'][number][] = [];
  let isDeferred = false;
  const world = {
    now,
    env,
    sessions,
    api: {
      ...api,
      customerService: {
        ...api.customerService,
        send({ touser: _, ...message }: { readonly touser: string }) {
          sent.push(message as Turn['sent'][number]);
          return Promise.resolve({ errcode: 0, errmsg: 'ok' });
        },
      },
    } as DeepPartial<Api>,
  };
  const defer = () => {
    isDeferred = true;
  };
  const turn = slow.begin();
  const { beginSlow, askForAnswer, repliesOf } = turn;
  const run = await exchange(account, said, {
    ...world,
    delivery: { defer, beginSlow, askForAnswer },
    repliesOf,
  });
  const { reply, late } = turn.read(run.replies, recorded);
  for (const lateReply of late) await run.ctx.send(lateReply);
  if (isDeferred) {
    const { ctx, replies } = await exchange(account, said, {
      ...world,
      checkReply() {},
      repliesOf: (content) => asMessages(content, MOST_MESSAGES).map(text),
    });
    for (const lateReply of replies) await ctx.send(lateReply);
  }
  return { at: now, said, reply: reply ?? null, sent };
}
