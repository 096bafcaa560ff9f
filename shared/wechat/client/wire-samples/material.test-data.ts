import { file, type WireSamplesOf } from './wire-sample.test-data.ts';

export const material: WireSamplesOf<'material'> = {
  add: {
    request: { type: 'image', media: file },
    answer: { media_id: 'media_id-1', url: 'https://example.com/url' },
  },
  get: { request: { media_id: 'media_id-1' }, answer: 'file' },
  delete: { request: { media_id: 'media_id-1' }, answer: { errcode: 0, errmsg: 'ok' } },
  count: { answer: { voice_count: 0, video_count: 0, image_count: 1, news_count: 0 } },
  list: {
    request: { type: 'image', offset: 0, count: 20 },
    answer: {
      total_count: 1,
      item_count: 1,
      item: [
        {
          media_id: 'media_id-1',
          name: 'a.jpg',
          update_time: 1767240000,
          url: 'https://example.com/url',
        },
      ],
    },
  },
  addNews: { request: { articles: [] }, answer: { media_id: 'media_id-1' } },
  updateNews: {
    request: {
      media_id: 'news',
      index: 0,
      articles: { title: '', content: '', thumb_media_id: '' },
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
};
