import { type Issue, invalid } from '../kernel/check.ts';
import type { Upload } from '../wechat/catalogue/endpoint.ts';
import { type FileFormat, foreignFormatOf, formatOf } from './file-format.ts';
import type { FileRule } from './file-rules.ts';
import type { FileSource, LoadFile } from './file-source.ts';
import { playTime } from './play-time.ts';

/** For a call that carries a file: 10 MB at a fifth of a megabyte a second. */
export const FILE_CALL = { timeoutMs: 50_000 } as const;

/** Makes a caller's file ready for WeChat, or says why WeChat would not take it. */
export type PrepareUpload = (
  source: FileSource,
  rule: FileRule,
  /** For messages: `a voice`. */
  purpose: string,
) => Promise<Upload>;

export function createUploads(load: LoadFile): PrepareUpload {
  return async (source, rule, purpose) => {
    const { bytes, name } = await load(source, rule.maxBytes);
    const format = bytes && formatOf(bytes);
    const problems = bytes ? problemsOf(bytes, format, rule, purpose) : [tooLarge(rule, purpose)];
    if (!bytes || !format || problems.length > 0) {
      throw invalid(
        'The file',
        problems.map((message): Issue => ({ path: 'file', message: `file ${message}` })),
      );
    }
    // WeChat goes by the extension, so the file gets the extension of its true format.
    const base = name.replace(/\.[^.]*$/, '') || 'file';
    return {
      fileName: `${base}.${format.extension}`,
      contentType: format.contentType,
      data: bytes,
    };
  };
}

function problemsOf(
  bytes: Buffer,
  format: FileFormat | undefined,
  { formats, maxSeconds = Number.POSITIVE_INFINITY }: FileRule,
  purpose: string,
): string[] {
  if (bytes.length === 0) return ['is empty'];
  if (!format || !formats.includes(format.name)) {
    const name = format?.name ?? foreignFormatOf(bytes);
    const found = name ? `is ${name}` : 'has no known format by its first bytes';
    return [`${found}, WeChat takes ${formats.join(', ')} for ${purpose}`];
  }
  const seconds = playTime(format.name, bytes) ?? 0;
  return seconds > maxSeconds
    ? [`plays for ${seconds.toFixed(1)} s, WeChat takes ${maxSeconds} s for ${purpose}`]
    : [];
}

function tooLarge({ maxBytes }: FileRule, purpose: string): string {
  return `has more than ${maxBytes} bytes, which is what WeChat takes for ${purpose}`;
}
