import * as v from 'valibot';
import { createRerun, type RerunOptions } from '../account/rerun.ts';
import {
  defineJob,
  type Job,
  type JobKind,
  judgeByCode,
  type Queue,
  type Verdict,
} from '../jobs/index.ts';
import { AppError } from '../kernel/errors.ts';
import type { Fields } from '../wechat/fields.ts';
import { type Message, readMessage } from '../wechat/message/message.ts';
import type { Reply } from '../wechat/reply.ts';
import { WeChatError } from '../wechat/wechat-error.ts';

/** As text: what WeChat calls its elements could not always be the name of a field in the store. */
const payload = v.strictObject({ message: v.string() });
const checkpoint = v.strictObject({
  hasBegun: v.optional(v.boolean()),
  reply: v.optional(v.string()),
});

/** A message whose handlers run after its response. */
export const messageJob: JobKind<v.InferOutput<typeof payload>> = { kind: 'message', payload };

/** Stores a message for the worker, once for all its repeats, and wakes the worker. */
export function laterBy(queue: Queue): (message: Message) => Promise<void> {
  return async (message) => {
    const text = JSON.stringify(message.raw);
    await queue.enqueue(messageJob, { message: text }, { key: keyOf(message) });
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
      const message = readMessage(fieldsFrom(text));
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

/** The same for each repeat of a message. It holds an openid: only its hash is stored. */
function keyOf(message: Message): string {
  if (message.type !== 'event') return `${message.openid} ${message.msgId}`;
  const { Event: event, EventKey: key } = message.raw;
  return JSON.stringify([message.openid, message.createdAt, event, key]);
}

function fieldsFrom(text: string): Fields {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.assign(Object.create(null), value)
      : value,
  ) as Fields;
}
