import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const publish: WireSamplesOf<'publish'> = {
  submit: {
    request: { media_id: 'media_id-1' },
    answer: { errcode: 0, errmsg: 'ok', publish_id: '2247483651', msg_data_id: '2247483651' },
  },
  getStatus: {
    request: { publish_id: '2247483651' },
    answer: {
      publish_id: '100000001',
      publish_status: 0,
      article_id: 'article-1',
      article_detail: { item: [{ idx: 1, article_url: 'https://example.com/a' }] },
      fail_idx: [],
    },
  },
  delete: { request: { article_id: 'article_id-1' }, answer: { errcode: 0, errmsg: 'ok' } },
  getArticle: {
    request: { article_id: 'article_id-1' },
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
          is_deleted: false,
          thumb_url: 'https://example.com/thumb_url',
        },
      ],
      create_time: 1767240000,
      update_time: 1767240003,
    },
  },
  list: {
    request: { offset: 0, count: 20 },
    answer: {
      total_count: 1,
      item_count: 1,
      item: [
        {
          article_id: 'article_id-1',
          content: {
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
                is_deleted: false,
                thumb_url: 'https://example.com/thumb_url',
              },
            ],
            create_time: 1767240000,
            update_time: 1767240003,
          },
          update_time: 1767240003,
        },
      ],
    },
  },
};
