import { ApiError } from '../errors/errors.ts';
import { type TicketType, ticketTypes } from '../state/tickets.ts';
import { done, type OperationsOf } from './operation.ts';

export const ticket: OperationsOf<'ticket'> = {
  get({ tickets, clock, statistics }, { query }) {
    const { type = '' } = query;
    if (!isTicketType(type)) throw new ApiError(40097);
    const at = clock.now();
    const { ticket, expiresAt } = tickets.issue(type);
    statistics.countTicketFetch();
    return { ...done, ticket, expires_in: Math.floor((expiresAt - at) / 1_000) };
  },
};

function isTicketType(type: string): type is TicketType {
  return ticketTypes.some((each) => each === type);
}
