import type { FormatName } from '../../../material/file-format.ts';
import type { FileRule } from '../../../material/file-rules.ts';
import { t } from '../words.ts';

/** A request carries a file in base64, and the platform takes requests of 6 MB. */
export const MAX_SENT_BYTES = 4 * 1024 * 1024;

const extensions: Readonly<Record<FormatName, readonly string[]>> = {
  JPG: ['jpg', 'jpeg'],
  PNG: ['png'],
  GIF: ['gif'],
  BMP: ['bmp'],
  AMR: ['amr'],
  MP3: ['mp3'],
  WAV: ['wav'],
  WMA: ['wma'],
  MP4: ['mp4'],
};

const endingsOf = ({ formats }: FileRule) => formats.flatMap((format) => extensions[format]);

/** For an `<input type="file">`. */
export function acceptedBy(rule: FileRule): string {
  return endingsOf(rule)
    .map((ending) => `.${ending}`)
    .join(',');
}

export function maxBytesOf({ maxBytes }: FileRule): number {
  return Math.min(maxBytes, MAX_SENT_BYTES);
}

/** `2 MB`, `64 KB`. */
export function sizeText(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1024);
  return kilobytes < 1024 ? `${kilobytes} KB` : `${Math.round(kilobytes / 102.4) / 10} MB`;
}

/** Why a file cannot be sent, as far as a browser can tell; the room `material` looks into it. */
export function problemOf({ name, size }: File, rule: FileRule): string | undefined {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (!endingsOf(rule).includes(ending))
    return t('wrongFormat', { formats: rule.formats.join(t('and')) });
  if (size === 0) return t('emptyFile');
  const limit = maxBytesOf(rule);
  if (size <= limit) return undefined;
  const word = limit < rule.maxBytes ? 'largerThanRequest' : 'tooLarge';
  return t(word, { size: sizeText(size), limit: sizeText(limit) });
}

/** As the room `material` takes it. @throws Error if it cannot be read */
export async function inBase64(
  file: File,
): Promise<{ readonly base64: string; readonly name: string }> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    reader.readAsDataURL(file);
  });
  return { base64: address.slice(address.indexOf(',') + 1), name: file.name };
}
