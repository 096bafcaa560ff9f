import type { PhonesAnswer } from '../wechat/control/followers.ts';
import type { KeptMenu } from '../wechat/state/menus.ts';
import type { Book } from './book.ts';
import type { Phone } from './conversations.ts';
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

export interface FoundFollowers {
  readonly phones: readonly PhoneView[];
  readonly withoutPhone: readonly string[];
  /** How many follow the account. */
  readonly total: number;
}

/** Of many phones: the few menus that they see come once, and each phone names its own. */
export interface PhoneRows {
  readonly rows: readonly (Omit<PhoneView, 'menu'> & { readonly menuid: number | null })[];
  readonly menus: readonly KeptMenu[];
}

export function rowsOf(views: readonly PhoneView[]): PhoneRows {
  const menus = new Map(views.flatMap(({ menu }) => (menu ? [[menu.menuid, menu] as const] : [])));
  return {
    rows: views.map(({ menu, ...rest }) => ({ ...rest, menuid: menu?.menuid ?? null })),
    menus: [...menus.values()],
  };
}

export function viewsOf({ rows, menus }: PhoneRows): readonly PhoneView[] {
  const byId = new Map(menus.map((menu) => [menu.menuid, menu]));
  return rows.map(({ menuid, ...rest }) => ({
    ...rest,
    menu: menuid === null ? null : (byId.get(menuid) ?? null),
  }));
}

/** WeChat asks for a menu again when the chat is opened and the last answer is older than this. */
export const MENU_LIFE_MS = 5 * 60_000;

export type MenuRefresh = 'at-once' | 'like-wechat';

export interface Phones {
  views(): Promise<readonly PhoneView[]>;
  view(openid: string): Promise<PhoneView>;
  /** Whose name or openid holds the words: those with a phone, and the first of the other followers. */
  find(words: string): Promise<FoundFollowers>;
  /** The follower opens the chat. */
  enter(openid: string): void;
  /** What WeChat has for this follower is shown, however old the last answer is. */
  forgetMenu(openid: string): void;
  refreshRule(): MenuRefresh;
  setRefreshRule(rule: MenuRefresh): void;
}

/** Menus as the phones see them, and who follows. */
export function createPhones(options: {
  readonly book: Pick<Book, 'conversations' | 'typingUntil'>;
  readonly control: WechatControl;
  readonly now: () => number;
}): Phones {
  const { book, control, now } = options;
  const held = new Map<string, { menu: KeptMenu | null; at: number }>();
  const entered = new Map<string, number>();
  let rule: MenuRefresh = 'at-once';

  return {
    views: () => lookAt(book.conversations.phones()),
    async view(openid) {
      const phone = book.conversations.phones().find((each) => each.openid === openid);
      const [view] = await lookAt([phone ?? { openid, name: openid }]);
      if (!view) throw new Error('WeChat has left a phone out.');
      return view;
    },
    async find(words) {
      const isWanted = ({ openid, name }: Phone) =>
        `${name} ${openid}`.toLowerCase().includes(words.toLowerCase());
      const query = new URLSearchParams({ q: words });
      const answer = await control.call<FoundAnswer>('GET', `/followers?${query}`);
      const phones = await lookAt(book.conversations.phones().filter(isWanted));
      const withoutPhone = answer.openids.filter((openid) => !book.conversations.hasPhone(openid));
      return { phones, withoutPhone, total: answer.total };
    },
    enter: (openid) => void entered.set(openid, now()),
    forgetMenu: (openid) => void held.delete(openid),
    refreshRule: () => rule,
    setRefreshRule(next) {
      rule = next;
    },
  };

  /** WeChat is asked once, however many phones there are. */
  async function lookAt(phones: readonly Phone[]): Promise<readonly PhoneView[]> {
    const openids = phones.map(({ openid }) => openid);
    const answer = await control.call<PhonesAnswer>('POST', '/phones', { openids });
    const menus = new Map(answer.menus.map((menu) => [menu.menuid, menu]));
    return answer.phones.map(({ openid, isFollowing, menuid, windows }, at) => {
      const latest = menuid === null ? null : (menus.get(menuid) ?? null);
      const menu = isFollowing ? shown(openid, latest) : null;
      return {
        openid,
        name: phones[at]?.name ?? openid,
        isFollowing,
        isTyping: now() < book.typingUntil(openid),
        menu,
        hasNewerMenu: menu?.menuid !== latest?.menuid,
        windows,
      };
    });
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

interface FoundAnswer {
  readonly total: number;
  readonly openids: readonly string[];
}
