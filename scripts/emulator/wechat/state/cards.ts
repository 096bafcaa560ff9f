import type { Card } from '../../../../shared/wechat/catalogue/card.ts';
import type { Storage } from './storage.ts';

/** The cards and coupons of the account, which are made in the console and not here. */
export function createCards(storage: Storage) {
  const section = storage.section<Record<string, Card>>('cards', () => ({}));
  return {
    put(id: string, card: Card): void {
      section.update((state) => {
        state[id] = card;
      });
    },
    find(id: string): Card | undefined {
      return Object.hasOwn(section.read(), id) ? section.read()[id] : undefined;
    },
  };
}

export type Cards = ReturnType<typeof createCards>;
