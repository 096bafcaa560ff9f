import { type Done, type Download, download, type Upload, upload } from './endpoint.ts';

export type MediaType = 'image' | 'voice' | 'video' | 'thumb';

export interface MediaId {
  readonly media_id: string;
}

export interface MediaUploadRequest {
  readonly type: MediaType;
  readonly media: Upload;
}

export interface MediaUploadResponse extends Done {
  readonly type: MediaType;
  /** Missing for a thumb. */
  readonly media_id?: string;
  /** Only for a thumb. */
  readonly thumb_media_id?: string;
  /** In seconds since the epoch; it lives three days from then. */
  readonly created_at: number;
}

export interface MediaVideo {
  readonly video_url: string;
}

export const media = {
  /**
   * A file for three days.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia.html
   */
  upload: upload<MediaUploadRequest, MediaUploadResponse>('/cgi-bin/media/upload', {
    query: ['type'],
    // A second upload leaves a file that nobody knows of and that is gone in three days.
    repeat: 'safe',
    quota: { day: 100_000, testDay: 500 },
  }),
  /**
   * A video comes as an address, anything else as the file.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia.html
   */
  get: download<MediaId, Download | MediaVideo>('/cgi-bin/media/get', {
    answer: 'either',
    quota: { day: 200_000, testDay: 1_000 },
  }),
  /**
   * The clearer (speex, 16 kHz) form of a voice recorded by the JS-SDK.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_gethdvoice.html
   */
  getVoice: download<MediaId>('/cgi-bin/media/get/jssdk'),
  /**
   * A picture for use inside an article; not counted as material.
   *
   * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_uploadimage.html
   */
  uploadImage: upload<{ readonly media: Upload }, { readonly url: string } & Done>(
    '/cgi-bin/media/uploadimg',
    { repeat: 'safe' },
  ),
} as const;
