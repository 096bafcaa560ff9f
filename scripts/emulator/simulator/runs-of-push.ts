import type { Book } from './book.ts';
import type { LogEntry } from './feed.ts';
import { followerOf } from './follower-of-push.ts';
import { keyOfPush } from './message-key.ts';
import { requestIdsOf, type TrafficRecord } from './traffic.ts';

type PushRecord = Extract<TrafficRecord, { kind: 'push' }>;

/**
 * The invocations that had to do with a push: those that have answered its deliveries, those whose lines
 * name the message (one that died has answered nothing), and those that have sent something which is known
 * to answer it, such as the worker's.
 */
export function runsOf(push: PushRecord, book: Book): readonly string[] {
  const { logs, steps, conversations } = book;
  const { said, deliveries, result } = push;
  const answered = requestIdsOf(deliveries);
  const named = logs.requestsAbout(messageIdsIn(result?.message, logs.ofRequests(answered)));
  const key = result && keyOfPush(result.message);
  const calls = conversations
    .of(followerOf(said))
    .flatMap(({ answers, trafficId }) =>
      answers !== undefined && answers === key ? (trafficId ?? []) : [],
    );
  return [...new Set([...answered, ...named, ...steps.requestsOfCalls(calls)])];
}

/** What the lines of a message have in common: WeChat's id, or of an event what the functions call it. */
function messageIdsIn(message = '', lines: readonly LogEntry[]): readonly string[] {
  const [, msgId] = /<MsgId>(\d+)</.exec(message) ?? [];
  const logged = lines.flatMap(({ line }) => /"messageId":"([^"]+)"/.exec(line)?.[1] ?? []);
  const ids = new Set([...(msgId === undefined ? [] : [msgId]), ...logged]);
  return [...ids].map((id) => `"messageId":"${id}"`);
}
