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
    ...(returns.length === 0 || returns.some((host) => isOfDomain(hostname, host)) ? [] : [toStranger(serviceClass === 'fapi', place)]),
    ...(port === '' ? [] : [toWarning(place, closedPort)]),
  ];
}

const closedPort = {
  problem: 'has a port that is not called',
  fix: 'use port 443, or have the operator name the host in HUWIYA_OUTBOUND_ALLOW',
};

const stranger: Remark = {
  problem: 'is on another domain than the redirect URIs',
  fix: 'receive on a host to which people return, or on one beneath it',
};

function toStranger(isBlocking: boolean, path: string): Finding {
  return isBlocking ? toRefusal(path, stranger) : toWarning(path, stranger);
}

/** Of three labels a domain is somebody's own. Of two it may be a country's: ministries stand beside one another under gov.sa, and companies under com.sa. */
const ownLabels = 3;

/** There, beneath it, or within the domain above it where that is somebody's own. */
function isOfDomain(host: string, returned: string): boolean {
  const above = returned.slice(returned.indexOf('.') + 1);
  return isWithin(host, returned) || (above.split('.').length >= ownLabels && isWithin(host, above));
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
