import type { Eventual } from '../kernel/eventual.ts';
import type { HttpRequest } from '../kernel/http.ts';
import type { FieldsOf } from '../kernel/log.ts';
import type { PushFields } from '../wechat/fields.ts';
import type { Message } from '../wechat/message/message.ts';
import type { Notation } from '../wechat/push-body.ts';
import { writeXml, type XmlTree } from '../wechat/xml.ts';

/** The ways by which WeChat reaches the callback, one of which is open. */
export const pushDoors = ['signed', 'container', 'cloud-function'] as const;
export type PushDoorName = (typeof pushDoors)[number];

export type PushRefusedReason = NonNullable<FieldsOf<'push refused'>['reason']>;

/** The sender is not WeChat, or the push is not for this account: 403, and the reason only in the log. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly reason: PushRefusedReason;

  constructor(reason: PushRefusedReason, cause?: unknown) {
    super(`push refused: ${reason}`, { cause });
    this.reason = reason;
  }
}

/** A push that certainly comes from WeChat, in plain fields. */
export interface OpenedPush {
  readonly fields: PushFields;
  readonly notation: Notation;
  /** By WeChat's clock, in ms since the epoch. */
  readonly sentAt: number;
  /** How the answer must be wrapped: `undefined` for a push that came in plaintext. */
  readonly envelope: { readonly notation: Notation; readonly nonce: string } | undefined;
}

export interface WrittenAnswer {
  readonly notation: Notation;
  readonly body: string;
}

/** Tells WeChat's pushes from all others, and answers them in the form that WeChat expects there. */
export interface PushDoor {
  /**
   * What a GET with which WeChat verifies the URL is answered; `undefined` if WeChat makes none here.
   *
   * @throws RefusedError
   */
  verifyUrl?(request: HttpRequest, now: number): string;
  /**
   * From the raw request to the fields that WeChat pushed; `undefined` if WeChat only asks whether the
   * callback is there.
   *
   * @throws RefusedError, MalformedError
   */
  open(request: HttpRequest, now: number): Eventual<OpenedPush | undefined>;
  /** @throws RefusedError for a message that this door does not let in */
  check(message: Message, push: OpenedPush, now: number): void;
  /** The answer in the notation and under the protection in which the push came. */
  seal(answer: XmlTree, push: OpenedPush, now: number): WrittenAnswer;
}

/** An answer in a notation of WeChat's. In JSON the items of a list need no element around them. */
export function writeAnswer(notation: Notation, answer: XmlTree): WrittenAnswer {
  const body =
    notation === 'xml'
      ? writeXml(answer)
      : JSON.stringify(answer, (_, value) => (isItemList(value) ? value.item : value));
  return { notation, body };
}

function isItemList(value: unknown): value is { readonly item: readonly unknown[] } {
  return (
    typeof value === 'object' && value !== null && 'item' in value && Array.isArray(value.item)
  );
}
