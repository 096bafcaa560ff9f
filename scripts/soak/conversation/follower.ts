import { setTimeout as delay } from 'node:timers/promises';
import type { PushResult } from '../../emulator/wechat/push/push.ts';
import type { Backend, Sent } from './backend.ts';

/** A message of a follower, and what WeChat saw of it. */
export interface Asked {
  readonly number: number;
  readonly openid: string;
  readonly thinkMs: number;
  readonly result: PushResult;
}

/** What a follower is going to say. */
export interface Plan {
  readonly openid: string;
  readonly questions: readonly {
    readonly number: number;
    readonly thinkMs: number;
    /** The next message does not wait for the answer, but comes after so many ms. */
    readonly hurryMs: number | undefined;
  }[];
}

/** How long a follower waits for an answer before the next question. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 200;

/** One follower's conversation: mostly one question after the other, and now and then two at once. */
export async function converse(
  { push, sentTo }: Pick<Backend, 'push' | 'sentTo'>,
  { openid, questions }: Plan,
  { turn, onAsked }: { readonly turn: () => Promise<void>; readonly onAsked: () => void },
): Promise<Asked[]> {
  const asked: Promise<Asked>[] = [];
  for (const { number, thinkMs, hurryMs } of questions) {
    await turn();
    const one = ask(number, thinkMs);
    asked.push(one);
    if (hurryMs === undefined) await answered(await one);
    else await delay(hurryMs);
  }
  return Promise.all(asked);

  async function ask(number: number, thinkMs: number): Promise<Asked> {
    const Content = `question ${number} ${thinkMs}`;
    const result = await push.send({ openid, type: 'text', Content });
    onAsked();
    return { number, openid, thinkMs, result };
  }

  async function answered({ number, result }: Asked): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    const isHere = () => answersOf(number, result, sentTo(openid)).length > 0;
    while (!isHere() && Date.now() < until) await delay(LOOK_MS);
  }
}

/** An answer that a follower reads. */
export interface Answer {
  /** Which one of its follower's it is, as the session counts. */
  readonly count: number;
  /** When it was sent as a message; `undefined` of one in a response. */
  readonly sentAt: number | undefined;
}

/** The answers to a message, in the response and as messages. */
export function answersOf(
  number: number,
  { outcome }: PushResult,
  sent: readonly Sent[],
): readonly Answer[] {
  const isReply = outcome.kind === 'reply' && outcome.reply.type === 'text';
  const texts = [...(isReply ? [{ text: outcome.reply.content, at: undefined }] : []), ...sent];
  return texts.flatMap(({ text, at }) => {
    const [, about, count] = /^answer (\d+) (\d+)$/.exec(text) ?? [];
    return Number(about) === number && about !== undefined
      ? [{ count: Number(count), sentAt: at }]
      : [];
  });
}
