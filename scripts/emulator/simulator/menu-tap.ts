import { createHash } from 'node:crypto';
import type { LeafButton, MenuButton } from '../../../shared/wechat/catalogue/menu.ts';
import { BadRequest } from '../wechat/control/body.ts';
import type { PushMessage } from '../wechat/push/messages.ts';
import { ordinary } from '../wechat/push/ordinary.ts';
import type { Bubble } from './bubble.ts';
import { mediaUrl } from './media.ts';

/** What the follower did in the dialog that a button opened. */
export interface TapChoices {
  readonly scan?: { readonly type: 'qrcode' | 'barcode'; readonly result: string } | undefined;
  /** Media ids of pictures that WeChat has already. */
  readonly pictures?: readonly string[] | undefined;
  readonly place?:
    | {
        readonly latitude: number;
        readonly longitude: number;
        readonly label: string;
        readonly name?: string | undefined;
      }
    | undefined;
}

export interface Tapped {
  /** In this order. */
  readonly pushes: readonly PushMessage[];
  /** What WeChat shows by itself, without asking the account. */
  readonly shown?: Bubble;
  /** What opens over the chat. */
  readonly opens?: string;
}

/** The button at `[1]` or, in a sub-menu, `[1, 0]`. @throws BadRequest if there is none */
export function buttonAt(buttons: readonly MenuButton[], index: readonly number[]): LeafButton {
  const [first = -1, second] = index;
  const button = buttons[first];
  const found =
    button && 'sub_button' in button
      ? button.sub_button[second ?? -1]
      : second === undefined && button;
  if (!found) throw new BadRequest(`The menu has no button at [${index.join(', ')}].`);
  return found;
}

/**
 * What a tap does, by the type of the button.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html
 */
export function tap(
  openid: string,
  { button, menuid }: { readonly button: LeafButton; readonly menuid: number },
  choices: TapChoices,
): Tapped {
  const event = { openid, type: 'event' } as const;
  switch (button.type) {
    case 'click':
      return { pushes: [{ ...event, Event: 'CLICK', EventKey: button.key }] };
    case 'view':
      return {
        pushes: [{ ...event, Event: 'VIEW', EventKey: button.url, MenuId: menuid }],
        opens: button.url,
      };
    case 'miniprogram':
      return {
        pushes: [
          { ...event, Event: 'view_miniprogram', EventKey: button.pagepath, MenuId: menuid },
        ],
        opens: button.url,
      };
    case 'scancode_push':
    case 'scancode_waitmsg': {
      const { type, result } = needed(choices.scan, 'scan');
      const ScanCodeInfo = { ScanType: type, ScanResult: result };
      return {
        pushes: [{ ...event, Event: button.type, EventKey: button.key, ScanCodeInfo }],
        // The other type leaves it to the account to say something.
        ...(button.type === 'scancode_push' && /^https?:/.test(result) ? { opens: result } : {}),
      };
    }
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin': {
      const pictures = needed(choices.pictures, 'pictures');
      const item = pictures.map((each) => ({ PicMd5Sum: md5(each) }));
      const SendPicsInfo = { Count: pictures.length, PicList: { item } };
      return {
        pushes: [
          { ...event, Event: button.type, EventKey: button.key, SendPicsInfo },
          ...pictures.map((mediaId) => ordinary.image(openid, mediaId)),
        ],
      };
    }
    case 'location_select': {
      const { latitude, longitude, label, name = '' } = needed(choices.place, 'place');
      const SendLocationInfo = {
        Location_X: String(latitude),
        Location_Y: String(longitude),
        Scale: '15',
        Label: label,
        Poiname: name,
      };
      return {
        pushes: [
          { ...event, Event: button.type, EventKey: button.key, SendLocationInfo },
          ordinary.location(openid, latitude, longitude, label),
        ],
      };
    }
    case 'media_id': {
      const { media_id: mediaId } = button;
      return { pushes: [], shown: { type: 'image', mediaId, url: mediaUrl(mediaId) } };
    }
    case 'article_id':
      return {
        pushes: [],
        shown: {
          type: 'news',
          articles: [
            { title: button.name, description: '', picUrl: '', url: articleUrl(button.article_id) },
          ],
        },
      };
    case 'view_limited':
      return { pushes: [], opens: articleUrl(button.media_id) };
    case 'article_view_limited':
      return { pushes: [], opens: articleUrl(button.article_id) };
  }
}

function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new BadRequest(`This button needs "${name}".`);
  return value;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function articleUrl(id: string): string {
  return `https://mp.weixin.qq.com/s/${encodeURIComponent(id)}`;
}
