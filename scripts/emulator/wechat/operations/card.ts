import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { done, type OperationsOf } from './operation.ts';

export const card: OperationsOf<'card'> = {
  get({ cards }, call) {
    const id = textIn(jsonOf(call), 'card_id');
    if (id === '') throw new ApiError(41012);
    const found = cards.find(id);
    if (!found) throw new ApiError(40073);
    return { ...done, card: found };
  },
};
