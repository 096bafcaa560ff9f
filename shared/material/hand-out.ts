import { createHash } from 'node:crypto';
import { collect } from '../kernel/collect.ts';
import { AppError } from '../kernel/errors.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Download } from '../wechat/catalogue/endpoint.ts';
import { formatOf } from './file-format.ts';

/** A file of WeChat's: its content if it is small, else where it lies in CloudBase storage. */
export type HandedFile = {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
} & ({ readonly base64: string } | { readonly fileId: string });

export type HandOut = (file: Download) => Promise<HandedFile>;

/** In base64 this is 5.6 MB; the platform cuts an answer off at 6 MB. */
const MAX_INLINE_BYTES = 4 * 1024 * 1024;

/** Twice what WeChat takes in: no file of WeChat's is as large. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Files that are too large for a function's answer go to the storage. */
export function createHandOut(files: FileStore): HandOut {
  return async ({ stream, length, contentType, fileName }) => {
    const bytes = await collect(stream, MAX_BYTES, length);
    if (!bytes || (length !== undefined && bytes.length < length)) {
      const what = bytes
        ? `only ${bytes.length} of ${length} bytes`
        : `more than ${MAX_BYTES} bytes`;
      throw new AppError('upstream', `WeChat sent ${what} of the file. Try again in a moment.`);
    }
    const extension =
      formatOf(bytes)?.extension ?? /\.(\w{1,8})$/.exec(fileName ?? '')?.[1] ?? 'bin';
    const about = { name: fileName ?? `file.${extension}`, contentType, bytes: bytes.length };
    if (bytes.length <= MAX_INLINE_BYTES) return { ...about, base64: bytes.toString('base64') };
    // By its content: fetching a file again takes no more room.
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    return { ...about, fileId: await files.write(`wechat/${digest}.${extension}`, bytes) };
  };
}
