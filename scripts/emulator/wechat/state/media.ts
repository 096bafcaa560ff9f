import type { MassArticle } from '../../../../shared/wechat/catalogue/mass-send.ts';
import type { FileFormat } from '../rules/file-format.ts';
import type { FileType, UploadedFile } from '../rules/upload.ts';
import { randomId } from './random-id.ts';
import type { Blobs, Storage } from './storage.ts';

export const MEDIA_LIFE_MS = 3 * 24 * 3_600_000;

/** Temporary media. */
export interface MediaRecord {
  readonly mediaId: string;
  readonly type: FileType | 'news';
  /** `undefined` for articles, and for what a follower sent in a format of no upload. */
  readonly format?: FileFormat;
  readonly fileName: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** `follower`: sent by one; `massVideo`: prepared for a mass send. */
  readonly source: 'upload' | 'follower' | 'massVideo' | 'massNews';
  readonly articles?: readonly MassArticle[];
}

/** What lives three days. */
export function createMedia(
  storage: Storage,
  { files, now }: { readonly files: Blobs; readonly now: () => number },
) {
  const section = storage.section<{ records: MediaRecord[] }>('media', () => ({ records: [] }));
  const isAlive = ({ createdAt }: MediaRecord) => now() < createdAt + MEDIA_LIFE_MS;

  return {
    add(
      type: FileType,
      { fileName, format, bytes }: Omit<UploadedFile, 'format'> & { format?: FileFormat },
      source: MediaRecord['source'] = 'upload',
    ): MediaRecord {
      const mediaId = randomId(64);
      files.put(mediaId, bytes);
      return keep({
        mediaId,
        type,
        fileName,
        size: bytes.length,
        createdAt: now(),
        source,
        ...(format === undefined ? {} : { format }),
      });
    },

    addNews(articles: readonly MassArticle[]): MediaRecord {
      const mediaId = randomId(64);
      const about = { fileName: '', size: 0, createdAt: now(), source: 'massNews' } as const;
      return keep({ mediaId, type: 'news', ...about, articles });
    },

    /** `undefined` as soon as its three days are over. */
    find: (mediaId: string): MediaRecord | undefined =>
      section.read().records.find((each) => each.mediaId === mediaId && isAlive(each)),

    list: (): readonly MediaRecord[] => section.read().records.filter(isAlive),
  };

  function keep(record: MediaRecord): MediaRecord {
    section.update((state) => {
      for (const { mediaId } of state.records.filter((each) => !isAlive(each))) {
        files.delete(mediaId);
      }
      state.records = [...state.records.filter(isAlive), record];
    });
    return record;
  }
}

export type Media = ReturnType<typeof createMedia>;
