import * as v from 'valibot';
import type { ConditionalMenu, LeafButton, Menu, MenuButton } from '../wechat/catalogue/menu.ts';
import { bytes, digits, filled, link, list, mediaId, object } from '../wechat/rules.ts';
import { menuLimits } from './limits.ts';

const key = bytes(menuLimits.keyBytes);
const url = link(menuLimits.urlBytes);

/** The fields of a button beside type and name, by its type. */
const fieldsByType = {
  click: { key },
  view: { url },
  miniprogram: {
    url,
    appid: v.pipe(
      v.string('must be a text'),
      v.regex(/^wx[0-9a-z]{16}$/, 'must be an AppID: "wx" and 16 letters or digits'),
    ),
    pagepath: filled(),
  },
  scancode_push: { key },
  scancode_waitmsg: { key },
  pic_sysphoto: { key },
  pic_photo_or_album: { key },
  pic_weixin: { key },
  location_select: { key },
  media_id: { media_id: mediaId() },
  view_limited: { media_id: mediaId() },
  article_id: { article_id: filled() },
  article_view_limited: { article_id: filled() },
} as const satisfies Record<LeafButton['type'], v.ObjectEntries>;

const types = Object.keys(fieldsByType).join(', ');

/** `menu.get` returns an empty `sub_button` in every button, so an empty one is allowed. */
const noSubButtons = v.optional(
  v.pipe(v.array(v.unknown(), 'must be a list'), v.empty('stands where no more buttons can be')),
);

const leafButton = (name: v.GenericSchema<string>): v.GenericSchema<unknown, LeafButton> =>
  v.pipe(
    v.variant(
      'type',
      Object.entries(fieldsByType).map(([type, fields]) =>
        object({ type: v.literal(type), name, ...fields, sub_button: noSubButtons }),
      ),
      ({ received, path }) => {
        if (!path) return 'must be an object';
        if (received === 'undefined') return `is missing: one of ${types}; or have sub_button`;
        return `is none that the API can make: ${types}`;
      },
    ),
    v.transform(({ sub_button: _, ...button }) => button),
  ) as v.GenericSchema<unknown, LeafButton>;

const name = bytes(menuLimits.nameBytes);
const leaf = leafButton(name);
const parent: v.GenericSchema<unknown, MenuButton> = object({
  name,
  type: v.optional(v.never('stands beside sub_button: a button opens others or does something')),
  sub_button: list(leafButton(bytes(menuLimits.subNameBytes)), 1, menuLimits.subButtons),
});

const button = v.lazy((input): v.GenericSchema<unknown, MenuButton> => {
  const { type, sub_button: subButtons } = Object(input);
  const isParent =
    subButtons !== undefined &&
    (type === undefined || !Array.isArray(subButtons) || subButtons.length > 0);
  return isParent ? parent : leaf;
});

const buttons = list(button, 1, menuLimits.buttons);

export const menuSchema: v.GenericSchema<unknown, Menu> = object({
  button: buttons,
  matchrule: v.optional(v.never('belongs to a conditional menu: use addConditional')),
  conditionalmenu: v.optional(
    v.never('is not made here: give each of its menus to addConditional'),
  ),
});

const withdrawn = v.optional(
  v.never('was withdrawn by WeChat for privacy (65320): match by tag_id, client_platform_type'),
);

const matchRule = v.pipe(
  object({
    tag_id: v.exactOptional(digits()),
    client_platform_type: v.exactOptional(
      v.picklist(['1', '2', '3'], 'must be "1" (iOS), "2" (Android) or "3" (others)'),
    ),
    sex: withdrawn,
    country: withdrawn,
    province: withdrawn,
    city: withdrawn,
    language: withdrawn,
    group_id: withdrawn,
  }),
  v.check(
    (rule) => Object.keys(rule).length > 0,
    'is empty: it needs at least one of tag_id, client_platform_type',
  ),
);

export const conditionalMenuSchema: v.GenericSchema<unknown, ConditionalMenu> = v.pipe(
  object({ button: buttons, matchrule: matchRule }),
  v.check(
    (menu) => domainsOf(menu).size <= menuLimits.conditionalDomains,
    (issue) =>
      `links to ${domainsOf(issue.input).size} domains, WeChat takes ${menuLimits.conditionalDomains} in all conditional menus together`,
  ),
);

function domainsOf({ button }: Menu): ReadonlySet<string> {
  const leaves = button.flatMap((each) => ('sub_button' in each ? each.sub_button : [each]));
  return new Set(leaves.flatMap((each) => ('url' in each ? [new URL(each.url).hostname] : [])));
}
