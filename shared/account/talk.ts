import { Abort } from '../kernel/abort.ts';
import { systemClock } from '../kernel/clock.ts';
import type { AuthorLog } from '../kernel/log.ts';
import { present } from '../kernel/present.ts';
import type { NoVariables, Variables } from '../kernel/variable.ts';
import type { Api } from '../wechat/client/index.ts';
import type { Message } from '../wechat/message/message.ts';
import { type Reply, text } from '../wechat/reply.ts';
import { type ContextOptions, HandlerRun } from './context.ts';
import type { Delivery } from './delivery.ts';
import { AnsweredFailure, causeOf } from './failures.ts';
import { endOfChain } from './middleware.ts';
import type { Router } from './router.ts';
import { TestSessions } from './test-sessions.ts';
import { type TestEnv, testValues } from './test-values.ts';

/** What a message is made of, as far as a test cares: the rest is filled in. */
export type Said<M = Message> = M extends Message
  ? Pick<M, Extract<keyof M, 'type' | 'event'>> & Partial<Omit<M, 'type' | 'event'>>
  : never;

export type DeepPartial<T> = {
  readonly [Name in keyof T]?: T[Name] extends (...args: never) => unknown
    ? T[Name]
    : DeepPartial<T[Name]>;
};

const silent: AuthorLog = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/** What the world of a test gives to the handlers. */
export interface TestWorld<Own extends Variables = NoVariables> {
  /** Milliseconds since the epoch. */
  readonly now?: number;
  /** The operations of WeChat that the handlers use, as functions of the test. */
  readonly api?: DeepPartial<Api>;
  /** Texts for the account's own variables: `{ ORDERS_URL: 'https://orders.test' }`. */
  readonly env?: TestEnv<Own>;
  /** What the account remembers of its followers; by default nothing, and it is forgotten at the end. */
  readonly sessions?: TestSessions;
  /** Whether an error of a handler is thrown, as is the default, or answered by `onError`. */
  readonly errors?: 'throw' | 'answer';
}

/**
 * Says something to an account in a test and gives its passive reply, without a server:
 * `await talk(account, { type: 'text', content: 'help' })`. Whatever the message leaves out is
 * filled in with harmless values; an error of a handler is thrown, unless `errors` is `answer`. A handler that calls WeChat
 * needs `api`, and one that reads a variable without a default needs it in `env`. A long text of a slow
 * handler, which reaches the follower as several messages, is given whole.
 */
export async function talk<Own extends Variables>(
  account: Router<Own>,
  said: Said,
  world: TestWorld<Own> = {},
): Promise<Reply | undefined> {
  let isSlow = false;
  const beginSlow = () => {
    isSlow = true;
    return 'here' as const;
  };
  const repliesOf = (content: string) => [
    isSlow ? ({ type: 'text', content } as const) : text(content),
  ];
  return (await exchange(account, said, { ...world, delivery: { beginSlow }, repliesOf })).reply;
}

/** The same, in a given delivery, and with the context that the handlers had. */
export async function exchange<Own extends Variables>(
  account: Router<Own>,
  said: Said,
  options: TestWorld<Own> &
    Pick<ContextOptions, 'checkReply' | 'repliesOf'> & { readonly delivery?: Partial<Delivery> },
): Promise<Pick<HandlerRun, 'ctx' | 'reply' | 'replies'>> {
  const { checkReply, repliesOf, sessions = new TestSessions() } = options;
  const now = options.now ?? Date.UTC(2026, 0, 1);
  const message = {
    openid: 'oTestFollower',
    originalId: 'gh_test',
    createdAt: now,
    msgId: '1',
    raw: {},
    ...said,
  } as unknown as Message;
  const turn = sessions.open(message.openid, () => now);
  const delivery: Delivery = Object.assign(turn, {
    beginOnce: () => Promise.resolve(),
    ...options.delivery,
  });
  const run = new HandlerRun({
    message,
    abort: new Abort(),
    // An operation that the test does not give is missing, and a handler that calls it fails the test.
    api: (options.api ?? {}) as Api,
    log: silent,
    clock: { ...systemClock, now: () => now },
    delivery,
    ...present({ checkReply, repliesOf }),
  });
  const values = testValues(account, options.env);
  try {
    await account.middleware(values)(run.ctx, endOfChain);
    turn.keep();
  } catch (error) {
    if (options.errors !== 'answer' || !(error instanceof AnsweredFailure)) throw causeOf(error);
  }
  return run;
}
