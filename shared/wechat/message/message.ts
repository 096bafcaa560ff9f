import { MalformedError, type PushFields } from '../fields.ts';
import { events } from './events.ts';
import { ordinaryCommon, ordinaryMessages } from './ordinary.ts';
import { maybeText, type Read, readShape, type Shape, text, time } from './shape.ts';

const msgTypeOf = maybeText('MsgType');
const eventOf = maybeText('Event');
const unknownEvent = { key: maybeText('EventKey') } satisfies Shape;

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

/**
 * An event that WeChat added after this was written, or one that lacks what its kind must have, such
 * as a tap without its key. Routes match its `name`; what it says is in `raw`.
 */
export interface UnknownEvent extends Envelope {
  readonly type: 'event';
  readonly event: 'unknown';
  readonly name: string;
  readonly key: string | undefined;
}

/**
 * A message of a type that WeChat added after this was written, or one that lacks what its type must
 * have, such as a place without coordinates. What it says is in `raw`.
 */
export interface UnknownMessage extends Envelope, Read<typeof ordinaryCommon> {
  readonly type: 'unknown';
  readonly msgType: string;
}

export type EventMessage = KnownEvent | UnknownEvent;

/** Whatever WeChat pushes: narrow it by `type`, and an event by `event`. */
export type Message = OrdinaryMessage | EventMessage | UnknownMessage;

/** Events that WeChat's own documents call by two names. */
const otherNames: Readonly<Record<string, EventName>> = {
  FREEPUBLISHJOBFINISH: 'PUBLISHJOBFINISH',
};

/** The name that WeChat gives the event, also of one that is unknown here. */
export function eventName(message: EventMessage): string {
  return message.event === 'unknown' ? message.name : message.event;
}

/** Whether events of this name have fields of their own here. */
export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}

/**
 * Reads the fields of a push. What cannot be read of a message is missing in it, and is in `raw`.
 *
 * @throws MalformedError if sender, receiver, time or type is missing.
 */
export function readMessage(raw: PushFields): Message {
  const msgType = msgTypeOf(raw);
  if (!msgType) throw new MalformedError('message: MsgType is missing');
  if (msgType === 'event') return readEvent(raw);
  const ordinary = readOrdinary(raw);
  if (!Object.hasOwn(ordinaryMessages, msgType)) return toUnknown(ordinary);
  const type = msgType as OrdinaryType;
  const known = orUndefined(() => readShape(ordinaryMessages[type], raw, ordinary));
  // The table pairs each type with its shape; TypeScript cannot follow the pairing through a union.
  return known
    ? (Object.assign(known, { type }) as unknown as OrdinaryMessage)
    : toUnknown(readOrdinary(raw));

  function toUnknown(read: ReturnType<typeof readOrdinary>): UnknownMessage {
    return Object.assign(read, { type: 'unknown', msgType: msgType ?? '' } as const);
  }
}

function readEnvelope(raw: PushFields): Envelope {
  const read = readShape(envelope, raw, { raw });
  if (read.openid && read.originalId) return read;
  throw new MalformedError('message: FromUserName or ToUserName is empty');
}

const readOrdinary = (raw: PushFields) => readShape(ordinaryCommon, raw, readEnvelope(raw));

function readEvent(raw: PushFields): EventMessage {
  const given = eventOf(raw);
  if (!given) throw new MalformedError('message: Event is missing');
  const name = Object.hasOwn(otherNames, given) ? (otherNames[given] ?? given) : given;
  if (isEventName(name)) {
    const common = readEnvelope(raw);
    const known = orUndefined(() => readShape(events[name], raw, common));
    if (known) return Object.assign(known, { type: 'event', event: name }) as unknown as KnownEvent;
  }
  const read = readShape(unknownEvent, raw, readEnvelope(raw));
  return Object.assign(read, { type: 'event', event: 'unknown', name } as const);
}

/** `undefined` if a field is missing without which a message is not of its kind. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
