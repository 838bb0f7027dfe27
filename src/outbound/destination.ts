// Where a call may go. A name is resolved once and every address of it is judged; the call is then made to those very addresses, so that a name which
// changes its mind in between (DNS rebinding, RG-09) changes nothing.

import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { OutboundRule } from '../config/config.ts';
import { isLoopbackAddress, isPrivateAddress, isPublicAddress, toReached } from './special-addresses.ts';

export type Address = { readonly address: string; readonly family: number };

export type Resolve = (host: string) => Promise<readonly Address[]>;

export type GuardRules = {
  readonly issuer: string;
  /** Where services come with certificates, which may be another name. */
  readonly certificateOrigin?: string | undefined;
  /** The issuer's own host is a loopback host: then others may be called, by http and at any port (and only then). */
  readonly loopback: boolean;
  /** Private destinations that an operator opened. */
  readonly outboundAllow: readonly OutboundRule[];
  /** Of this machine: a call to them would come from inside, like one to the issuer. */
  readonly ownAddresses: readonly string[];
};

export type DestinationFault = 'url-refused' | 'name-unknown' | 'address-refused';

export type Destination =
  | { readonly ok: true; readonly url: URL; readonly addresses: readonly Address[] }
  | { readonly ok: false; readonly failure: DestinationFault };

export const systemResolve: Resolve = (host) => lookup(host, { all: true, order: 'verbatim' });

const refused = (failure: DestinationFault): Destination => ({ ok: false, failure });

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);
}

/** Without the brackets of an IPv6 address. */
function toHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function toNetwork(rule: Extract<OutboundRule, { kind: 'network' }>): BlockList {
  const network = new BlockList();
  network.addSubnet(rule.address, rule.prefix, rule.family);
  return network;
}

function toPort(url: URL): number {
  const usual = url.protocol === 'http:' ? 80 : 443;
  return url.port === '' ? usual : Number(url.port);
}

/**
 * Whoever holds a name says where it leads. So a name opens what is private or public, and this machine only at the port that was written with it; an address
 * that is special in another way (link-local ones, where clouds hand out secrets) is opened as an address or not at all.
 */
function isOpenToName({ ownAddresses }: GuardRules, address: string, port: number | null): boolean {
  if (isLoopbackAddress(address) || ownAddresses.includes(toReached(address))) {
    return port !== null;
  }
  return isPublicAddress(address) || isPrivateAddress(address);
}

/** Whether an operator opened this destination: by its name, or by the address that its name has. */
function isAllowed(rules: GuardRules, url: URL, address: string): boolean {
  const host = toHost(url);
  const reached = toReached(address);
  const family = isIP(reached) === 4 ? 'ipv4' : 'ipv6';
  return rules.outboundAllow.some((rule) => {
    if (rule.port !== null && rule.port !== toPort(url)) {
      return false;
    }
    if (rule.kind === 'host') {
      return rule.host === host && isOpenToName(rules, address, rule.port);
    }
    return rule.family === family && toNetwork(rule).check(reached, family);
  });
}

/** A call to ourselves would come from inside. Where the issuer is a loopback host, its neighbours have other ports. */
function isOurselves(rules: GuardRules, url: URL): boolean {
  const own = [rules.issuer, rules.certificateOrigin].flatMap((origin) => (origin === undefined ? [] : [new URL(origin)]));
  return own.some(({ host, hostname }) => (rules.loopback ? url.host === host : url.hostname === hostname));
}

/** What can be said before anybody is asked for an address. */
function isCallable(rules: GuardRules, url: URL): boolean {
  const host = toHost(url);
  const isNear = rules.loopback && isLoopbackName(host);
  const isPlain = url.protocol === 'http:';
  if (!(url.protocol === 'https:' || (isPlain && isNear))) {
    return false;
  }
  return `${url.username}${url.password}` === '' && host !== '' && !host.endsWith('.') && !isOurselves(rules, url);
}

/** 443 for everybody; another port where an operator named the destination. */
function isOpenAddress(rules: GuardRules, url: URL, address: string): boolean {
  const isNear = rules.loopback && isLoopbackName(toHost(url)) && isLoopbackAddress(address);
  if (isNear || isAllowed(rules, url, address)) {
    return true;
  }
  return isPublicAddress(address) && url.port === '' && !rules.ownAddresses.includes(toReached(address));
}

/** Refuses a name of which any address is refused: which one answers is not ours to choose. */
export async function findDestination(rules: GuardRules, resolve: Resolve, text: string): Promise<Destination> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isCallable(rules, url)) {
    return refused('url-refused');
  }
  const host = toHost(url);
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host).catch(() => []) : [{ address: host, family }];
  if (addresses.length === 0) {
    return refused('name-unknown');
  }
  return addresses.every(({ address }) => isOpenAddress(rules, url, address)) ? { ok: true, url, addresses } : refused('address-refused');
}
