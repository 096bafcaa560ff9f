import type { LeafButton, MenuButton } from '../../../../shared/wechat/catalogue/menu.ts';
import { ApiError, type Errcode } from '../errors/errors.ts';
import type { JsonObject } from '../http/call.ts';
import type { Materials } from '../state/materials.ts';
import { bytesOf, listIn, objectIn, optionalText, requiredText } from './fields.ts';

const MAX_KEY_BYTES = 128;
const MAX_URL_BYTES = 1_024;
const MAX_MEDIA_ID_BYTES = 128;

/** Each level has its own limits, and its own codes for going beyond them. */
const levels = {
  first: {
    maxButtons: 3,
    maxNameBytes: 16,
    count: 40016,
    type: 40017,
    name: 40018,
    key: 40019,
    url: 40020,
    domain: 40055,
    mediaId: 40117,
  },
  second: {
    maxButtons: 5,
    maxNameBytes: 60,
    count: 40023,
    type: 40024,
    name: 40025,
    key: 40026,
    url: 40027,
    domain: 40054,
    mediaId: 40118,
  },
} as const satisfies Record<string, Record<string, number>>;
type Level = (typeof levels)[keyof typeof levels];

const keyTypes = [
  'click',
  'scancode_push',
  'scancode_waitmsg',
  'pic_sysphoto',
  'pic_photo_or_album',
  'pic_weixin',
  'location_select',
] as const;

export interface ButtonRules {
  readonly materials: Materials;
  readonly isArticle: (articleId: string) => boolean;
  /** Conditional menus have codes of their own for an empty button and a bad address. */
  readonly isConditional: boolean;
}

/**
 * The buttons of a menu as they are kept; fields that a button of its type does not have are gone.
 *
 * @throws ApiError 40016 to 40027, 40054, 40055, 40117 to 40121, 40165, 40166, 40007, 41007, 53600, 65307,
 * 65308, 65317, 47001
 */
export function buttonsIn(value: unknown, rules: ButtonRules): MenuButton[] {
  const buttons = listIn(value ?? []);
  const { count, maxButtons } = levels.first;
  if (buttons.length === 0) throw new ApiError(rules.isConditional ? 65307 : count);
  if (buttons.length > maxButtons) throw new ApiError(count);
  return buttons.map((button) => buttonOf(objectIn(button), rules));
}

function buttonOf(fields: JsonObject, rules: ButtonRules): MenuButton {
  const name = nameOf(fields, levels.first);
  const hasType = optionalText(fields, 'type') !== '';
  const subButtons = listIn(fields.sub_button ?? []);
  if (subButtons.length === 0) {
    if (!hasType && fields.sub_button !== undefined) {
      throw new ApiError(rules.isConditional ? 65308 : 41007);
    }
    return leafOf(fields, name, levels.first, rules);
  }
  if (hasType) throw new ApiError(40119);
  const { count, maxButtons } = levels.second;
  if (subButtons.length > maxButtons) throw new ApiError(count);
  const sub_button = subButtons.map((each) => subButtonOf(objectIn(each), rules));
  return { name, sub_button };
}

function subButtonOf(fields: JsonObject, rules: ButtonRules): LeafButton {
  if (listIn(fields.sub_button ?? []).length > 0) throw new ApiError(40022);
  return leafOf(fields, nameOf(fields, levels.second), levels.second, rules);
}

function leafOf(fields: JsonObject, name: string, level: Level, rules: ButtonRules): LeafButton {
  const type = optionalText(fields, 'type');
  if (type === '' && rules.isConditional) throw new ApiError(65308);
  const keyType = keyTypes.find((each) => each === type);
  if (keyType) {
    return { type: keyType, name, key: sized(fields, 'key', MAX_KEY_BYTES, level.key) };
  }
  switch (type) {
    case 'view':
      return { type, name, url: urlOf(fields, level, rules) };
    case 'miniprogram':
      return { type, name, url: urlOf(fields, level, rules), ...programOf(fields) };
    case 'media_id':
    case 'view_limited':
      return { type, name, media_id: materialOf(fields, type, level, rules) };
    case 'article_id':
    case 'article_view_limited': {
      const article_id = optionalText(fields, 'article_id');
      if (!rules.isArticle(article_id)) throw new ApiError(53600);
      return { type, name, article_id };
    }
    default:
      throw new ApiError(level.type);
  }
}

function nameOf(fields: JsonObject, { maxNameBytes, name }: Level): string {
  return sized(fields, 'name', maxNameBytes, name);
}

function urlOf(fields: JsonObject, level: Level, { isConditional }: ButtonRules): string {
  const url = sized(fields, 'url', MAX_URL_BYTES, level.url);
  if (/^https?:\/\/[^/]/.test(url) && URL.canParse(url)) return url;
  throw new ApiError(isConditional ? 65317 : level.domain);
}

function programOf(fields: JsonObject) {
  const appid = optionalText(fields, 'appid');
  if (!/^wx[0-9a-f]{16}$/.test(appid)) throw new ApiError(40166);
  return { appid, pagepath: requiredText(fields, 'pagepath', 40165) };
}

function materialOf(
  fields: JsonObject,
  type: 'media_id' | 'view_limited',
  level: Level,
  { materials }: ButtonRules,
): string {
  const mediaId = sized(fields, 'media_id', MAX_MEDIA_ID_BYTES, level.mediaId);
  const material = materials.find(mediaId);
  if (!material) throw new ApiError(40007);
  if (type === 'view_limited' && material.type !== 'news') throw new ApiError(40121);
  return mediaId;
}

function sized(fields: JsonObject, name: string, maxBytes: number, errcode: Errcode): string {
  const text = requiredText(fields, name, errcode);
  if (bytesOf(text) > maxBytes) throw new ApiError(errcode);
  return text;
}
