import { AppError } from '../kernel/errors.ts';
import type { MediaId, MediaType, MediaVideo } from '../wechat/catalogue/media.ts';
import type { Api } from '../wechat/client/index.ts';
import { fileRules } from './file-rules.ts';
import type { FileSource } from './file-source.ts';
import type { HandedFile, HandOut } from './hand-out.ts';
import { FILE_CALL } from './time.ts';
import type { PrepareUpload } from './uploads.ts';

/** Temporary media: three days, and pictures for the inside of articles. */
export interface Media {
  upload(request: { readonly type: MediaType; readonly file: FileSource }): Promise<{
    readonly media_id: string;
    /** In seconds since the epoch. */
    readonly expires_at: number;
  }>;
  /** A video comes as an address. */
  get(id: MediaId): Promise<HandedFile | MediaVideo>;
  /** The clearer form of a voice recorded by the JS-SDK. */
  getVoice(id: MediaId): Promise<HandedFile>;
  /** The address is for use inside an article. */
  uploadImage(request: { readonly file: FileSource }): Promise<{ readonly url: string }>;
}

/** https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia.html */
const LIFE_SECONDS = 3 * 24 * 60 * 60;

export function createMedia(options: {
  readonly api: Pick<Api, 'media'>;
  readonly prepare: PrepareUpload;
  readonly handOut: HandOut;
}): Media {
  const { prepare, handOut } = options;
  const { media } = options.api;
  return {
    async upload({ type, file }) {
      const upload = await prepare(file, fileRules.media[type], `temporary media of type ${type}`);
      const answer = await media.upload({ type, media: upload }, FILE_CALL);
      const media_id = answer.media_id ?? answer.thumb_media_id;
      if (!media_id) throw new AppError('upstream', 'media.upload: WeChat gave no media_id.');
      return { media_id, expires_at: answer.created_at + LIFE_SECONDS };
    },
    async get(id) {
      const answer = await media.get(id, FILE_CALL);
      return 'stream' in answer ? handOut(answer) : { video_url: answer.video_url };
    },
    async getVoice(id) {
      return handOut(await media.getVoice(id, FILE_CALL));
    },
    async uploadImage({ file }) {
      const upload = await prepare(file, fileRules.article.image, 'a picture inside an article');
      const { url } = await media.uploadImage({ media: upload }, FILE_CALL);
      return { url };
    },
  };
}
