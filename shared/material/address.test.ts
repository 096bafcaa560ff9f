import { expect, test } from '@jest/globals';
import { isPublicAddress } from './address.ts';

test.each([
  ['this host', '127.0.0.1'],
  ['this host by any of its addresses', '127.255.0.1'],
  ['no address', '0.0.0.0'],
  ['a private network', '10.1.2.3'],
  ['a private network', '172.16.0.1'],
  ['a private network', '172.31.255.255'],
  ['a private network', '192.168.1.1'],
  ['the link, where clouds keep their metadata', '169.254.169.254'],
  ["Tencent's metadata", '169.254.0.23'],
  ['inside Tencent', '9.0.0.1'],
  ['inside Tencent', '11.255.255.255'],
  ['inside Tencent', '30.1.2.3'],
  ['shared by a carrier', '100.64.0.1'],
  ['shared by a carrier, and metadata elsewhere', '100.100.100.200'],
  ['a benchmark', '198.18.0.1'],
  ['an example', '203.0.113.9'],
  ['many hosts', '224.0.0.1'],
  ['every host', '255.255.255.255'],
  ['this host in IPv6', '::1'],
  ['no address in IPv6', '::'],
  ['a unique local address', 'fd00::1'],
  ['a unique local address', 'fc00:1234::1'],
  ['the link in IPv6', 'fe80::1'],
  ['many hosts in IPv6', 'ff02::1'],
  ['this host in IPv6 clothes', '::ffff:127.0.0.1'],
  ['a private network in IPv6 clothes', '::ffff:a00:1'],
  ['this host by NAT64', '64:ff9b::7f00:1'],
  ['this host by 6to4', '2002:7f00:1::'],
  ['this host by Teredo', '2001:0:53aa:64c:0:0:80ff:fffe'],
  ['an example in IPv6', '2001:db8::1'],
  ['a name', 'localhost'],
  ['nothing', ''],
])('%s is not public: %s', (_, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '2400:3200::1'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);
