import { MalformedError, type PushFields } from '../fields.ts';
import { events } from './events.ts';
import { ordinaryCommon, ordinaryMessages } from './ordinary.ts';
import { type Read, readShape, type Shape, text, time } from './shape.ts';

const envelope = {
  openid: text('FromUserName'),
  /** The `gh_…` id of the account. */
  originalId: text('ToUserName'),
  /** Milliseconds since the epoch. */
  createdAt: time('CreateTime'),
} satisfies Shape;

/** What every message has. `raw` is all that WeChat sent, also what we have no name for. */
interface Envelope extends Read<typeof envelope> {
  readonly raw: PushFields;
}

type Ordinary = typeof ordinaryMessages;
type Events = typeof events;

export type OrdinaryType = keyof Ordinary;
export type EventName = keyof Events;

export type OrdinaryMessage = {
  [Type in OrdinaryType]: Envelope &
    Read<typeof ordinaryCommon> &
    Read<Ordinary[Type]> & { readonly type: Type };
}[OrdinaryType];

export type KnownEvent = {
  [Name in EventName]: Envelope &
    Read<Events[Name]> & { readonly type: 'event'; readonly event: Name };
}[EventName];

/** An event that WeChat added after this was written; routes match its `name`. */
export interface UnknownEvent extends Envelope {
  readonly type: 'event';
  readonly event: 'unknown';
  readonly name: string;
  readonly key: string | undefined;
}

/** A message type that WeChat added after this was written. */
export interface UnknownMessage extends Envelope, Read<typeof ordinaryCommon> {
  readonly type: 'unknown';
  readonly msgType: string;
}

export type EventMessage = KnownEvent | UnknownEvent;

/** Whatever WeChat pushes: narrow it by `type`, and an event by `event`. */
export type Message = OrdinaryMessage | EventMessage | UnknownMessage;

/** The name that WeChat gives the event, also of one that is unknown here. */
export function eventName(message: EventMessage): string {
  return message.event === 'unknown' ? message.name : message.event;
}

/**
 * Reads the fields of a push.
 *
 * @throws MalformedError if sender, receiver, time or type is missing.
 */
export function readMessage(raw: PushFields): Message {
  const common: Envelope = readShape(envelope, raw, { raw });
  const msgType = text('MsgType')(raw);
  if (!common.openid || !common.originalId || !msgType) {
    throw new MalformedError('message: FromUserName, ToUserName or MsgType is missing');
  }
  if (msgType === 'event') return readEvent(common, raw);
  const ordinary = readShape(ordinaryCommon, raw, common);
  if (!Object.hasOwn(ordinaryMessages, msgType)) {
    return Object.assign(ordinary, { type: 'unknown', msgType } as const);
  }
  const type = msgType as OrdinaryType;
  // The table pairs each type with its shape; TypeScript cannot follow the pairing through a union.
  const read = readShape(ordinaryMessages[type], raw, ordinary);
  return Object.assign(read, { type }) as unknown as OrdinaryMessage;
}

function readEvent(common: Envelope, raw: PushFields): EventMessage {
  const name = text('Event')(raw);
  if (!name) throw new MalformedError('message: Event is missing');
  if (!Object.hasOwn(events, name)) {
    const key = text('EventKey')(raw);
    return Object.assign(common, { type: 'event', event: 'unknown', name, key } as const);
  }
  const event = name as EventName;
  const read = readShape(events[event], raw, common);
  return Object.assign(read, { type: 'event', event } as const) as unknown as KnownEvent;
}
