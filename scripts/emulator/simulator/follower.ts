import { BadRequest } from '../wechat/control/body.ts';
import type { PushMessage } from '../wechat/push/messages.ts';
import { ordinary } from '../wechat/push/ordinary.ts';
import type { PushResult } from '../wechat/push/push.ts';
import { eventNames, sampleEvent } from '../wechat/push/samples.ts';
import type { Book } from './book.ts';
import type { Emulators } from './emulators.ts';
import { buttonAt, type TapChoices, tap } from './menu-tap.ts';
import type { Phones } from './phones.ts';
import type { WechatControl } from './wechat-control.ts';

/** What was pushed, in order, and what came of it. */
export interface Done {
  readonly results: readonly PushResult[];
  readonly opens?: string;
}

/** A message without its sender; fields that are left out get believable values. */
export type Said = { readonly type: string } & Readonly<Record<string, unknown>>;

/** What a follower can do. */
export interface FollowerActs {
  say(openid: string, said: Said): Promise<Done>;
  follow(openid: string, scene?: string): Promise<Done>;
  unfollow(openid: string): Promise<Done>;
  /** Whoever does not follow yet follows by it. @throws BadRequest for a ticket that is not good */
  scan(openid: string, code: { readonly scene?: string; readonly ticket?: string }): Promise<Done>;
  /** @throws BadRequest if there is no such button, or it needs a choice */
  tap(openid: string, index: readonly number[], choices: TapChoices): Promise<Done>;
}

interface Code {
  readonly scene: number | string;
  readonly ticket: string;
}

export function createFollowerActs(
  book: Book,
  phones: Phones,
  control: WechatControl,
  { push, urls }: Pick<Emulators, 'push' | 'urls'>,
): FollowerActs {
  async function pushAll(messages: readonly PushMessage[]): Promise<Done> {
    const results: PushResult[] = [];
    for (const message of messages) results.push(await push.send(message));
    return { results };
  }
  const event = (openid: string, Event: string, fields: object = {}) =>
    pushAll([{ openid, type: 'event', Event, ...fields } as unknown as PushMessage]);

  return {
    say: (openid, said) => pushAll([complete(openid, said, urls.wechatApi)]),

    follow(openid, scene) {
      phones.forgetMenu(openid);
      return event(openid, 'subscribe', scene ? keyOfFollow(scene, ticketFor(scene)) : {});
    },

    unfollow: (openid) => event(openid, 'unsubscribe', { EventKey: '' }),

    async scan(openid, { scene, ticket }) {
      const codes = await control.call<readonly Code[]>('GET', '/qrcodes');
      const code = codes.find((each) =>
        ticket === undefined ? String(each.scene) === scene : each.ticket === ticket,
      );
      const found = code?.scene ?? (ticket === undefined ? scene : undefined);
      if (found === undefined) throw new BadRequest('There is no such QR code, or it has expired.');
      const Ticket = code?.ticket ?? ticketFor(String(found));
      if (!(await phones.view(openid)).isFollowing) {
        phones.forgetMenu(openid);
        return event(openid, 'subscribe', keyOfFollow(String(found), Ticket));
      }
      return event(openid, 'SCAN', { EventKey: String(found), Ticket });
    },

    async tap(openid, index, choices) {
      const { menu } = await phones.view(openid);
      if (!menu) throw new BadRequest('This follower sees no menu.');
      const button = buttonAt(menu.button, index);
      const { pushes, shown, opens } = tap(openid, { button, menuid: menu.menuid }, choices);
      if (shown) book.show(openid, 'menu', shown);
      const done = await pushAll(pushes.map((each) => complete(openid, each, urls.wechatApi)));
      return { ...done, ...(opens === undefined ? {} : { opens }) };
    },
  };
}

/** Of a code that the account never made. */
function ticketFor(scene: string): string {
  return `ticket-of-${scene}`;
}

function keyOfFollow(scene: string, Ticket: string) {
  return { EventKey: `qrscene_${scene}`, Ticket };
}

const withDefaults: Readonly<Record<string, (openid: string, mediaId?: string) => object>> = {
  image: ordinary.image,
  voice: ordinary.voice,
  video: ordinary.video,
  shortvideo: ordinary.shortvideo,
  location: (openid) => ordinary.location(openid),
};

/** With a picture's address that works: what the account downloads is what was sent. */
function complete(openid: string, said: Said | PushMessage, apiUrl: string): PushMessage {
  if (said.type === 'event') return completeEvent(openid, said);
  const { MediaId } = said as { readonly MediaId?: string };
  const defaults = Object.hasOwn(withDefaults, said.type)
    ? withDefaults[said.type]?.(openid, MediaId)
    : {};
  const picture =
    said.type === 'image' && MediaId
      ? { PicUrl: `${apiUrl}/mmbiz_jpg/${encodeURIComponent(MediaId)}/0` }
      : {};
  return { ...defaults, ...said, ...picture, openid } as unknown as PushMessage;
}

/** An event without any fields gets those that it usually has; WeChat's push service sends its own. */
function completeEvent(openid: string, said: Said | PushMessage): PushMessage {
  const { type: _, openid: __, Event, ...fields } = said as Said & { readonly openid?: string };
  const name = eventNames.find((each) => each === Event);
  if (!name) return { ...said, openid } as unknown as PushMessage;
  return sampleEvent(openid, name, Object.keys(fields).length > 0 ? (fields as never) : undefined);
}
