import { AppError } from './errors.ts';

/** An encoding of files: what every program of ours writes, and what Excel writes in China. */
export const textEncodings = ['utf-8', 'gb18030'] as const;
export type TextEncoding = (typeof textEncodings)[number];

/**
 * Reads a file that a person has edited. A byte order mark is left out. Bytes of another encoding are
 * refused, since read as UTF-8 they would reach followers as `����`.
 *
 * @param what the file, as the first words of the message
 * @throws AppError `invalid` that names the likely encoding and how to save the file anew
 */
export function readText(what: string, bytes: Uint8Array, encoding?: TextEncoding): string {
  const text = decode(bytes, encoding ?? 'utf-8');
  // A zero byte stands in no text file; UTF-16 without a mark is full of them.
  if (text !== undefined && !text.includes('\0')) return text;
  const is = encoding === 'gb18030' ? 'GB18030' : 'UTF-8';
  throw new AppError(
    'invalid',
    `${what} is not ${is}: it looks like ${likelyEncoding(bytes)}. Save it anew as UTF-8 (in Notepad, WPS or Excel by "Save as", in VS Code by "Save with Encoding").`,
  );
}

/** The text, or `undefined` if a byte does not belong to the encoding. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function likelyEncoding(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16 LE, which Windows calls Unicode';
  if (first === 0xfe && second === 0xff) return 'UTF-16 BE';
  if (bytes.includes(0)) return 'UTF-16, or no text at all';
  if (decode(bytes, 'gb18030') !== undefined) return 'GBK, which Chinese Windows calls ANSI';
  return 'no encoding that is known here';
}
