import type {
  MaterialCount,
  MaterialListRequest,
  MaterialListResponse,
  MaterialNews,
  MaterialType,
  MaterialVideo,
} from '../wechat/catalogue/material.ts';
import type { MediaId } from '../wechat/catalogue/media.ts';
import type { Api } from '../wechat/client/index.ts';
import { asciiFileName } from '../wechat/file-name.ts';
import { fileRules } from './file-rules.ts';
import type { FileSource } from './file-source.ts';
import type { MaterialNames } from './names.ts';
import { type Listing, type ListRequest, listItems, withoutContent } from './paging.ts';
import type { ReturnedFile, ReturnFile } from './return-file.ts';
import { FILE_CALL, type PrepareUpload } from './uploads.ts';

export type MaterialAdd =
  | { readonly type: Exclude<MaterialType, 'video'>; readonly file: FileSource }
  | {
      readonly type: 'video';
      readonly file: FileSource;
      readonly title: string;
      readonly introduction: string;
    };

export type MaterialItem = MaterialListResponse['item'][number];

/** Permanent material: it stays until it is deleted. */
export interface Materials {
  /** Only a picture has a `url`. */
  add(request: MaterialAdd): Promise<MediaId & { readonly url?: string }>;
  /** Returns articles as they are, a video as an address, anything else as the file. */
  get(id: MediaId): Promise<ReturnedFile | MaterialNews | MaterialVideo>;
  delete(id: MediaId): Promise<void>;
  count(): Promise<MaterialCount>;
  list(
    request: ListRequest & { readonly type: MaterialListRequest['type'] },
  ): Promise<Listing<MaterialItem>>;
}

export function createMaterials(options: {
  readonly api: Pick<Api, 'material'>;
  readonly names: MaterialNames;
  readonly prepare: PrepareUpload;
  readonly returnFile: ReturnFile;
}): Materials {
  const { names, prepare, returnFile } = options;
  const { material } = options.api;
  return {
    async add(request) {
      const { type, file } = request;
      const media = await prepare(file, fileRules.material[type], `material of type ${type}`);
      const { media_id, url } = await material.add(
        request.type === 'video'
          ? {
              type: request.type,
              media,
              description: { title: request.title, introduction: request.introduction },
            }
          : { type: request.type, media },
        FILE_CALL,
      );
      const { fileName } = media;
      // A video is known by its title.
      if (request.type === 'video') await names.keep({ media_id }, request.title);
      else if (asciiFileName(fileName) !== fileName) await names.keep({ media_id }, fileName);
      return { media_id, ...(url ? { url } : {}) };
    },
    async get(id) {
      const answer = await material.get(id, FILE_CALL);
      return 'stream' in answer ? returnFile(answer) : answer;
    },
    async delete(id) {
      await material.delete(id);
      await names.forget(id);
    },
    count: () => material.count(),
    async list({ type, ...request }) {
      const listing = await listItems(request, {
        fetchPage: (offset, count) => material.list({ type, offset, count }),
        idOf: ({ media_id }) => media_id,
        shorten: withoutContent,
      });
      return { ...listing, items: await names.restore(listing.items) };
    },
  };
}
