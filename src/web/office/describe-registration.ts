// What an agency says of itself and of a service in words for an approver, and which of its hosts it has shown to hold.

import type { Agency, RegisteredService, ResourceScope, Service } from '../../domain/agencies/agency.ts';
import { toClaimedHosts } from '../../domain/agencies/check-uris.ts';
import { isProven } from '../../domain/agencies/host-proof.ts';
import type { HostProof } from '../../domain/agencies/host-proof.ts';
import { findOwnAccess } from '../../domain/agencies/resource-callers.ts';
import { readResourceServer } from '../../domain/agencies/resource-server.ts';
import { findLikeNames } from '../../domain/agencies/check-names.ts';
import type { Registered } from '../../domain/agencies/submission.ts';
import { readDetails } from '../../domain/agencies/service-details.ts';
import type { FieldDifference, ValueLine } from '../../../views/submission-model.ts';
import type { Texts } from '../../../views/messages/messages.ts';
import { both, code, plain } from './describe-details.ts';
import type { ToLines } from './describe-details.ts';

export const registrationFields: Readonly<Record<string, ToLines<Service>>> = {
  description: ({ metadata }) => toBoth(readDetails(metadata).description),
  offline_alternative: ({ metadata }) => toBoth(readDetails(metadata).offlineAlternative),
  sector_reason: ({ metadata }) => toBoth(readDetails(metadata).sectorReason),
  delegation: ({ metadata }, { t }) => {
    const { delegation } = readDetails(metadata);
    return delegation.length === 0 ? [plain(t('about-nobody'))] : delegation.map((who) => plain(t(`delegate-${who}`)));
  },
  environment: ({ metadata }, { t }) => [plain(t(`environment-${readDetails(metadata).environment}`))],
  resource_server: ({ metadata }) => {
    const opened = readResourceServer(metadata);
    return opened === undefined ? [] : [code(opened.resource), ...toScopeLines(opened.scopes)];
  },
  support: ({ metadata }) => Object.values(readDetails(metadata).support).flatMap((text) => (text === null ? [] : [code(text)])),
};

const toScopeLines = (scopes: readonly ResourceScope[]): readonly ValueLine[] =>
  scopes.flatMap(({ name, text }) => [code(name), ...both(text)]);

/** By the names of the interfaces, which stand in the register or wait together with it. */
export function toAccessLines(service: Service, known: readonly Pick<RegisteredService, 'service'>[]): readonly ValueLine[] {
  return findOwnAccess(service, known).flatMap(({ server, scopes }) => [...both(server.service.name), ...toScopeLines(scopes)]);
}

const toBoth = (text: Parameters<typeof both>[0] | null): readonly ValueLine[] => (text === null ? [] : both(text));

export function toOrganisationLines({ organisation = {} }: Agency, { t }: Texts): readonly ValueLine[] {
  const { legal_name: legalName, type, ministry, address, signatory } = organisation;
  const texts = [legalName, ministry, address, signatory].filter((text) => text !== undefined);
  return [...(type === undefined ? [] : [plain(t(`organisation-${type}`))]), ...texts.flatMap(both)];
}

/** Of what would hold afterwards; nothing where a service names no host of its own. */
export function toHostField(service: Service | undefined, proofs: readonly HostProof[], { t }: Texts): readonly FieldDifference[] {
  const hosts = service === undefined ? [] : toClaimedHosts(service.metadata);
  const lines = hosts.flatMap((host) => {
    const isKnown = service !== undefined && isProven(proofs, { agencyId: service.agencyId, host });
    return [code(host), plain(t(isKnown ? 'host-proven' : 'host-unproven'))];
  });
  return lines.length === 0 ? [] : [{ name: 'hosts', before: null, after: lines }];
}

/** Services of other agencies that people could take this one for; nothing where there are none. */
export function toLikeField(
  service: Service | undefined,
  { registered, texts }: { readonly registered: Registered; readonly texts: Texts },
): readonly FieldDifference[] {
  const alike = service === undefined ? [] : findLikeNames(service, registered);
  const lines = alike.flatMap((like) => [...both(like.service), plain(texts.t('like-of-agency', { name: like.agency[texts.language] }))]);
  return lines.length === 0 ? [] : [{ name: 'like_names', before: null, after: lines }];
}
