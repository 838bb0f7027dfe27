// Which addresses are nobody's public service: the special-purpose registries of IANA (RFC 6890 and later), and every way to write an IPv4 address inside
// an IPv6 one. What is not known to be public is not.

import { BlockList, isIPv4, isIPv6 } from 'node:net';

type Range = readonly [address: string, prefix: number];

const special4: readonly Range[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Inside 2000::/3, the only part of IPv6 that is handed out: Teredo and other protocols, documentation, 6to4. */
const special6: readonly Range[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

function toList(ranges: readonly Range[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  ranges.forEach(([address, prefix]) => list.addSubnet(address, prefix, family));
  return list;
}

/** Networks that institutions run by themselves (RFC 1918, RFC 6598, RFC 4193). */
const private4: readonly Range[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

/** Where clouds hand a machine its secrets, inside such networks; elsewhere they are link-local. */
const metadata = ['100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254'];

const isSpecial4 = toList(special4, 'ipv4');
const isPrivate4 = toList(private4, 'ipv4');
const isPrivate6 = toList([['fc00::', 7]], 'ipv6');
const isSpecial6 = toList(special6, 'ipv6');
const isHandedOut6 = toList([['2000::', 3]], 'ipv6');
const isLoopback6 = toList([['::1', 128]], 'ipv6');

/** IPv4-mapped (RFC 4291 §2.5.5.2) and the well-known prefix of NAT64 (RFC 6052 §2.1): what is meant is the IPv4 address in their last 32 bits. */
const isEmbedding6 = toList(
  [
    ['::ffff:0:0', 96],
    ['64:ff9b::', 96],
  ],
  'ipv6',
);

/** The last 32 bits, as the URL parser writes them: hexadecimal, or already with dots. */
function toEmbedded(address: string): string {
  const host = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [high = '0', low = '0'] = host.split(':').slice(-2);
  const bits = Number.parseInt(high || '0', 16) * 65_536 + Number.parseInt(low || '0', 16);
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
}

/** The address that a connection to this one reaches. */
export function toReached(address: string): string {
  return isIPv6(address) && isEmbedding6.check(address, 'ipv6') ? toEmbedded(address) : address;
}

/** Judges the address that is reached. A text that is no address is not public. */
export function isPublicAddress(address: string): boolean {
  const reached = toReached(address);
  if (isIPv4(reached)) {
    return !isSpecial4.check(reached, 'ipv4');
  }
  return isIPv6(reached) && isHandedOut6.check(reached, 'ipv6') && !isSpecial6.check(reached, 'ipv6');
}

/** Not public, and nothing but a machine in a network of somebody's own. */
export function isPrivateAddress(address: string): boolean {
  const reached = toReached(address);
  if (metadata.includes(reached)) {
    return false;
  }
  return isIPv4(reached) ? isPrivate4.check(reached, 'ipv4') : isIPv6(reached) && isPrivate6.check(reached, 'ipv6');
}

export function isLoopbackAddress(address: string): boolean {
  const reached = toReached(address);
  return isIPv4(reached) ? reached.startsWith('127.') : isIPv6(reached) && isLoopback6.check(reached, 'ipv6');
}
