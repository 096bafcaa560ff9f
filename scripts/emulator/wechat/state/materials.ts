import type { MassArticle } from '../../../../shared/wechat/catalogue/mass-send.ts';
import type { FileFormat } from '../rules/file-format.ts';
import type { FileType, UploadedFile } from '../rules/upload.ts';
import { randomId } from './random-id.ts';
import type { Blobs, Storage } from './storage.ts';

/** Permanent material. */
export interface MaterialRecord {
  readonly mediaId: string;
  readonly type: FileType | 'news';
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  /** That of the file. */
  readonly name: string;
  readonly size: number;
  readonly format?: FileFormat;
  /** Of a video. */
  readonly description?: { readonly title: string; readonly introduction: string };
  /** From the days when articles were material. */
  readonly articles?: readonly MassArticle[];
}

/** A thumb is a picture among others in lists and counts. */
export type MaterialKind = 'image' | 'voice' | 'video' | 'news';

/** A picture of `uploadimg`, which no list shows. */
interface PictureRecord {
  readonly id: string;
  readonly format: FileFormat;
}

export function createMaterials(
  storage: Storage,
  { files, now }: { readonly files: Blobs; readonly now: () => number },
) {
  const section = storage.section('materials', () => ({
    records: [] as MaterialRecord[],
    pictures: [] as PictureRecord[],
  }));

  return {
    add(
      type: FileType,
      { fileName, format, bytes }: UploadedFile,
      description?: MaterialRecord['description'],
      mediaId = randomId(43),
    ): MaterialRecord {
      files.put(mediaId, bytes);
      return keep({
        mediaId,
        type,
        updatedAt: now(),
        name: fileName,
        size: bytes.length,
        format,
        ...(description ? { description } : {}),
      });
    },

    addNews: (articles: readonly MassArticle[]): MaterialRecord =>
      keep({ mediaId: randomId(43), type: 'news', updatedAt: now(), name: '', size: 0, articles }),

    addPicture({ format, bytes }: UploadedFile): PictureRecord {
      const picture = { id: randomId(43), format };
      files.put(picture.id, bytes);
      section.update(({ pictures }) => pictures.push(picture));
      return picture;
    },

    find: (mediaId: string): MaterialRecord | undefined =>
      section.read().records.find((each) => each.mediaId === mediaId),

    delete(mediaId: string): void {
      files.delete(mediaId);
      section.update((state) => {
        state.records = state.records.filter((each) => each.mediaId !== mediaId);
      });
    },

    /** The newest first. */
    list: (kind: MaterialKind): readonly MaterialRecord[] =>
      section
        .read()
        .records.filter((each) => kindOf(each) === kind)
        .toReversed(),

    count: (kind: MaterialKind): number =>
      section.read().records.filter((each) => kindOf(each) === kind).length,
  };

  function keep(record: MaterialRecord): MaterialRecord {
    section.update(({ records }) => records.push(record));
    return record;
  }
}

export type Materials = ReturnType<typeof createMaterials>;

export function kindOf({ type }: MaterialRecord): MaterialKind {
  return type === 'thumb' ? 'image' : type;
}
