import type { Log } from '../kernel/log.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import { createContext } from './context.ts';
import type { Router } from './router.ts';

type Said<M> = M extends Message
  ? Pick<M, Extract<keyof M, 'type' | 'event'>> & Partial<Omit<M, 'type' | 'event'>>
  : never;

const silent: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/**
 * Says something to an account in a test and gives its passive reply, without a server:
 * `await talk(account, { type: 'text', content: 'help' })`. Whatever the message leaves out is
 * filled in with harmless values; an error of a handler is thrown.
 */
export async function talk(
  account: Router,
  said: Said<Message>,
  options: { readonly now?: number } = {},
): Promise<Reply | undefined> {
  const now = options.now ?? Date.UTC(2026, 0, 1);
  const message = {
    openid: 'oTestFollower',
    originalId: 'gh_test',
    createdAt: now,
    msgId: '1',
    raw: {},
    ...said,
  } as unknown as Message;
  const { ctx, getReply } = createContext({
    message,
    signal: new AbortController().signal,
    log: silent,
    now: () => now,
  });
  await account.middleware()(ctx, () => Promise.resolve());
  return getReply();
}
