const FIRST_MSG_ID = 7_000_000_000_000_000_000n;

/** The MsgId under which WeChat delivers the message of a number. */
export function msgIdOf(number: number): string {
  return String(FIRST_MSG_ID + BigInt(number));
}

export function numberOf(msgId: string): number {
  return Number(BigInt(msgId) - FIRST_MSG_ID);
}
