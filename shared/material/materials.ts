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
import { withoutContent } from './contents.ts';
import { fileRules } from './file-rules.ts';
import type { FileSource } from './file-source.ts';
import type { HandedFile, HandOut } from './hand-out.ts';
import { type Listing, type ListRequest, listItems } from './paging.ts';
import { FILE_CALL } from './time.ts';
import type { PrepareUpload } from './uploads.ts';

export type MaterialAdd =
  | { readonly type: Exclude<MaterialType, 'video'>; readonly file: FileSource }
  | {
      readonly type: 'video';
      readonly file: FileSource;
      readonly title: string;
      readonly introduction: string;
    };

export type MaterialItem = MaterialListResponse['item'][number];

/** Permanent material. */
export interface Materials {
  /** `url` only for a picture. */
  add(request: MaterialAdd): Promise<MediaId & { readonly url?: string }>;
  /** Articles as they are, a video as an address, anything else as the file. */
  get(id: MediaId): Promise<HandedFile | MaterialNews | MaterialVideo>;
  delete(id: MediaId): Promise<void>;
  count(): Promise<MaterialCount>;
  list(
    request: ListRequest & { readonly type: MaterialListRequest['type'] },
  ): Promise<Listing<MaterialItem>>;
}

export function createMaterials(options: {
  readonly api: Pick<Api, 'material'>;
  readonly prepare: PrepareUpload;
  readonly handOut: HandOut;
}): Materials {
  const { prepare, handOut } = options;
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
      return { media_id, ...(url ? { url } : {}) };
    },
    async get(id) {
      const answer = await material.get(id, FILE_CALL);
      return 'stream' in answer ? handOut(answer) : answer;
    },
    async delete(id) {
      await material.delete(id);
    },
    count: () => material.count(),
    list: ({ type, ...request }) =>
      listItems(request, {
        fetchPage: (offset, count) => material.list({ type, offset, count }),
        idOf: ({ media_id }) => media_id,
        shorten: withoutContent,
      }),
  };
}
