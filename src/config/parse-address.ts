// Addresses as an operator writes them: listeners, private destinations, loopback hosts.

import { isIP, isIPv4, isIPv6 } from 'node:net';

import type { Listener, OutboundRule } from './config.ts';

const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** `localhost` and names under it (RFC 6761 §6.3), 127.0.0.0/8 and ::1. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
}

/** `host:port` or `[address]:port`. */
export function parseListener(text: string): Listener | undefined {
  const cut = text.lastIndexOf(':');
  const host = text.slice(0, Math.max(cut, 0)).replace(/^\[(.+)\]$/, '$1');
  return isHost(host) && isPort(text.slice(cut + 1)) ? { host, port: Number(text.slice(cut + 1)) } : undefined;
}

/** A host name, an address (a network of one), or a network in CIDR notation; the first two also with a port, as in `host:port` and `[address]:port`. */
export function parseOutboundRule(text: string): OutboundRule | undefined {
  const listener = parseListener(text);
  const isBracketed = text.startsWith('[');
  // `fd00::1:443` is an address, and all of it.
  if (listener === undefined || (isIPv6(listener.host) && !isBracketed) || isIPv6(text)) {
    return parseDestination(text, null);
  }
  return parseDestination(listener.host, listener.port);
}

function parseDestination(text: string, port: number | null): OutboundRule | undefined {
  const [address = '', length] = text.split('/', 2);
  const widest = isIPv4(address) ? 32 : 128;
  if (isIP(address) !== 0) {
    return parseNetwork(text, { address, prefix: Number(length ?? widest), widest, port });
  }
  return hostName.test(text) ? { kind: 'host', host: text, port } : undefined;
}

type Network = { readonly address: string; readonly prefix: number; readonly widest: 32 | 128; readonly port: number | null };

function parseNetwork(text: string, { address, prefix, widest, port }: Network): OutboundRule | undefined {
  const isWritten = text === address || text === `${address}/${prefix}`;
  const family = widest === 32 ? 'ipv4' : 'ipv6';
  return isWritten && prefix <= widest ? { kind: 'network', address, prefix, family, port } : undefined;
}

function isHost(text: string): boolean {
  return isIP(text) !== 0 || hostName.test(text);
}

function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
}
