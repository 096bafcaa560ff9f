import type {
  FileMessage,
  ImageMessage,
  LinkMessage,
  LocationMessage,
  TextMessage,
  VideoMessage,
  VoiceMessage,
} from './messages.ts';

const MEDIA_ID = 'media-of-the-follower';
const THUMB_MEDIA_ID = 'thumb-of-the-follower';

/** Ordinary messages with believable fields: `ordinary.text('oAlice', 'hello')`. */
export const ordinary = {
  text: (openid: string, content: string): TextMessage => ({
    openid,
    type: 'text',
    Content: content,
  }),

  image: (openid: string, mediaId = MEDIA_ID): ImageMessage => ({
    openid,
    type: 'image',
    PicUrl: `http://mmbiz.qpic.cn/mmbiz_jpg/${encodeURIComponent(mediaId)}/0`,
    MediaId: mediaId,
  }),

  voice: (openid: string, mediaId = MEDIA_ID): VoiceMessage => ({
    openid,
    type: 'voice',
    MediaId: mediaId,
    Format: 'amr',
    MediaId16K: `${mediaId}-16k`,
  }),

  video: (openid: string, mediaId = MEDIA_ID): VideoMessage => ({
    openid,
    type: 'video',
    MediaId: mediaId,
    ThumbMediaId: THUMB_MEDIA_ID,
  }),

  shortvideo: (openid: string, mediaId = MEDIA_ID): VideoMessage => ({
    ...ordinary.video(openid, mediaId),
    type: 'shortvideo',
  }),

  location: (
    openid: string,
    latitude = 23.134521,
    longitude = 113.358803,
    label = '广州市天河区',
  ): LocationMessage => ({
    openid,
    type: 'location',
    Location_X: latitude,
    Location_Y: longitude,
    Scale: 20,
    Label: label,
  }),

  link: (openid: string, url: string, title = url, description = ''): LinkMessage => ({
    openid,
    type: 'link',
    Title: title,
    Description: description,
    Url: url,
  }),

  file: (openid: string, title: string, bytes = 10_240): FileMessage => ({
    openid,
    type: 'file',
    Title: title,
    Description: `${bytes} B`,
    FileKey: 'file-of-the-follower',
    FileMd5: 'd41d8cd98f00b204e9800998ecf8427e',
    FileTotalLen: bytes,
  }),
};
