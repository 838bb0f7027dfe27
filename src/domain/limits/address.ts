// The address of whoever asks, in the one spelling under which it is counted.

import { isIPv4, isIPv6 } from 'node:net';
import type { Subject } from './limit.ts';

/** As proxies write it: with a port, in brackets, with a zone, in quotes. */
function toBare(text: string): string {
  const unquoted = text.trim().replaceAll('"', '');
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(unquoted)?.[1];
  const withoutPort = bracketed ?? unquoted.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return withoutPort.replace(/%[^]*/, '');
}

/** Its eight groups. The URL parser knows every spelling, also that with dots at the end. */
function toGroups(address: string): readonly number[] {
  const host = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = host.split('::');
  const toNumbers = (part: string): readonly number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [left, right] = [toNumbers(head), toNumbers(tail ?? '')];
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}

const toDotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

/** IPv4-mapped (RFC 4291 §2.5.5.2), and the well-known prefix of NAT64 (RFC 6052 §2.1): an IPv4 address stands in the last two groups. */
const embedding: ReadonlySet<string> = new Set(['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0']);

const toHex = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');

/** All of 127.0.0.0/8 (RFC 1122 §3.2.1.3) and `::1` (RFC 4291 §2.5.3) are the machine itself. */
const loopback = '127.0.0.1';

function findEmbedded(groups: readonly number[]): string | undefined {
  const [first, second = 0, third = 0] = groups;
  const [high = 0, low = 0] = groups.slice(6);
  if (embedding.has(toHex(groups.slice(0, 6)))) {
    return toDotted(high, low);
  }
  if (toHex(groups) === '0:0:0:0:0:0:0:1') {
    return loopback;
  }
  // 6to4 (RFC 3056): one IPv4 address owns 65,536 networks.
  return first === 0x2002 ? toDotted(second, third) : undefined;
}

const toOne = (dotted: string): string => (dotted.startsWith('127.') ? loopback : dotted);

/** Everything that is no address is one subject, so that nonsense is no way around a limit. */
export function toAddressSubject(text: string): Subject {
  const bare = toBare(text);
  if (isIPv4(bare)) {
    return { kind: 'ipv4', name: toOne(bare) };
  }
  if (!isIPv6(bare)) {
    return { kind: 'ipv4', name: 'unknown' };
  }
  const groups = toGroups(bare);
  const embedded = findEmbedded(groups);
  if (embedded !== undefined) {
    return { kind: 'ipv4', name: toOne(embedded) };
  }
  return { kind: 'ipv6', name: `${toHex(groups.slice(0, 4))}::/64` };
}
