import { file, type WireSamplesOf } from './wire-sample.test-data.ts';

export const media: WireSamplesOf<'media'> = {
  upload: {
    request: { type: 'image', media: file },
    answer: { type: 'image', media_id: 'media_id-1', created_at: 1767240000 },
  },
  get: { request: { media_id: 'media_id-1' }, answer: 'file' },
  getVoice: { request: { media_id: 'media_id-1' }, answer: 'file' },
  uploadImage: {
    request: { media: file },
    answer: { errcode: 0, errmsg: 'ok', url: 'https://example.com/url' },
  },
};
