import type { PushAccount } from './account.ts';
import { Fault } from './fault.ts';
import type { PushMessage } from './messages.ts';
import { type Notation, writeFields } from './notation.ts';
import type { Trigger } from './reply.ts';
import { childOf, readXml } from './xml-reader.ts';
import type { XmlFields } from './xml-writer.ts';

/** A message in the words of the wire; every delivery of it carries this very text. */
export interface Body {
  readonly text: string;
  readonly trigger: Trigger;
}

/** What WeChat writes into each message. */
export interface Assigned {
  /** Unix seconds. */
  readonly createTime: number;
  /** 64 bits, as text. */
  readonly msgId: () => string;
}

/** How a message is written where that is not by a server's rules: in XML, with ids of 64 bits. */
export interface Wording {
  readonly notation?: Notation;
  /** Makes another id of an ordinary message's. */
  readonly msgId?: (id: string) => string | bigint;
}

export function bodyOf(
  account: PushAccount,
  message: PushMessage,
  assign: Assigned,
  { notation = 'xml', msgId = BigInt }: Wording = {},
): Body {
  const { openid } = message;
  const { originalId } = account;
  if (message.type === 'raw') {
    const event = eventIn(message.body);
    return { text: message.body, trigger: { openid, originalId, event } };
  }
  const { openid: _, type, CreateTime = assign.createTime, ...rest } = message;
  const common = {
    ToUserName: originalId,
    FromUserName: openid,
    CreateTime,
    MsgType: type,
  };
  const own = message.type === 'event' ? rest : withMsgId(rest, assign, msgId);
  return {
    text: writeFields(notation, { ...common, ...own }),
    trigger: { openid, originalId, event: message.type === 'event' ? message.Event : undefined },
  };
}

/** The id is text in JavaScript, and mostly a bare 64-bit number on the wire. */
function withMsgId(
  { MsgId, ...fields }: XmlFields,
  assign: Assigned,
  write: (id: string) => string | bigint,
): XmlFields {
  return { ...fields, MsgId: write(typeof MsgId === 'string' ? MsgId : assign.msgId()) };
}

/** A raw body may be anything; only when it can be read does it say that it is an event. */
function eventIn(body: string): string | undefined {
  try {
    return childOf(readXml(body), 'Event')?.text;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return /"Event"\s*:\s*"([^"]*)"/.exec(body)?.[1];
  }
}
