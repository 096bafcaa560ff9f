import type { Reply } from '../wechat/push/reply.ts';
import type { ChatEntry } from './bubble.ts';
import { keyOfPush } from './message-key.ts';

/** What a follower said and what came of it, for a file that can be had again as a test. */
export interface RecordedTurn {
  /** Milliseconds since the epoch, by the emulated clock. */
  readonly at: number;
  readonly said: object;
  readonly reply: object | null;
  readonly sent: readonly object[];
}

/**
 * The turns of a chat, in order: each push with its reply, and the customer-service messages that
 * answer it, or where nobody knows what they answer, that came before the next. `describe` reads the XML of a push in the words of whoever has it again.
 */
export function conversationOf(
  entries: readonly ChatEntry[],
  describe: (xml: string) => object,
): { readonly turns: readonly RecordedTurn[] } {
  const turns: { at: number; said: object; reply: object | null; sent: object[] }[] = [];
  const turnOf = new Map<number, (typeof turns)[number]>();
  const turnBy = new Map<string, (typeof turns)[number]>();
  for (const { via, at, bubble, source, trafficId, answers } of entries) {
    // What was pushed raw may be anything, and nothing that a handler could be given.
    if (via === 'push' && typeof source === 'string' && bubble.type !== 'other') {
      const turn = { at, said: describe(source), reply: null, sent: [] };
      turns.push(turn);
      turnBy.set(keyOfPush(source), turn);
      if (trafficId !== undefined) turnOf.set(trafficId, turn);
    }
    const turn = trafficId === undefined ? undefined : turnOf.get(trafficId);
    if (via === 'reply' && source && turn) turn.reply = plain(source as Reply);
    if (via === 'custom') {
      const answered = (answers !== undefined && turnBy.get(answers)) || turns.at(-1);
      answered?.sent.push(withoutReceiver(source as object));
    }
  }
  return { turns };
}

/** As a handler makes it: titles that are not there are left out. */
function plain(reply: Reply): object {
  return Object.fromEntries(
    Object.entries(reply).filter(([name, value]) => name !== 'dropped' && value !== ''),
  );
}

function withoutReceiver(message: object): object {
  return Object.fromEntries(Object.entries(message).filter(([name]) => name !== 'touser'));
}
