import { hkdfSync, randomBytes } from 'node:crypto';
import type { Switches } from '../options.ts';
import type { Storage } from './storage.ts';

const MAX_PERMANENT = 100_000;

/** A code for one scene, which is a number or text. */
export interface QrcodeRecord {
  readonly id: number;
  readonly scene: number | string;
  /** Milliseconds since the epoch; `null` for a permanent one. */
  readonly expiresAt: number | null;
}

/** A code with what stands for it: what the API takes, and what a camera reads. */
export interface ShownQrcode extends QrcodeRecord {
  readonly ticket: string;
  readonly url: string;
}

/** What the code says: such an address opens WeChat on a phone; the emulated one leads nowhere. */
export function urlOf({ id }: Pick<QrcodeRecord, 'id'>): string {
  return `http://weixin.qq.com/q/emulated${id}`;
}

interface QrcodeState {
  salt: string;
  lastId: number;
  temporary: QrcodeRecord[];
  /** By kind and scene: the same scene has the same code. */
  permanent: Record<string, QrcodeRecord>;
}

/** QR codes with parameters. Their tickets are derived, so that none lies in the state in clear. */
export function createQrcodes(
  storage: Storage,
  {
    secret,
    now,
    switches,
  }: { readonly secret: string; readonly now: () => number; readonly switches: Switches },
) {
  const section = storage.section<QrcodeState>('qrcodes', () => ({
    salt: randomBytes(16).toString('hex'),
    lastId: 0,
    temporary: [],
    permanent: {},
  }));

  return {
    addTemporary(scene: number | string, seconds = switches.qrcodeSeconds) {
      const code = section.update((state) => {
        state.lastId += 1;
        const fresh = { id: state.lastId, scene, expiresAt: now() + seconds * 1_000 };
        state.temporary = [...state.temporary.filter(isGood), fresh];
        return fresh;
      });
      return { code, ticket: ticketOf(code), seconds };
    },

    /** `full` when there are as many as there may be. */
    addPermanent(scene: number | string) {
      const code = section.update((state) => {
        const key = `${typeof scene} ${scene}`;
        const before = state.permanent[key];
        if (before) return before;
        if (Object.keys(state.permanent).length >= MAX_PERMANENT) return 'full';
        state.lastId += 1;
        const fresh = { id: state.lastId, scene, expiresAt: null };
        state.permanent[key] = fresh;
        return fresh;
      });
      return code === 'full' ? code : { code, ticket: ticketOf(code) };
    },

    /** Those that can still be scanned, the newest last. */
    list(): readonly ShownQrcode[] {
      const { temporary, permanent } = section.read();
      return [...Object.values(permanent), ...temporary.filter(isGood)]
        .sort((a, b) => a.id - b.id)
        .map((code) => ({ ...code, ticket: ticketOf(code), url: urlOf(code) }));
    },

    find,

    /** `false` for a ticket that is wrong or has expired. */
    remove(ticket: string): boolean {
      const code = find(ticket);
      if (!code) return false;
      section.update((state) => {
        state.temporary = state.temporary.filter(({ id }) => id !== code.id);
        state.permanent = Object.fromEntries(
          Object.entries(state.permanent).filter(([, { id }]) => id !== code.id),
        );
      });
      return true;
    },
  };

  /** `undefined` for a ticket that is wrong or has expired. */
  function find(ticket: string): QrcodeRecord | undefined {
    const { temporary, permanent } = section.read();
    const id = Number.parseInt(Buffer.from(ticket, 'base64url').toString().split(' ')[0] ?? '', 36);
    const code = [...temporary, ...Object.values(permanent)].find((each) => each.id === id);
    return code && isGood(code) && ticketOf(code) === ticket ? code : undefined;
  }

  function isGood({ expiresAt }: QrcodeRecord): boolean {
    return expiresAt === null || now() < expiresAt;
  }

  function ticketOf({ id }: QrcodeRecord): string {
    const bytes = hkdfSync('sha256', secret, section.read().salt, `qrcode ${id}`, 60);
    return Buffer.from(`${id.toString(36)} ${Buffer.from(bytes).toString('base64')}`).toString(
      'base64url',
    );
  }
}

export type Qrcodes = ReturnType<typeof createQrcodes>;
