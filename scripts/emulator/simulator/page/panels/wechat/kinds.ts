import type { HoldingsAnswer } from '../../../../wechat/control/holdings.ts';
import { dateTime } from '../../format.ts';
import { before, t } from '../../words.ts';
import { click, type Holding, type Kind } from './holding.ts';

const DAY_SECONDS = 86_400;

/** All kinds, in the order of their chips. */
export const kinds: readonly Kind[] = [
  {
    word: 'menus',
    list: menusOf,
    maker: {
      by: 'json',
      example: {
        button: [
          { type: 'click', name: '今日歌曲', key: 'SONG' },
          {
            name: '更多',
            sub_button: [{ type: 'view', name: '官网', url: 'https://example.com/' }],
          },
        ],
      },
      // With a rule for whom it is, it is one beside the default menu.
      order: (menu) =>
        click(
          Object.hasOwn(Object(menu), 'matchrule') ? 'menu.addConditional' : 'menu.create',
          Object(menu),
        ),
    },
  },
  {
    word: 'material',
    list: ({ material }) =>
      material.map((each) => ({
        id: each.mediaId,
        title: each.name || each.articles?.[0]?.title || each.mediaId,
        about: [each.type, sizeOf(each.size), dateTime(each.updatedAt)].filter(Boolean).join(' · '),
        whole: each,
        ...(each.type === 'image' || each.type === 'thumb' ? { mediaId: each.mediaId } : {}),
        remove: click('material.delete', { media_id: each.mediaId }),
      })),
    maker: { by: 'file' },
  },
  {
    word: 'drafts',
    list: ({ drafts }) =>
      drafts.map(({ mediaId, articles, updatedAt }) => ({
        id: mediaId,
        title: articles.map(({ title }) => title).join(' / '),
        about: dateTime(updatedAt),
        whole: articles,
        remove: click('draft.delete', { media_id: mediaId }),
      })),
    maker: {
      by: 'json',
      example: {
        articles: [{ title: '标题', content: '<p>正文</p>', thumb_media_id: '' }],
      },
      order: (draft) => click('draft.add', Object(draft)),
    },
  },
  {
    word: 'tags',
    list: ({ tags }) =>
      tags.map((tag) => ({
        id: String(tag.id),
        title: tag.name,
        about: `${tag.id} · ${t('followers')} ${tag.count}`,
        whole: tag,
        // 星标组 is WeChat's own.
        ...(tag.id === 2 ? {} : { remove: click('tag.delete', { tag: { id: tag.id } }) }),
      })),
    maker: {
      by: 'fields',
      fields: [{ name: 'name', word: 'tagName' }],
      order: ({ name }) => click('tag.create', { tag: { name } }),
    },
  },
  {
    word: 'templates',
    list: templatesOf,
    maker: {
      by: 'fields',
      fields: [
        { name: 'title', word: 'title' },
        { name: 'content', word: 'templateContent' },
      ],
      order: ({ title, content }) => ['POST', '/wechat/templates', { title, content }],
    },
  },
  {
    word: 'qrcodes',
    list: ({ qrcodes }) =>
      qrcodes.map((each) => ({
        id: each.ticket,
        title: String(each.scene),
        about:
          each.expiresAt === null
            ? t('permanent')
            : `${before('expires')}${dateTime(each.expiresAt)}`,
        whole: each,
        code: each.url,
        remove: ['DELETE', `/wechat/qrcodes?${new URLSearchParams({ ticket: each.ticket })}`],
      })),
    maker: {
      by: 'fields',
      fields: [
        { name: 'scene', word: 'scene' },
        { name: 'days', word: 'daysOrNone', isOptional: true, isNumber: true },
      ],
      order: ({ scene, days = '' }) =>
        click('qrcode.create', {
          action_info: { scene: { scene_str: scene } },
          ...(days === ''
            ? { action_name: 'QR_LIMIT_STR_SCENE' }
            : { action_name: 'QR_STR_SCENE', expire_seconds: Number(days) * DAY_SECONDS }),
        }),
    },
  },
];

function menusOf({ menus }: HoldingsAnswer): readonly Holding[] {
  const { default: own, conditional, console } = menus;
  return [
    ...(own
      ? [
          {
            id: String(own.menuid),
            title: t('defaultMenu'),
            about: namesOf(own.button),
            whole: own,
            remove: click('menu.delete'),
          },
        ]
      : []),
    ...conditional.map((each) => ({
      id: String(each.menuid),
      title: t('conditionalMenu'),
      about: `${JSON.stringify(each.matchrule)} · ${namesOf(each.button)}`,
      whole: each,
      remove: click('menu.deleteConditional', { menuid: String(each.menuid) }),
    })),
    ...(console
      ? [
          {
            id: 'console',
            title: t('consoleMenu'),
            about: namesOf(console),
            whole: console,
            remove: ['PUT', '/wechat/menu', { button: null }] as const,
          },
        ]
      : []),
  ];
}

function templatesOf({ templates, subscribeTemplates }: HoldingsAnswer): readonly Holding[] {
  return [
    ...templates.map((each) => ({
      id: each.templateId,
      title: each.title,
      about: each.templateId,
      whole: each,
      remove: click('template.delete', { template_id: each.templateId }),
    })),
    ...subscribeTemplates.map((each) => ({
      id: each.templateId,
      title: each.title,
      about: `${t('subscribeTemplate')} · ${each.templateId}`,
      whole: each,
      remove: click('subscribe.deleteTemplate', { priTmplId: each.templateId }),
    })),
  ];
}

function namesOf(buttons: readonly { readonly name: string }[]): string {
  return buttons.map(({ name }) => name).join(' / ');
}

function sizeOf(bytes: number): string {
  return bytes === 0 ? '' : `${Math.max(1, Math.round(bytes / 1_024))} KB`;
}
