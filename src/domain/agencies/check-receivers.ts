// The addresses that this provider calls: they belong to whoever people return to. A class that binds everything to keys refuses another owner; the
// others are told (security 4.6).

import { readText, toRefusal, toWarning } from './proposal.ts';
import type { Finding, Remark } from './proposal.ts';
import type { ServiceCase } from './service-case.ts';
import { toRedirectHosts } from './check-uris.ts';
import type { UriRules } from './check-uris.ts';

const receivers = ['backchannel_logout_uri', 'security_events_uri'] as const;

/** Of well-formed addresses only: the others are refused already. Where the issuer is a loopback host there are no domains to compare. */
export function checkReceivers(rules: UriRules, given: ServiceCase): readonly Finding[] {
  return rules.isLoopback ? [] : receivers.flatMap((member) => checkReceiver(given, member));
}

function checkReceiver({ path, service: { serviceClass, metadata } }: ServiceCase, member: string): readonly Finding[] {
  const uri = readText(metadata, member);
  if (uri === undefined || !URL.canParse(uri)) {
    return [];
  }
  const { hostname, port } = new URL(uri);
  const returns = toRedirectHosts(metadata).map((host) => host.replace(/:\d+$/, ''));
  const place = `${path}.${member}`;
  return [
    ...(returns.length === 0 || returns.some((host) => isKin(host, hostname)) ? [] : [toStranger(serviceClass === 'fapi', place)]),
    ...(port === '' ? [] : [toWarning(place, closedPort)]),
  ];
}

const closedPort = {
  problem: 'has a port that is not called',
  fix: 'use port 443, or have the operator name the host in HUWIYA_OUTBOUND_ALLOW',
};

const stranger: Remark = {
  problem: 'is on another domain than the redirect URIs',
  fix: 'receive on a host of the domain to which people return',
};

function toStranger(isBlocking: boolean, path: string): Finding {
  return isBlocking ? toRefusal(path, stranger) : toWarning(path, stranger);
}

/** One is beneath the other, or both are directly beneath one domain of at least two labels. */
function isKin(one: string, other: string): boolean {
  const parent = (host: string): string => host.slice(host.indexOf('.') + 1);
  const isBeneath = one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
  return isBeneath || (parent(one) === parent(other) && parent(one).includes('.'));
}
