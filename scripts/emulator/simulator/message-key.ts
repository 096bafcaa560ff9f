/** What tells one message of a follower from the others: WeChat's id, or of an event time and key. */
export function messageKey(fieldOf: (name: string) => unknown): string {
  const msgId = fieldOf('MsgId');
  if (typeof msgId === 'string' && msgId !== '') return msgId;
  return ['CreateTime', 'Event', 'EventKey'].map((name) => String(fieldOf(name) ?? '')).join(' ');
}

/** The same of the XML of a push. */
export function keyOfPush(xml: string): string {
  return messageKey((name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]*)`).exec(xml)?.[1]);
}
