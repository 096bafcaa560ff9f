import { messageKey } from '../emulator/simulator/message-key.ts';
import type { ShownDatabase, ShownDocument } from '../emulator/simulator/shown-database.ts';
import type { SentMessage } from '../emulator/wechat/state/sent.ts';

/** More jobs than this never run at a time here. */
const MOST_JOBS = 100;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Which message a customer-service message answers, by its key: that of the job at work for the follower,
 * and of several that whose reply it is. WeChat itself does not say. `undefined`: none of the worker's.
 */
export async function answeredMessage(
  database: Pick<ShownDatabase, 'find'>,
  jobs: string,
  { openid, message }: Pick<SentMessage, 'openid' | 'message'>,
): Promise<string | undefined> {
  const equals = { kind: 'message', state: 'running' };
  const atWork = (await database.find(jobs, { limit: MOST_JOBS, equals })).documents
    .map((job) => ({ job, said: saidIn(job) }))
    .filter(({ said }) => said?.FromUserName === openid);
  const words = wordsOf(message);
  const [found] =
    atWork.length > 1
      ? atWork.filter(({ job }) => words && repliesOf(job).includes(words))
      : atWork;
  return found?.said && messageKey((name) => found.said?.[name]);
}

/** The fields of the message that the job handles. */
function saidIn({ payload }: ShownDocument): Fields | undefined {
  const { message } = (payload ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? (JSON.parse(message) as Fields) : undefined;
}

/** What the job has to send, as it is stored. */
function repliesOf({ payload, checkpoint }: ShownDocument): string {
  const { replies = '' } = (payload ?? {}) as { readonly replies?: string };
  const { reply = '' } = (checkpoint ?? {}) as { readonly reply?: string };
  return `${replies}${reply}`;
}

/** The content of the message as it stands in stored replies; only texts are told apart. */
function wordsOf({ text }: Fields): string | undefined {
  const { content } = (text ?? {}) as { readonly content?: string };
  return content === undefined ? undefined : JSON.stringify(content).slice(1, -1);
}
