import { randomUUID } from 'node:crypto';

/** One request that puts a file into the storage; its body is `before`, the file, `after`. */
export interface UploadTicket {
  readonly fileId: string;
  readonly method: 'PUT' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly before: string;
  readonly after: string;
}

/**
 * The storage as an SDK reaches it: the addresses and signatures with which a file is put or fetched.
 * The files do not pass through the SDK, which would hold them whole and cannot stop.
 */
export interface StorageLink {
  ticket(path: string): Promise<UploadTicket>;
  /** A signed address for some minutes; `undefined` if there is no such file. */
  url(fileId: string): Promise<string | undefined>;
}

interface Metadata {
  readonly url: string;
  readonly token: string;
  readonly authorization: string;
  readonly fileId: string;
  readonly cosFileId: string;
}

/** The upload for which `@cloudbase/node-sdk` gives the signature. */
export function putTicket(path: string, data: unknown): UploadTicket {
  const { url, token, authorization, fileId, cosFileId } = asMetadata(data);
  return {
    fileId,
    method: 'PUT',
    url,
    headers: {
      signature: authorization,
      authorization,
      'x-cos-security-token': token,
      'x-cos-meta-fileid': cosFileId,
      key: encodeURIComponent(path),
    },
    before: '',
    after: '',
  };
}

/** The upload for which `tcb-admin-node` gives the signature: that of a form. */
export function formTicket(path: string, data: unknown): UploadTicket {
  const { url, token, authorization, fileId, cosFileId } = asMetadata(data);
  // Random, so that no file can be made to contain it.
  const boundary = `----${randomUUID()}`;
  const fields = {
    Signature: authorization,
    'x-cos-security-token': token,
    'x-cos-meta-fileid': cosFileId,
    key: path,
  };
  const part = (name: string, rest = '') =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n`;
  const texts = Object.entries(fields).map(([name, value]) => `${part(name)}${value}\r\n`);
  return {
    fileId,
    method: 'POST',
    url,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    before: `${texts.join('')}${part('file', '; filename="file"')}`,
    after: `\r\n--${boundary}--\r\n`,
  };
}

function asMetadata(data: unknown): Metadata {
  const names = ['url', 'token', 'authorization', 'fileId', 'cosFileId'];
  if (names.every((name) => typeof Object(data)[name] === 'string')) return data as Metadata;
  throw new Error('CloudBase answered without saying where to put the file.');
}

/** Reads an answer about one file. */
export function urlIn({ fileList }: { readonly fileList?: unknown }): string | undefined {
  const { code, tempFileURL } = Object(Array.isArray(fileList) ? fileList[0] : undefined);
  if (code === 'SUCCESS' && typeof tempFileURL === 'string') return tempFileURL;
  if (code === 'STORAGE_FILE_NONEXIST') return undefined;
  throw Object.assign(new Error('CloudBase gave no address of the file.'), { code });
}
