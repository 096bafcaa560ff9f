import type { Reply } from '../wechat/reply.ts';
import { text } from '../wechat/reply.ts';
import type { Delivery } from './delivery.ts';
import type { SlowPlan } from './slow-plan.ts';
import { firstPart, type SlowWords, slowTexts } from './slow-words.ts';

/** What a follower reads of a message: in the response, and later. */
export interface ReplayedAnswer {
  readonly reply: Reply | undefined;
  readonly late: readonly Reply[];
}

/**
 * Slow answers of a conversation that is had again. Which way an answer takes is a matter of time, and a
 * test has none: it takes the recorded one.
 */
export class SlowReplay {
  #kept: readonly Reply[] = [];

  /** For the next message. */
  begin(): SlowTurn {
    return new SlowTurn(
      () => this.#kept,
      (kept) => {
        this.#kept = kept;
      },
    );
  }
}

class SlowTurn implements Pick<Delivery, 'beginSlow' | 'askForAnswer'> {
  readonly #kept: () => readonly Reply[];
  readonly #keep: (kept: readonly Reply[]) => void;
  #plan: SlowPlan | undefined;
  #asked: SlowWords | undefined;

  constructor(kept: () => readonly Reply[], keep: (kept: readonly Reply[]) => void) {
    this.#kept = kept;
    this.#keep = keep;
  }

  readonly beginSlow = (plan: SlowPlan): 'here' => {
    this.#plan = plan;
    return 'here';
  };

  readonly askForAnswer = (words: SlowWords): boolean => {
    if (this.#kept().length === 0) return false;
    this.#asked = words;
    return true;
  };

  /** The messages that a text of the handler becomes. */
  readonly repliesOf = (content: string): readonly Reply[] =>
    this.#plan ? slowTexts(content) : [text(content)];

  /** What the follower reads, as the recording has it, of what the handlers have replied now. */
  read(replies: readonly Reply[], recorded: Reply | null): ReplayedAnswer {
    if (this.#asked) return this.#part(this.#kept(), this.#asked);
    const [reply, ...late] = replies;
    if (!this.#plan) return { reply, late: [] };
    const { interim, waiting, more } = this.#plan.words;
    const said = recorded?.type === 'text' ? recorded.content : '';
    if (said === interim) return { reply: text(interim), late: replies };
    if (said === waiting) {
      this.#keep(replies);
      return { reply: text(waiting), late: [] };
    }
    return said.endsWith(more) ? this.#part(replies, this.#plan.words) : { reply, late };
  }

  /** The first of them, with the words that the others have to be asked for. */
  #part(replies: readonly Reply[], words: SlowWords): ReplayedAnswer {
    const { first, rest } = firstPart(replies, words);
    this.#keep(rest);
    return { reply: first, late: [] };
  }
}
