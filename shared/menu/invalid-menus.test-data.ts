/** A menu that WeChat refuses, for one reason each, and what we say before it can. */
export type InvalidMenu = readonly [rule: string, menu: unknown, message: string];

const click = { type: 'click', name: 'Song', key: 'SONG' };
const view = { type: 'view', name: 'Shop', url: 'https://example.com/' };
const mini = {
  type: 'miniprogram',
  name: 'Mini',
  url: 'https://example.com/',
  appid: 'wx0123456789abcdef',
  pagepath: 'pages/index',
};
const one = (button: unknown) => ({ button: [button] });
const under = (...subButtons: unknown[]) => one({ name: 'More', sub_button: subButtons });
const long = (bytes: number) => 'k'.repeat(bytes);

const keyTypes = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
];
const CONSOLE_TYPES = ['text', 'img', 'voice', 'video', 'news'];

export const invalidMenus: readonly InvalidMenu[] = [
  ['a menu that is no object', 'menu', 'must be an object'],
  ['no button field', {}, 'button is missing'],
  ['a misspelt button field', { buttons: [click], button: [click] }, 'buttons is not known here'],
  ['button is no list', { button: click }, 'button must be a list'],
  ['no button', { button: [] }, 'button has 0 items, WeChat takes 1 to 3'],
  ['four buttons', { button: [click, click, click, click] }, 'has 4 items, WeChat takes 1 to 3'],
  ['a button that is no object', one('Song'), 'button[0] must be an object'],
  ['no name', one({ type: 'click', key: 'SONG' }), 'button[0].name is missing'],
  ['an empty name', one({ ...click, name: '' }), 'button[0].name is empty'],
  ['a name that is no text', one({ ...click, name: 1 }), 'button[0].name must be a text'],
  [
    'a name too long',
    { button: [view, { ...click, name: '六个汉字啊哈' }] },
    'button[1] "六个汉字啊哈": name has 18 bytes, WeChat takes 16',
  ],
  [
    'the name of a list too long',
    one({ name: long(17), sub_button: [click] }),
    'name has 17 bytes, WeChat takes 16',
  ],
  [
    'a sub-button name too long',
    under(click, { ...click, name: long(61) }),
    `button[0].sub_button[1] "${long(24)}…": name has 61 bytes, WeChat takes 60`,
  ],
  ['a control character', one({ ...click, name: 'a\u0007' }), 'name holds a control character'],
  ['half an emoji', one({ ...click, key: 'a\ud83d' }), 'key holds a control character or half'],
  ['neither type nor sub_button', one({ name: 'Song' }), '"Song": type is missing: one of click'],
  [
    'type and sub_button',
    one({ ...click, sub_button: [click] }),
    'button[0] "Song": type stands beside sub_button',
  ],
  ['sub_button is no list', one({ name: 'More', sub_button: click }), 'sub_button must be a list'],
  ['no sub-button', under(), 'sub_button has 0 items, WeChat takes 1 to 5'],
  ['six sub-buttons', under(...Array(6).fill(click)), 'has 6 items, WeChat takes 1 to 5'],
  [
    'a third level',
    under({ ...click, sub_button: [click] }),
    'button[0].sub_button[0] "Song": sub_button stands where no more buttons can be',
  ],
  ['an unknown type', one({ ...click, type: 'tap' }), 'type is none that the API can make: click'],
  ['a type in capitals', one({ ...click, type: 'CLICK' }), '"Song": type is none that'],
  ...CONSOLE_TYPES.map(
    (type): InvalidMenu => [
      `${type}, a type of the console`,
      one({ name: 'Song', type, value: 'x' }),
      'button[0] "Song": type is none that the API can make',
    ],
  ),
  ...keyTypes.map(
    (type): InvalidMenu => [
      `${type} without a key`,
      one({ type, name: 'Song' }),
      'button[0] "Song": key is missing',
    ],
  ),
  ['an empty key', one({ ...click, key: '' }), '"Song": key is empty'],
  [
    'a key too long',
    { button: [view, { name: 'More', sub_button: [view, view, { ...click, key: long(140) }] }] },
    'button[1].sub_button[2] "Song": key has 140 bytes, WeChat takes 128',
  ],
  ['a key that is no text', one({ ...click, key: 7 }), '"Song": key must be a text'],
  ['a field of another type', one({ ...view, key: 'SHOP' }), '"Shop": key is not known here'],
  ['view without url', one({ type: 'view', name: 'Shop' }), '"Shop": url is missing'],
  [
    'a url too long',
    one({ ...view, url: `https://example.com/${long(1005)}` }),
    '"Shop": url has 1025 bytes, WeChat takes 1024',
  ],
  ['a url without a scheme', one({ ...view, url: 'example.com' }), 'url must be a whole http://'],
  ['a url of another scheme', one({ ...view, url: 'tel:10086' }), 'url must be a whole http://'],
  ['miniprogram without url', one({ ...mini, url: undefined }), '"Mini": url must be a text'],
  ['miniprogram without appid', one(without(mini, 'appid')), '"Mini": appid is missing'],
  ['miniprogram with appId', one({ ...mini, appId: mini.appid }), 'appId is not known here'],
  ['an appid that is none', one({ ...mini, appid: 'gh_1' }), 'appid must be an AppID: "wx" and 16'],
  ['miniprogram without pagepath', one(without(mini, 'pagepath')), '"Mini": pagepath is missing'],
  ['media_id without it', one({ type: 'media_id', name: 'Pic' }), '"Pic": media_id is missing'],
  ['view_limited without it', one({ type: 'view_limited', name: 'A' }), 'media_id is missing'],
  [
    'a media_id too long',
    one({ type: 'media_id', name: 'Pic', media_id: long(129) }),
    '"Pic": media_id has 129 bytes, WeChat takes 128',
  ],
  ['article_id without it', one({ type: 'article_id', name: 'A' }), 'article_id is missing'],
  [
    'article_view_limited without it',
    one({ type: 'article_view_limited', name: 'A' }),
    '"A": article_id is missing',
  ],
  [
    'a rule in the default menu',
    { button: [click], matchrule: { tag_id: '2' } },
    'matchrule belongs to a conditional menu: use addConditional',
  ],
];

const rule = (matchrule: unknown) => ({ button: [click], matchrule });
const links = (...hosts: string[]) => hosts.map((host) => ({ ...view, url: `https://${host}/` }));
const WITHDRAWN = ['sex', 'country', 'province', 'city', 'language', 'group_id'];

export const invalidConditionalMenus: readonly InvalidMenu[] = [
  ['no rule', { button: [click] }, 'matchrule is missing'],
  ['a rule that is no object', rule('2'), 'matchrule must be an object'],
  ['an empty rule', rule({}), 'matchrule is empty: it needs at least one of tag_id'],
  ['a tag that is no whole number', rule({ tag_id: 2.5 }), 'matchrule.tag_id must be digits'],
  ['a tag that is a list', rule({ tag_id: ['2'] }), 'matchrule.tag_id must be a text'],
  ['a rule of which all is empty', rule({ tag_id: '', sex: '' }), 'matchrule is empty'],
  ['a tag that is a name', rule({ tag_id: 'vip' }), 'matchrule.tag_id must be digits'],
  ['an unknown platform', rule({ client_platform_type: '4' }), 'must be "1" (iOS), "2" (Android)'],
  ['an unknown platform as a number', rule({ client_platform_type: 4 }), 'must be "1" (iOS)'],
  ['a field that no rule has', rule({ tag_id: '2', tag: '2' }), 'matchrule.tag is not known here'],
  ...WITHDRAWN.map(
    (field): InvalidMenu => [
      `${field}, withdrawn for privacy`,
      rule({ tag_id: '2', [field]: '1' }),
      `matchrule.${field} was withdrawn by WeChat for privacy (65320)`,
    ],
  ),
  [
    'four domains',
    {
      button: [{ name: 'More', sub_button: links('a.cn', 'b.cn', 'c.cn', 'd.cn') }],
      matchrule: { tag_id: '2' },
    },
    'links to 4 domains, WeChat takes 3',
  ],
  [
    'a button that no menu has',
    { button: [{ ...click, key: long(129) }], matchrule: { tag_id: '2' } },
    'button[0] "Song": key has 129 bytes, WeChat takes 128',
  ],
];

function without(button: object, field: string): object {
  return Object.fromEntries(Object.entries(button).filter(([name]) => name !== field));
}
