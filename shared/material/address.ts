import { BlockList, isIP } from 'node:net';

/** From IANA's special-purpose registries: addresses that no public host has. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  // Given to others, and used inside Tencent's networks: what answers there is no public host.
  '9.0.0.0/8',
  '11.0.0.0/8',
  '30.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Parts of the global block that carry any IPv4 address, or serve as examples. */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** The only block of IPv6 that is given to public hosts. */
const GLOBAL_IPV6 = ['2000::/3'];

const special = blockList([...SPECIAL_IPV4, ...SPECIAL_IPV6]);
const global = blockList(GLOBAL_IPV6);

/** Whether an IP address belongs to the internet, not to this host, its network or its cloud. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default:
      return false;
  }
}

function blockList(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', bits] = block.split('/');
    list.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
