import { BlockList, isIP } from 'node:net';
import type { Storage } from './storage.ts';

/** The IP whitelist of the console: addresses and CIDR blocks, or `null` while none is set up. */
export function createWhitelist(storage: Storage, initial: readonly string[] | undefined) {
  const section = storage.section<{ ips: readonly string[] | null }>('whitelist', () => ({
    ips: initial ?? null,
  }));
  return {
    get: () => section.read().ips,

    /** @throws RangeError for anything that is neither an address nor a block. */
    set(ips: readonly string[] | null): void {
      if (ips) blockListOf(ips);
      section.update((state) => {
        state.ips = ips;
      });
    },

    allows(ip: string): boolean {
      const { ips } = section.read();
      if (ips === null) return true;
      const family = isIP(ip);
      return family !== 0 && blockListOf(ips).check(ip, family === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

export type Whitelist = ReturnType<typeof createWhitelist>;

function blockListOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [ip = '', bits] = entry.split('/');
    const family = isIP(ip);
    if (family === 0) throw new RangeError(`"${entry}" is neither an IP address nor a CIDR block`);
    const type = family === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(ip, bits === undefined ? (family === 6 ? 128 : 32) : Number(bits), type);
  }
  return list;
}
