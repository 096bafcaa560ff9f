import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const draft: WireSamplesOf<'draft'> = {
  add: {
    request: {
      articles: [{ title: 'Title', content: '<p>Text</p>', thumb_media_id: 'thumb_media_id-1' }],
    },
    answer: { media_id: 'media_id-1' },
  },
  get: {
    request: { media_id: 'media_id-1' },
    answer: {
      news_item: [
        {
          title: 'Title',
          author: '',
          digest: 'Text',
          content: '<p>Text</p>',
          content_source_url: '',
          show_cover_pic: 0,
          need_open_comment: 0,
          only_fans_can_comment: 0,
          url: 'https://example.com/url',
          article_type: 'news',
          thumb_media_id: 'thumb_media_id-1',
          thumb_url: 'https://example.com/thumb_url',
        },
      ],
      create_time: 1767240000,
      update_time: 1767240000,
    },
  },
  update: {
    request: {
      media_id: 'media_id-1',
      index: 0,
      articles: { title: 'Title', content: '<p>Text</p>', thumb_media_id: 'thumb_media_id-1' },
    },
    answer: { errcode: 0, errmsg: 'ok' },
  },
  delete: { request: { media_id: 'media_id-1' }, answer: { errcode: 0, errmsg: 'ok' } },
  count: { answer: { total_count: 1 } },
  list: {
    request: { offset: 0, count: 20, no_content: 1 },
    answer: {
      total_count: 1,
      item_count: 1,
      item: [
        {
          media_id: 'media_id-1',
          content: {
            news_item: [
              {
                title: 'Title',
                author: '',
                digest: 'Text',
                content_source_url: '',
                show_cover_pic: 0,
                need_open_comment: 0,
                only_fans_can_comment: 0,
                url: 'https://example.com/url',
                article_type: 'news',
                thumb_media_id: 'thumb_media_id-1',
                thumb_url: 'https://example.com/thumb_url',
              },
            ],
            create_time: 1767240000,
            update_time: 1767240000,
          },
          update_time: 1767240000,
        },
      ],
    },
  },
  switch: { request: { checkonly: 1 }, answer: { errcode: 0, errmsg: 'ok', is_open: 1 } },
};
