import * as v from 'valibot';
import { collect } from '../kernel/collect.ts';
import type { FileStore } from '../store/file-store.ts';
import { filled, object, webAddress } from '../wechat/rules.ts';
import type { FetchWebFile } from './web-file.ts';

/** Where a file comes from. Followers and the console see its `name`. */
export type FileSource =
  | { readonly base64: string; readonly name: string }
  | { readonly url: string; readonly name?: string | undefined }
  | {
      readonly fileId: string;
      readonly name?: string | undefined;
      /** The file may be of another environment. */
      readonly elsewhere?: boolean | undefined;
    };

const name = filled();

const base64 = v.pipe(
  v.string('must be a text'),
  v.nonEmpty('is empty'),
  v.check(
    (text) => text.length % 4 === 0 && /^[a-z0-9+/]*={0,2}$/i.test(text),
    'must be base64: letters, digits, + and /, padded by =',
  ),
);

const sources = {
  base64: object({ base64, name }),
  url: object({ url: webAddress(), name: v.optional(name) }),
  fileId: object({
    fileId: filled(),
    name: v.optional(name),
    elsewhere: v.optional(v.boolean('must be true or false')),
  }),
} as const satisfies Record<string, v.GenericSchema<unknown, FileSource>>;

const none = v.custom<FileSource>(
  () => false,
  'must be one of {base64, name}, {url}, {fileId}: a file of CloudBase storage',
);

export const fileSourceSchema = v.lazy((input): v.GenericSchema<unknown, FileSource> => {
  const given = Object.entries(sources).find(([field]) => Object.hasOwn(Object(input), field));
  return given ? given[1] : none;
});

export interface LoadedFile {
  /** `undefined` if the file has more than the allowed bytes. */
  readonly bytes: Buffer | undefined;
  readonly name: string;
}

export type LoadFile = (source: FileSource, maxBytes: number) => Promise<LoadedFile>;

export function createFileLoader(options: {
  readonly fetchWebFile: FetchWebFile;
  readonly files: FileStore;
}): LoadFile {
  return async (source, maxBytes) => {
    if ('base64' in source) {
      const isTooLarge = base64Length(source.base64) > maxBytes;
      const decoded = isTooLarge ? undefined : Buffer.from(source.base64, 'base64');
      return { bytes: decoded, name: source.name };
    }
    if ('url' in source) {
      const file = await options.fetchWebFile(source.url, maxBytes);
      return { bytes: file.bytes, name: source.name ?? file.name };
    }
    const { fileId, elsewhere = false } = source;
    const stored = await collect(options.files.read(fileId, { isElsewhere: elsewhere }), maxBytes);
    return { bytes: stored, name: source.name ?? fileId.split('/').at(-1) ?? '' };
  };
}

function base64Length(text: string): number {
  return (text.length / 4) * 3 - (/=*$/.exec(text)?.[0].length ?? 0);
}
