import type { KeptMenu } from '../wechat/state/menus.ts';
import type { Book } from './book.ts';
import type { WechatControl } from './wechat-control.ts';

/** A follower with a tab, as the page shows them. */
export interface PhoneView {
  readonly openid: string;
  readonly name: string;
  readonly isFollowing: boolean;
  readonly isTyping: boolean;
  /** What WeChat shows at the bottom; its buttons as the API took them. */
  readonly menu: KeptMenu | null;
  /** A newer one, which WeChat shows when it refreshes. */
  readonly hasNewerMenu: boolean;
  /** Of customer-service messages: how many are left, and until when. */
  readonly windows: Readonly<Record<string, { readonly left: number; readonly until: number }>>;
}

/** WeChat asks for a menu again when the chat is opened and the last answer is older than this. */
export const MENU_LIFE_MS = 5 * 60_000;

export type MenuRefresh = 'at-once' | 'like-wechat';

export interface Phones {
  views(): Promise<readonly PhoneView[]>;
  view(openid: string): Promise<PhoneView>;
  /** The follower opens the chat. */
  enter(openid: string): void;
  /** What WeChat has for this follower is shown, however old the last answer is. */
  forgetMenu(openid: string): void;
  refreshRule(): MenuRefresh;
  setRefreshRule(rule: MenuRefresh): void;
}

/** Menus as the phones see them, and who follows. */
export function createPhones(options: {
  readonly book: Book;
  readonly control: WechatControl;
  readonly now: () => number;
}): Phones {
  const { book, control, now } = options;
  const held = new Map<string, { menu: KeptMenu | null; at: number }>();
  const entered = new Map<string, number>();
  let rule: MenuRefresh = 'at-once';

  return {
    views: () => Promise.all(book.conversations.phones().map(({ openid }) => view(openid))),
    view,
    enter: (openid) => void entered.set(openid, now()),
    forgetMenu: (openid) => void held.delete(openid),
    refreshRule: () => rule,
    setRefreshRule(next) {
      rule = next;
    },
  };

  async function view(openid: string): Promise<PhoneView> {
    const phone = book.conversations.phones().find((each) => each.openid === openid);
    const record = await control
      .call<FollowerAnswer>('GET', `/followers/${encodeURIComponent(openid)}`)
      // Nobody whom the account has met.
      .catch((): FollowerAnswer => ({}));
    const isFollowing = record.followedAt !== undefined;
    const latest = isFollowing ? await menuOf(openid) : null;
    const menu = isFollowing ? shown(openid, latest) : null;
    return {
      openid,
      name: phone?.name ?? openid,
      isFollowing,
      isTyping: now() < book.typingUntil(openid),
      menu,
      hasNewerMenu: menu?.menuid !== latest?.menuid,
      windows: record.windows ?? {},
    };
  }

  async function menuOf(openid: string): Promise<KeptMenu | null> {
    const query = new URLSearchParams({ openid });
    return (await control.call<{ menu: KeptMenu | null }>('GET', `/menu?${query}`)).menu;
  }

  /** A phone keeps what it has until the chat is entered with an answer that is too old. */
  function shown(openid: string, latest: KeptMenu | null): KeptMenu | null {
    const before = held.get(openid);
    const at = entered.get(openid) ?? 0;
    const isFresh = before && !(at > before.at && at - before.at >= MENU_LIFE_MS);
    if (rule === 'like-wechat' && isFresh) return before.menu;
    held.set(openid, { menu: latest, at: now() });
    return latest;
  }
}

interface FollowerAnswer {
  readonly followedAt?: number;
  readonly windows?: PhoneView['windows'];
}
