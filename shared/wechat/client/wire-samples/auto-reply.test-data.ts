import type { WireSamplesOf } from './wire-sample.test-data.ts';

export const autoReply: WireSamplesOf<'autoReply'> = {
  get: {
    answer: {
      is_add_friend_reply_open: 1,
      is_autoreply_open: 1,
      add_friend_autoreply_info: { type: 'text', content: '谢谢关注' },
      message_default_autoreply_info: { type: 'text', content: '您好' },
      keyword_autoreply_info: {
        list: [
          {
            rule_name: 'news',
            create_time: 1767240000,
            reply_mode: 'reply_all',
            keyword_list_info: [{ type: 'text', match_mode: 'contain', content: '茶' }],
            reply_list_info: [
              {
                type: 'news',
                news_info: {
                  list: [
                    {
                      title: 'Tea',
                      author: 'a',
                      digest: 'd',
                      show_cover: 1,
                      cover_url: 'https://example.com/c.jpg',
                      content_url: 'https://example.com/a',
                      source_url: '',
                    },
                  ],
                },
              },
              { type: 'text', content: '茶单' },
            ],
          },
        ],
      },
    },
  },
};
