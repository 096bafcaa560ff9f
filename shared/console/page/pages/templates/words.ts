import { wordsOf } from '../../words.ts';

/** The words of the page of templates. */
export const w = wordsOf({
  about: [
    '模板消息与订阅通知的模板。在公众平台选用后出现在这里；试发可以确认每个字段的效果。',
    'The templates of template messages and of subscribe messages. Those that were taken on mp.weixin.qq.com stand here; a test shows how each field looks.',
  ],
  notices: ['模板消息', 'Template messages'],
  subscribe: ['订阅通知', 'Subscribe messages'],
  none: ['还没有模板', 'No templates yet'],
  noneAbout: [
    '在 mp.weixin.qq.com 的「模板消息」或「订阅通知」中选用模板后，刷新此页。',
    'Take some on mp.weixin.qq.com under 模板消息 or 订阅通知, then refresh this page.',
  ],
  content: ['内容', 'Text'],
  example: ['示例', 'Example'],
  test: ['试发', 'Send a test'],
  openid: ['接收人的 openid', 'openid of who gets it'],
  openidHint: ['例如同事的，可在关注者页查到', 'that of a colleague, for example'],
  link: ['跳转网址（可选）', 'Leads to (optional)'],
  send: ['发送', 'Send'],
  sendQuestion: ['确定发送给这位关注者？', 'Send it to this follower?'],
  sent: ['已发送', 'Sent'],
} as const);
