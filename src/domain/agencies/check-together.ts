// What only shows beside others: whether two agencies share a sector or a host, or hold one key. Asked of a file when it
// arrives, and again of what waited when it is approved: the register has gone on in between.

import type { Agency, Service } from './agency.ts';
import { findCertificateName } from './check-certificates.ts';
import { toThumbprints } from './check-keys.ts';
import { toClaimedHosts, toHostClaims } from './check-uris.ts';
import { readText, toRefusal } from './proposal.ts';
import type { Finding } from './proposal.ts';
import { readResourceServer } from './resource-server.ts';

/** In one file no two agencies share an id. */
export function checkAgenciesTogether(proposed: readonly Agency[]): readonly Finding[] {
  return proposed.flatMap(({ id }, index) =>
    proposed.slice(0, index).some((earlier) => earlier.id === id)
      ? [toRefusal(`agencies[${index}].id`, { problem: 'is there twice', fix: 'put all services of an agency together' })]
      : [],
  );
}

export type PlacedService = { readonly path: string; readonly service: Service };

/** Each beside those of the register that it does not replace, and beside those before it. */
export function checkServicesTogether(proposed: readonly PlacedService[], registered: readonly Service[]): readonly Finding[] {
  const untouched = registered.filter((known) => !proposed.some(({ service }) => service.clientId === known.clientId));
  return proposed.flatMap(({ path, service }, index) =>
    checkAgainstOthers(path, service, [...untouched, ...proposed.slice(0, index).map((earlier) => earlier.service)]),
  );
}

function checkAgainstOthers(path: string, service: Service, others: readonly Service[]): readonly Finding[] {
  const foreign = others.filter(({ agencyId }) => agencyId !== service.agencyId);
  const prints = toThumbprints(service.metadata);
  const foreignHosts = new Set(foreign.flatMap(({ metadata }) => toClaimedHosts(metadata)));
  const taken = toHostClaims(service.metadata).filter(({ host }) => foreignHosts.has(host));
  const isTwice = others.some(({ clientId }) => clientId === service.clientId);
  const isKeyShared = others.some(({ metadata }) => toThumbprints(metadata).some((print) => prints.includes(print)));
  const resource = readResourceServer(service.metadata)?.resource;
  const isResourceTaken = others.some(({ metadata }) => resource !== undefined && readResourceServer(metadata)?.resource === resource);
  const name = findCertificateName(service.metadata);
  const isNameShared = name !== undefined && others.some(({ metadata }) => findCertificateName(metadata) === name);
  const isSectorForeign = foreign.some(({ sector }) => sector === service.sector);
  return [
    ...(isTwice ? [toRefusal(`${path}.client_id`, { problem: 'is there twice', fix: 'give each service an id of its own' })] : []),
    ...(isKeyShared ? [toRefusal(`${path}.jwks`, { problem: 'holds a key of another service', fix: 'make a key for each service' })] : []),
    ...(isNameShared
      ? [
          toRefusal(`${path}.token_endpoint_auth_method`, {
            problem: 'is by the certificate of another service',
            fix: 'have a certificate issued for each service',
          }),
        ]
      : []),
    ...checkAddressAlone(path, service, others),
    ...(isResourceTaken
      ? [toRefusal(`${path}.resource_server.resource`, { problem: 'is another resource server', fix: 'use an address of its own' })]
      : []),
    ...(isSectorForeign
      ? [
          toRefusal(`${path}.sector`, {
            problem: 'belongs to another agency, which could then link persons',
            fix: 'use a sector of your own',
          }),
        ]
      : []),
    ...[...new Set(taken.map(({ member }) => member))].map((member) =>
      toRefusal(`${path}.${member}`, { problem: 'has a host of another agency', fix: 'use a domain of your own' }),
    ),
  ];
}

/** One address, one service: whoever can sign as one could sign as the other. */
function checkAddressAlone(path: string, { metadata }: Service, others: readonly Service[]): readonly Finding[] {
  const address = readText(metadata, 'jwks_uri');
  const isShared = address !== undefined && others.some((other) => readText(other.metadata, 'jwks_uri') === address);
  return isShared
    ? [toRefusal(`${path}.jwks_uri`, { problem: 'holds the keys of another service', fix: 'make a key for each service' })]
    : [];
}
