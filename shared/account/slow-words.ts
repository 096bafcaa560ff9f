import { AppError } from '../kernel/errors.ts';
import { MAX_TEXT_BYTES } from '../wechat/limits.ts';
import { asMessages } from '../wechat/long-text.ts';
import { clip, type Reply, text } from '../wechat/reply.ts';

/** What a follower reads of a slow answer besides the answer. */
export interface SlowWords {
  /** The text by which a follower asks for an answer that is kept for him. */
  readonly ask: string;
  /** In the last response: the answer is to come as a message of its own. */
  readonly interim: string;
  /** In the last response, or when the follower asks too early: the answer has to be asked for. */
  readonly waiting: string;
  /** Behind a part of a long answer: the rest has to be asked for. */
  readonly more: string;
  /** There is no answer, because the handler failed or took too long. */
  readonly gaveUp: string;
}

export type SlowLanguage = 'zh' | 'en';

/** What a part of a long answer leaves room for, in bytes of UTF-8. */
export const ROOM_FOR_MORE = 120;

type WordsWith = (ask: string) => Omit<SlowWords, 'ask'>;

const askIn: Readonly<Record<SlowLanguage, string>> = { zh: '继续', en: 'more' };

const wordsIn: Readonly<Record<SlowLanguage, WordsWith>> = {
  zh: (ask) => ({
    interim: `还在处理，好了就发给您。如果一直没有收到，请发送“${ask}”。`,
    waiting: `还在处理，请稍后发送“${ask}”查看回答。`,
    more: `（发送“${ask}”查看后面的内容）`,
    gaveUp: '抱歉，这次没能回答，请稍后再发一次。',
  }),
  en: (ask) => ({
    interim: `Still working on it. The answer will follow; if it does not come, send “${ask}”.`,
    waiting: `Still working on it. Send “${ask}” in a moment to read the answer.`,
    more: `(Send “${ask}” to read on.)`,
    gaveUp: 'Sorry, this could not be answered. Please send it again later.',
  }),
};

/** @throws AppError `invalid` for words that cannot be shown */
export function slowWords(language: SlowLanguage, own: Partial<SlowWords>): SlowWords {
  const ask = (own.ask ?? askIn[language]).trim();
  const words = { ...wordsIn[language](ask), ...own, ask };
  for (const [name, value] of Object.entries(words)) {
    if (value.trim() === '') throw new AppError('invalid', `slow: words.${name} is empty.`);
  }
  // A line break stands between a part and these words.
  if (Buffer.byteLength(words.more) >= ROOM_FOR_MORE) {
    throw new AppError('invalid', `slow: words.more takes at most ${ROOM_FOR_MORE - 1} bytes.`);
  }
  return words;
}

/** What WeChat takes after a message of a follower; the response can bring one more. */
const MOST_MESSAGES = 5;

/** A text as the messages that it takes, with room for the words that the rest has to be asked for. */
export const slowTexts = (content: string): readonly Reply[] =>
  asMessages(content, MOST_MESSAGES, MAX_TEXT_BYTES - ROOM_FOR_MORE).map(text);

/** The first of several replies, and the rest; with words, they say that the rest has to be asked for. */
export function firstPart(
  replies: readonly Reply[],
  words: Pick<SlowWords, 'more'> | undefined,
): { readonly first: Reply | undefined; readonly rest: readonly Reply[] } {
  const [first, ...rest] = replies;
  if (!words || first?.type !== 'text' || rest.length === 0) return { first, rest };
  return { first: { ...first, content: clip(`${first.content}\n${words.more}`) }, rest };
}
