import { AppError } from '../kernel/errors.ts';
import type { MediaId, MediaType, MediaVideo } from '../wechat/catalogue/media.ts';
import type { Api } from '../wechat/client/index.ts';
import { fileRules } from './file-rules.ts';
import type { FileSource } from './file-source.ts';
import type { ReturnedFile, ReturnFile } from './return-file.ts';
import { FILE_CALL, type PrepareUpload } from './uploads.ts';

/** Temporary media, which WeChat keeps for three days, and pictures inside articles. */
export interface Media {
  upload(request: { readonly type: MediaType; readonly file: FileSource }): Promise<{
    readonly media_id: string;
    /** In seconds since the epoch. */
    readonly expires_at: number;
  }>;
  /** Returns a video as an address, anything else as the file. */
  get(id: MediaId): Promise<ReturnedFile | MediaVideo>;
  /** Returns the clearer form of a voice that was recorded by the JS-SDK. */
  getVoice(id: MediaId): Promise<ReturnedFile>;
  /** Returns an address for use inside an article. */
  uploadImage(request: { readonly file: FileSource }): Promise<{ readonly url: string }>;
}

/** https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia.html */
const LIFE_SECONDS = 3 * 24 * 60 * 60;

export function createMedia(options: {
  readonly api: Pick<Api, 'media'>;
  readonly prepare: PrepareUpload;
  readonly returnFile: ReturnFile;
}): Media {
  const { prepare, returnFile } = options;
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
      return 'stream' in answer ? returnFile(answer) : { video_url: answer.video_url };
    },
    async getVoice(id) {
      return returnFile(await media.getVoice(id, FILE_CALL));
    },
    async uploadImage({ file }) {
      const upload = await prepare(file, fileRules.article.image, 'a picture inside an article');
      const { url } = await media.uploadImage({ media: upload }, FILE_CALL);
      return { url };
    },
  };
}
