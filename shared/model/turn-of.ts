import type { Message } from '../wechat/message/message.ts';
import type { ChatPart, ChatTurn } from './turn.ts';

/**
 * What a follower says, for a model: a text, a voice message in the words that WeChat has heard, or a
 * picture by its address. `undefined` for what has no words, such as a voice message that WeChat did
 * not understand.
 */
export function turnOf(message: Message): ChatTurn | undefined {
  const content = contentOf(message);
  return content ? { role: 'user', content } : undefined;
}

function contentOf(message: Message): string | ChatPart[] | undefined {
  if (message.type === 'text') return message.content;
  if (message.type === 'voice') return message.recognition;
  if (message.type !== 'image' || !message.picUrl) return undefined;
  return [{ type: 'image_url', image_url: { url: message.picUrl } }];
}
