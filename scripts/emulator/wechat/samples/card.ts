import type { SamplesOf } from './sample.ts';

export const card: SamplesOf<'card'> = {
  async get({ control }) {
    await control('PUT', '/emulator/cards/pEmulatedCard', { card_type: 'CASH', title: '十元券' });
    return {
      request: { card_id: 'pEmulatedCard' },
      answer: { card: { card_type: 'CASH', cash: { base_info: { title: '十元券' } } } },
    };
  },
};
