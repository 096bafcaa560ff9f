/** An address as a platform may write it, without the port and the prefix of IPv4 in IPv6. */
export function plainAddress(text: string): string {
  const [, v6, v4] = /^(?:\[(.+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? [];
  return (v6 ?? v4 ?? text).replace(/^::ffff:(?=[\d.]+$)/i, '');
}
