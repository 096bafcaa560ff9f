import { createHash } from 'node:crypto';
import type { FileStore } from '../store/file-store.ts';
import type { Download } from '../wechat/catalogue/endpoint.ts';
import { formatOf } from './file-format.ts';

/** A file from WeChat: its content if it is small, else its place in CloudBase storage. */
export type ReturnedFile = {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
} & ({ readonly base64: string } | { readonly fileId: string });

export type ReturnFile = (file: Download) => Promise<ReturnedFile>;

/** In base64 this is 5.6 MB; the platform cuts a result off at 6 MB. */
const MAX_INLINE_BYTES = 4 * 1024 * 1024;

/** Puts files that are too large for the result of a function into the storage. */
export function createReturnFile(files: FileStore, maxInlineBytes = MAX_INLINE_BYTES): ReturnFile {
  return async (file) => {
    const { contentType, fileName } = file;
    const content = await file.bytes();
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const extension =
      formatOf(bytes)?.extension ?? /\.(\w{1,8})$/.exec(fileName ?? '')?.[1] ?? 'bin';
    const about = { name: fileName ?? `file.${extension}`, contentType, bytes: bytes.length };
    if (bytes.length <= maxInlineBytes) return { ...about, base64: bytes.toString('base64') };
    // Named by its content, so that fetching a file again takes no more room.
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    return { ...about, fileId: await files.write(`wechat/${digest}.${extension}`, bytes) };
  };
}
