import type { Language } from '../project/language.ts';
import { type MessageField, type MessageTable, readMessageTables } from './event-fields.ts';
import { code, table } from './markdown.ts';

const words = {
  en: {
    title: '# Messages and events',
    other: '[中文](zh-CN/reference-events.md)',
    intro: `What \`ctx.message\` holds, made by \`npm run docs\` from [\`ordinary.ts\`](../shared/wechat/message/ordinary.ts) and [\`events.ts\`](../shared/wechat/message/events.ts). A field with \`?\` may be missing. Every message has \`openid\`, \`originalId\` (the \`gh_…\` id of the account), \`createdAt\` (milliseconds) and \`raw\`: everything that WeChat sent.`,
    messages: '## Messages',
    aboutMessages:
      'Routed by `.on(type, …)`, text by `.text(…)` too. Every message has `msgId?`, and `msgDataId?` and `articleIndex?` if it was sent from an article. A type that is not listed, or a message without a field that its type must have, has `type: "unknown"` and `msgType`. [WeChat about messages](https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html).',
    events: '## Events',
    aboutEvents:
      'Routed by `.event(name, …)`. They have `type: "event"` and `event`. An event that is not listed has `event: "unknown"`, `name` and `key?`, and is routed by its name all the same. [WeChat about events](https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html).',
    head: ['field', 'type', ''],
    none: 'No fields of its own.',
  },
  zh: {
    title: '# 消息与事件',
    other: '[English](../reference-events.md)',
    intro: `\`ctx.message\` 的内容，由 \`npm run docs\` 根据 [\`ordinary.ts\`](../../shared/wechat/message/ordinary.ts) 与 [\`events.ts\`](../../shared/wechat/message/events.ts) 生成。带 \`?\` 的字段可能没有。每条消息都有 \`openid\`、\`originalId\`（账号的 \`gh_…\` 原始 ID）、\`createdAt\`（毫秒）和 \`raw\`：微信推送的全部字段。`,
    messages: '## 消息',
    aboutMessages:
      '用 `.on(type, …)` 路由，文本也可用 `.text(…)`。每条消息都有 `msgId?`；从图文发来的消息还有 `msgDataId?` 与 `articleIndex?`。未列出的类型，或缺少该类型必需字段的消息，为 `type: "unknown"` 并带 `msgType`。[微信文档：接收普通消息](https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html)。',
    events: '## 事件',
    aboutEvents:
      '用 `.event(name, …)` 路由，带有 `type: "event"` 与 `event`。未列出的事件为 `event: "unknown"`，带 `name` 与 `key?`，同样可以按名称路由。[微信文档：接收事件推送](https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_event_pushes.html)。',
    head: ['字段', '类型', '说明'],
    none: '没有自己的字段。',
  },
} as const;

/** The comments of the tables in Chinese; a comment without its line here fails the generation. */
const notesInChinese: Readonly<Record<string, string>> = {
  'Which (conditional) menu was tapped.': '被点击的（个性化）菜单。',
  'Only counted and named here: the pictures follow as image messages.':
    '这里只有数量和摘要，图片随后以图片消息到达。',
  "`success`, `failed:user block`, `failed:system failed`: WeChat's blanks vary.":
    '`success`、`failed:user block`、`failed:system failed`；微信的空格不一，已统一。',
  '`send success`, `send fail` or `err(number)`.': '`send success`、`send fail` 或 `err(数字)`。',
  'accept or reject.': 'accept（接受）或 reject（拒绝）。',
  '1: a web page, 2: an article.': '1：网页，2：图文。',
  "Whose data it is. The sender is WeChat's push service.":
    '信息所属的关注者；发送者是微信的推送服务。',
  'Set when the text is a tap on an item of a `msgmenu` message.':
    '点击 `msgmenu` 消息的选项而产生的文本才有。',
  'amr or speex.': 'amr 或 speex。',
  'What was said, where WeChat still recognises speech.':
    '语音识别结果，仅在微信仍提供识别时才有。',
};

/** The page of all messages and events, in one language. */
export function eventReference(language: Language): string {
  const { title, other, intro, messages, aboutMessages, events, aboutEvents } = words[language];
  const tables = readMessageTables();
  const parts = [
    ...[title, other, intro],
    ...[messages, aboutMessages, ...sections(language, tables.messages)],
    ...[events, aboutEvents, ...sections(language, tables.events)],
  ];
  return `${parts.join('\n\n')}\n`;
}

/** One section for each; names of events with the same fields stand together. */
function sections(language: Language, messages: MessageTable): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const [name, fields] of Object.entries(messages)) {
    const body = fieldsTable(language, fields);
    groups.set(body, [...(groups.get(body) ?? []), name]);
  }
  return [...groups].map(([body, names]) => `### ${names.map(code).join(', ')}\n\n${body}`);
}

function fieldsTable(language: Language, fields: readonly MessageField[]): string {
  const { head, none } = words[language];
  if (fields.length === 0) return none;
  return table(
    head,
    fields.map(({ name, type, isOptional, note }) => [
      code(`${name}${isOptional ? '?' : ''}`),
      code(type),
      language === 'en' ? note : inChinese(note),
    ]),
  );
}

function inChinese(note: string): string {
  if (note === '') return '';
  const chinese = notesInChinese[note];
  if (chinese === undefined) {
    throw new Error(`scripts/docs/event-reference.ts has no Chinese for the comment "${note}".`);
  }
  return chinese;
}
