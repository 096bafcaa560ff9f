import type { Context } from '../account/context.ts';
import { delivery } from '../account/delivery.ts';
import type { Eventual } from '../kernel/eventual.ts';
import { type ChooseRule, createChooser } from './choose.ts';
import { autoReplyCollection, RULES_ID } from './document.ts';

/** A change is known everywhere after this time, and the store is asked no more often. */
export const RULES_MS = 10_000;

/** The rules as an instance knows them. */
export class KnownRules {
  #choose: ChooseRule | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  /**
   * The rules of ten seconds ago at the most; those of before while the store fails; `undefined` where there
   * are none, or none could be read yet.
   */
  current(ctx: Context): Eventual<ChooseRule | undefined> {
    const now = ctx.now();
    // A clock that was put back must not keep old rules alive.
    if (Math.abs(now - this.#askedAt) >= RULES_MS) {
      this.#askedAt = now;
      this.#asking = this.#ask(ctx);
    }
    return this.#asking ? this.#asking.then(() => this.#choose) : this.#choose;
  }

  async #ask(ctx: Context): Promise<void> {
    try {
      const found = await ctx[delivery]?.documents?.get(autoReplyCollection, RULES_ID);
      this.#choose = found && createChooser(found.doc.rules);
    } catch (error) {
      ctx.log.warn('auto-replies not read', {
        reason: this.#choose ? 'those of before go on' : 'none are known yet',
        error,
      });
    } finally {
      this.#asking = undefined;
    }
  }
}
