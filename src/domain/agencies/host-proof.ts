// Whether an agency holds the hosts that its registration names (RG-05). Whoever publishes a line that names the agency, in the DNS of the host or on it,
// holds it. The line is no secret: it says for which agency, at which provider and for which host it stands, so another agency's line proves nothing.

import { toDigest } from '../kernel/ids.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Service } from './agency.ts';
import { toClaimedHosts, toHostClaims } from './check-uris.ts';
import { toWarning } from './proposal.ts';
import type { Finding, Proposal } from './proposal.ts';
import { toService } from './to-registered.ts';

export const proofMethods = ['dns', 'https'] as const;
export type ProofMethod = (typeof proofMethods)[number];

export type HostProof = { readonly agencyId: string; readonly host: string; readonly method: ProofMethod; readonly provenAt: Millis };

export type ProofPlace = { readonly issuer: string; readonly agencyId: string; readonly host: string };

/** What stands in the record or in the file. */
export function toProofLine({ issuer, agencyId, host }: ProofPlace): string {
  return `huwiya-agency=${toDigest(JSON.stringify([issuer, agencyId, host]))}`;
}

export const toRecordName = (host: string): string => `_huwiya-agency.${host}`;
export const toProofUrl = (host: string): string => `https://${host}/.well-known/huwiya-agency.txt`;

export function isProven(proofs: readonly HostProof[], { agencyId, host }: Pick<HostProof, 'agencyId' | 'host'>): boolean {
  return proofs.some((proof) => proof.agencyId === agencyId && proof.host === host);
}

/** Which agency claims the host; the onboarding check lets no two do so. */
export function findClaimant(services: readonly Service[], host: string): string | undefined {
  return services.find(({ metadata }) => toClaimedHosts(metadata).includes(host))?.agencyId;
}

/** One warning for each host, where it is first named, with what to publish. A provider on a loopback host knows no domains. */
export function findUnproven(
  { issuer, isLoopback, proofs }: { readonly issuer: string; readonly isLoopback: boolean; readonly proofs: readonly HostProof[] },
  proposal: Proposal,
): readonly Finding[] {
  const seen = new Set<string>();
  return proposal.agencies.flatMap((agency, place) =>
    agency.services.flatMap((proposed, index) =>
      toHostClaims(toService(agency.id, proposed, undefined).metadata).flatMap(({ member, host }) => {
        const isKnown = isLoopback || seen.has(host) || isProven(proofs, { agencyId: agency.id, host });
        seen.add(host);
        return isKnown ? [] : [toUnproven(`agencies[${place}].services[${index}].${member}`, { issuer, agencyId: agency.id, host })];
      }),
    ),
  );
}

function toUnproven(path: string, place: ProofPlace): Finding {
  const { host } = place;
  const where = `as TXT of ${toRecordName(host)} or at ${toProofUrl(host)}`;
  return toWarning(path, {
    problem: `${host} is not proven to be of this agency`,
    fix: `publish ${toProofLine(place)} ${where}, then run "huwiya agencies prove ${host}"`,
  });
}
