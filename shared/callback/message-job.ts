import * as v from 'valibot';
import type { Later } from '../account/later.ts';
import {
  defineJob,
  type Job,
  type JobKind,
  judgeByCode,
  type Queue,
  type Verdict,
} from '../jobs/index.ts';
import { AppError } from '../kernel/errors.ts';
import { messageId } from '../wechat/message/message-id.ts';
import { messageFrom, messageText } from '../wechat/message/message-text.ts';
import type { Reply } from '../wechat/reply.ts';
import { WeChatError } from '../wechat/wechat-error.ts';
import { createRerun, type RerunOptions } from './rerun.ts';

const payload = v.strictObject({ message: v.string() });
const checkpoint = v.strictObject({
  hasBegun: v.optional(v.boolean()),
  reply: v.optional(v.string()),
});

/** A message whose handlers run after its response. */
export const messageJob: JobKind<v.InferOutput<typeof payload>> = { kind: 'message', payload };

/** The worker's queue, in which a message stands once for all its repeats. */
export function laterBy(queue: Queue): Later {
  return {
    async enqueueIn(tx, message) {
      const options = { key: messageId(message) };
      await queue.enqueueIn(tx, messageJob, { message: messageText(message) }, options);
    },
    kick: () => queue.kick(),
  };
}

/** How the worker runs such a message. */
export function createMessageJob(options: RerunOptions): Job {
  const rerun = createRerun(options);
  return defineJob({
    ...messageJob,
    checkpoint,
    priority: 'high',
    // A follower is waiting, so what a dead worker had in hand is taken over soon.
    leaseMs: 10_000,
    async run({ checkpoint: saved, signal, log, assertHeld, save }, { message: text }) {
      const message = messageFrom(text);
      await rerun(message, {
        progress: {
          ...(saved?.hasBegun ? { hasBegun: true } : {}),
          ...(saved?.reply === undefined ? {} : { reply: JSON.parse(saved.reply) as Reply }),
        },
        signal,
        log: log.child({ openid: message.openid }),
        assertHeld,
        save: ({ hasBegun, reply }) =>
          save({
            ...(hasBegun ? { hasBegun } : {}),
            ...(reply ? { reply: JSON.stringify(reply) } : {}),
          }),
      });
      return undefined;
    },
  });
}

/** What no repeat can mend ends at once; a limit of WeChat is waited for. */
export function judge(error: unknown): Verdict {
  if (error instanceof WeChatError) {
    const isFinal = ['caller', 'unreachable', 'configuration'].includes(error.class);
    return { isFinal, waitMs: error.waitMs };
  }
  if (error instanceof AppError && error.details.isFinal === true) return { isFinal: true };
  return judgeByCode(error);
}
