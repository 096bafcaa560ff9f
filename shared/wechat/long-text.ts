import { MAX_TEXT_BYTES } from './limits.ts';
import { clip } from './reply.ts';
import { split } from './split.ts';

/**
 * A text as the messages that it takes, `atMost` of them: what does not fit into the last is cut, with
 * `…` where it was cut.
 */
export function asMessages(
  content: string,
  atMost: number,
  maxBytes: number = MAX_TEXT_BYTES,
): readonly string[] {
  if (Buffer.byteLength(content) <= MAX_TEXT_BYTES) return [content];
  const parts = split(content, maxBytes);
  // What has no visible character is left to the check of a single text, which says so.
  if (parts.length <= 1 || atMost <= 1) return [content];
  if (parts.length <= atMost) return parts;
  return [...parts.slice(0, atMost - 1), clip(parts.slice(atMost - 1).join('\n'))];
}
