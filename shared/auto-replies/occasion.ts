import type { Message } from '../wechat/message/message.ts';

/** What a message is to the rules. */
export type Occasion =
  | { readonly type: 'text'; readonly content: string }
  /** Somebody follows, by the QR code of a scene or in any other way. */
  | { readonly type: 'follow'; readonly scene?: string | undefined }
  /** A follower scans the QR code of a scene. */
  | { readonly type: 'scan'; readonly scene: string }
  /** A tap on a menu button of type `click`. */
  | { readonly type: 'button'; readonly key: string }
  /** A picture, a voice and whatever else a follower sends. */
  | { readonly type: 'other' };

/** `undefined` for an event that no rule is about. */
export function occasionOf(message: Message): Occasion | undefined {
  if (message.type === 'text') return { type: 'text', content: message.content };
  if (message.type !== 'event') return { type: 'other' };
  switch (message.event) {
    case 'subscribe':
      return { type: 'follow', scene: message.key };
    case 'SCAN':
      return { type: 'scan', scene: message.key };
    case 'CLICK':
      return { type: 'button', key: message.key };
    default:
      return undefined;
  }
}
