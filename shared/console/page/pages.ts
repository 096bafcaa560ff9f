import type { Role } from '../role.ts';

/** A page of the console. */
export interface PageRow {
  /** In the address: `#/jobs`. */
  readonly route: string;
  readonly title: readonly [zh: string, en: string];
  /** The path of an icon of lines in a square of 24. */
  readonly icon: string;
  /** Operators with less do not see it. */
  readonly role: Role;
  /** The actions that it asks for, as `shared/app/console/areas.ts` names them: a test compares. */
  readonly actions: readonly string[];
}

/** Every page, in the order of the navigation. */
export const pages = [
  {
    route: 'overview',
    title: ['概览', 'Overview'],
    icon: 'M4 19V5M4 19h16M8 15l4-5 3 3 5-7',
    role: 'look',
    actions: ['overview status', 'overview days', 'mass-send quota'],
  },
  {
    route: 'menu',
    title: ['菜单', 'Menu'],
    icon: 'M4 4h16v16H4zM4 15h16M9.500 15v5M14.500 15v5M8 9h8',
    role: 'look',
    actions: ['menu get', 'menu current', 'menu diff', 'menu create', 'followers listTags'],
  },
  {
    route: 'broadcasts',
    title: ['群发', 'Broadcasts'],
    icon: 'M4 10v4h3l7 5V5l-7 5zM17 9a4 4 0 0 1 0 6M19.500 6.500a8 8 0 0 1 0 11',
    role: 'look',
    actions: [
      'broadcasts list',
      'broadcasts get',
      'broadcasts plan',
      'broadcasts planOf',
      'broadcasts articlesOf',
      'broadcasts propose',
      'broadcasts release',
      'broadcasts decline',
      'mass-send list',
      'mass-send status',
      'mass-send quota',
      'mass-send count',
      'mass-send preview',
      'mass-send prepareVideo',
      'mass-send cancel',
      'mass-send delete',
      'followers listTags',
      'followers listSegments',
      'followers sync',
      'material list',
      'material listDrafts',
      'material getDraft',
    ],
  },
  {
    route: 'followers',
    title: ['关注者', 'Followers'],
    icon: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2 20c1-4 4-5 7-5s6 1 7 5M16 4a3.500 3.500 0 0 1 0 7M18 15c2 1 3 2 4 5',
    role: 'look',
    actions: [
      'followers status',
      'followers sync',
      'followers search',
      'followers profile',
      'followers count',
      'followers listTags',
      'followers createTag',
      'followers renameTag',
      'followers deleteTag',
      'followers tag',
      'followers untag',
      'followers setRemark',
      'followers noteConsent',
      'followers import',
      'followers block',
      'followers unblock',
      'followers erase',
      'followers listSegments',
      'followers countSegments',
      'followers saveSegment',
      'followers deleteSegment',
    ],
  },
  {
    route: 'articles',
    title: ['图文', 'Articles'],
    icon: 'M5 4h14v16H5zM8 8h8M8 12h3v4H8zM13 12h3M13 16h3',
    role: 'look',
    actions: [
      'material listDrafts',
      'material getDraft',
      'material addDraft',
      'material updateDraft',
      'material deleteDraft',
      'material publish',
      'material publishStatus',
      'material listPublished',
      'material deletePublished',
      'material list',
      'material uploadImage',
      'material localizePictures',
      'material showPicture',
    ],
  },
  {
    route: 'library',
    title: ['素材库', 'Library'],
    icon: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9h.01',
    role: 'look',
    actions: [
      'material count',
      'material list',
      'material get',
      'material add',
      'material delete',
      'material showPicture',
    ],
  },
  {
    route: 'codes',
    title: ['二维码', 'QR codes'],
    icon: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM14 20h.01M20 14h.01',
    role: 'look',
    actions: [
      'followers listQrcodes',
      'followers qrcodeStats',
      'followers qrcodeDays',
      'followers createQrcode',
    ],
  },
  {
    route: 'templates',
    title: ['模板与通知', 'Templates'],
    icon: 'M5 4h14v16H5zM9 9h6M9 13h6M9 17h3',
    role: 'look',
    actions: [
      'followers listTemplates',
      'followers listSubscribeTemplates',
      'followers sendTemplate',
      'followers sendSubscribe',
    ],
  },
  {
    route: 'jobs',
    title: ['任务', 'Jobs'],
    icon: 'M4 6h16M4 12h16M4 18h10',
    role: 'look',
    actions: ['worker list', 'worker retry', 'worker drop'],
  },
  {
    route: 'clients',
    title: ['代理客户端', 'Clients of the proxy'],
    icon: 'M4 5h16v6H4zM4 13h16v6H4zM8 8h.01M8 16h.01',
    role: 'look',
    actions: [
      'proxy-client list',
      'proxy-client usage',
      'proxy-client add',
      'proxy-client change',
      'proxy-client rotate',
      'proxy-client disable',
    ],
  },
  {
    route: 'audit',
    title: ['审计', 'Audit'],
    icon: 'M12 3 5 6v5c0 5 3 8 7 10 4-2 7-5 7-10V6zM9 12l2 2 4-4',
    role: 'manage',
    actions: ['worker auditList', 'worker auditVerify'],
  },
  {
    route: 'operators',
    title: ['运营人员', 'Operators'],
    icon: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2 20c1-4 4-5 7-5s6 1 7 5M17 8v6M14 11h6',
    role: 'look',
    actions: [
      'console operators',
      'console invite',
      'console change',
      'self whoAmI',
      'self sessions',
      'self revoke',
      'self invite',
    ],
  },
] as const satisfies readonly PageRow[];

export type PageRoute = (typeof pages)[number]['route'];
