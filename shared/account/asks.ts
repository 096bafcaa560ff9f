import { whenDone } from '../kernel/eventual.ts';
import type { Message } from '../wechat/message/message.ts';
import { delivery } from './delivery.ts';
import type { Route } from './routes.ts';
import type { SlowWords } from './slow-words.ts';

/** The texts by which followers ask for answers of a router's slow routes. */
export class Asks {
  readonly #own = new Map<string, SlowWords>();
  readonly #inside: Asks[] = [];

  /** Takes the messages that ask for an answer, as long as one is kept for the follower. */
  readonly route: Route = {
    types: ['text'],
    test: (message) => this.#wordsIn(message) !== undefined,
    handle: (ctx, next) => {
      const words = this.#wordsIn(ctx.message);
      const asked = words && ctx[delivery]?.askForAnswer?.(words);
      return whenDone(asked, (isKept) => (isKept ? undefined : next()));
    },
  };

  add(words: SlowWords): void {
    this.#own.set(words.ask, words);
  }

  /** Those of a router inside count too, also routes that it is given later. */
  include(inner: Asks): void {
    this.#inside.push(inner);
  }

  #wordsIn(message: Message): SlowWords | undefined {
    return message.type === 'text' ? this.#wordsFor(message.content.trim()) : undefined;
  }

  #wordsFor(text: string): SlowWords | undefined {
    const own = this.#own.get(text);
    if (own) return own;
    for (const inner of this.#inside) {
      const words = inner.#wordsFor(text);
      if (words) return words;
    }
    return undefined;
  }
}
