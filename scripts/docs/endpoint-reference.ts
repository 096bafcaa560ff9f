import type { Endpoint } from '../../shared/wechat/catalogue/endpoint.ts';
import { catalogue } from '../../shared/wechat/catalogue/index.ts';
import type { Language } from '../project/language.ts';
import { code, table } from './markdown.ts';
import { type RowComment, rowComments } from './row-comments.ts';

const words = {
  en: {
    title: '# Endpoints of the WeChat API',
    other: '[中文](zh-CN/reference-endpoints.md)',
    intro:
      'Every endpoint of the catalogue, made by `npm run docs` from [`shared/wechat/catalogue`](../shared/wechat/catalogue). A handler calls one as `ctx.api.menu.create(…)`, the client of the proxy as `wechat.call("menu.create", …)`; rights of proxy clients are patterns over these names. Each name leads to the page of WeChat, or to its index where there is none. *Repeat* says whether a call may be sent again while it is not known whether it arrived. The allowance is that of a new account. An *unlisted* endpoint is missing in the index that WeChat published in 2026 and answers nevertheless. One *on application* is refused (48001) to an account that has not applied at WeChat for what is named.',
    head: ['name', 'call', 'access', 'repeat', 'a day'],
    keyed: (field: string) => `by \`${field}\``,
    repeat: { safe: 'yes', unsafe: 'no' },
    retired: (by: readonly string[]) =>
      by.length > 0 ? `retired: ${by.map(code).join(', ')}` : 'retired',
    unlisted: ', unlisted',
    application: (what: string) => `, on application: ${what}`,
  },
  zh: {
    title: '# 微信接口',
    other: '[English](../reference-endpoints.md)',
    intro:
      '接口目录中的全部接口，由 `npm run docs` 根据 [`shared/wechat/catalogue`](../../shared/wechat/catalogue) 生成。处理函数以 `ctx.api.menu.create(…)` 调用，代理的客户端以 `wechat.call("menu.create", …)` 调用；代理客户端的权限就是匹配这些名称的规则。名称链接到微信官方文档的对应页面；没有单独页面的，链接到官方接口目录。“重试”表示不知道请求是否到达时能否再发一次。额度以新账号为准。“未列出”表示微信 2026 年的接口索引中已没有它，但仍可调用。“需申请”表示账号须先向微信申请所列能力，否则返回 48001。',
    head: ['名称', '调用', '权限', '重试', '每日额度'],
    keyed: (field: string) => `凭 \`${field}\``,
    repeat: { safe: '可以', unsafe: '不可以' },
    retired: (by: readonly string[]) =>
      by.length > 0 ? `已下线，改用 ${by.map(code).join('、')}` : '已下线',
    unlisted: '，未列出',
    application: (what: string) => `，需申请：${what}`,
  },
} as const;

/** The page of all endpoints, in one language. */
export function endpointReference(language: Language): string {
  const { title, other, intro, head } = words[language];
  const comments = rowComments();
  const areas = Object.entries<Readonly<Record<string, Endpoint>>>(catalogue);
  const parts = areas.flatMap(([area, endpoints]) => [
    `## ${area}`,
    table(
      head,
      Object.entries(endpoints).map(([name, endpoint]) =>
        row(language, `${area}.${name}`, endpoint, comments.get(`${area}.${name}`)),
      ),
    ),
  ]);
  return `${[title, other, intro, ...parts].join('\n\n')}\n`;
}

function row(
  language: Language,
  name: string,
  endpoint: Endpoint,
  comment: RowComment | undefined,
): readonly string[] {
  const { method, path, access, repeat, quota, retired, unlisted, application } = endpoint;
  const text = words[language];
  return [
    `[${code(name)}](${comment?.page})`,
    code(`${method} ${path}`),
    [
      retired ? text.retired(retired.replacedBy) : access,
      unlisted ? text.unlisted : '',
      application ? text.application(application) : '',
    ].join(''),
    typeof repeat === 'string' ? text.repeat[repeat] : text.keyed(repeat.keyedBy),
    quota?.day?.toLocaleString('en-US') ?? '',
  ];
}
