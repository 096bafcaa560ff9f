import type { Message } from '../wechat/message/message.ts';
import { messageId } from '../wechat/message/message-id.ts';
import type { Ticket } from './session-document.ts';

export function ticketOf(message: Message): Ticket {
  const msgId = message.type === 'event' ? undefined : message.msgId;
  return {
    message: messageId(message),
    sentAt: message.createdAt,
    ...(msgId === undefined ? {} : { msgId }),
  };
}

/**
 * The line with this ticket in it: before those that were sent later, but never before one that has
 * its turn. A ticket that is in the line already keeps its place.
 */
export function inLine(line: readonly Ticket[], ticket: Ticket): readonly Ticket[] {
  if (line.some(({ message }) => message === ticket.message)) {
    return line.map((other) => (other.message === ticket.message ? ticket : other));
  }
  let place = line.length;
  for (; place > 0; place -= 1) {
    const before = line[place - 1] as Ticket;
    if (before.holder !== undefined || !isSentBefore(ticket, before)) break;
  }
  return line.toSpliced(place, 0, ticket);
}

export function withoutTicket(line: readonly Ticket[], message: string): readonly Ticket[] {
  return line.filter((ticket) => ticket.message !== message);
}

/** What cannot be told apart by time and MsgId stays in the order in which it came. */
function isSentBefore(one: Ticket, other: Ticket): boolean {
  if (one.sentAt !== other.sentAt) return one.sentAt < other.sentAt;
  if (one.msgId === undefined || other.msgId === undefined) return false;
  // 64 bits, as digits.
  const difference = one.msgId.length - other.msgId.length;
  return difference === 0 ? one.msgId < other.msgId : difference < 0;
}
