// Where a service publishes its keys instead of giving them inline. They are what it proves itself with, so the address belongs to the service alone, on a
// host that it is known by. Inline is better: a change takes effect at once, and nothing has to be reachable for anybody to sign in.

import type { ClientMetadata } from './agency.ts';
import { classRules } from './class-rules.ts';
import { toRedirectHosts } from './check-uris.ts';
import type { UriRules } from './check-uris.ts';
import { readText, toWarning } from './proposal.ts';
import type { Finding } from './proposal.ts';
import { applyRules } from './service-case.ts';
import type { ServiceCase } from './service-case.ts';

export function checkKeyAddress(rules: UriRules, { path, service: { serviceClass, metadata } }: ServiceCase): readonly Finding[] {
  const address = readText(metadata, 'jwks_uri');
  if (address === undefined) {
    return [];
  }
  const needsInline = classRules[serviceClass].needsInlineKeys;
  const inline = { problem: 'is fetched while somebody signs in', fix: 'give the keys inline in jwks: a change then takes effect at once' };
  return [
    ...applyRules(path, [
      {
        member: 'jwks_uri',
        isBroken: metadata['jwks'] !== undefined,
        problem: 'stands beside jwks',
        fix: 'give the keys once; inline is better',
      },
      {
        member: 'jwks_uri',
        isBroken: !isClaimed(rules, metadata, address),
        problem: 'is not on a host to which this service sends people back',
        fix: 'publish the keys there, or give them inline in jwks',
      },
      {
        member: 'jwks_uri',
        isBroken: needsInline,
        problem: 'is read while somebody signs in, and a key that leaked would be believed for up to 15 minutes',
        fix: `give the keys inline in jwks, which class ${serviceClass} needs, the next one beside the present`,
      },
    ]),
    ...(needsInline ? [] : [toWarning(`${path}.jwks_uri`, inline)]),
  ];
}

/** Of a loopback issuer everybody is a neighbour. */
function isClaimed(rules: UriRules, metadata: ClientMetadata, address: string): boolean {
  const hosts = toRedirectHosts(metadata).map((host) => host.replace(/:\d+$/, ''));
  return rules.isLoopback || (URL.canParse(address) && hosts.includes(new URL(address).hostname));
}
