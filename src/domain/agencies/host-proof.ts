// Whether an agency holds the hosts that its registration names (RG-05). Whoever publishes a line that names the agency, in the DNS of the host or on it,
// holds it. The line is no secret: it says for which agency, at which provider and for which host it stands, so another agency's line proves nothing.

import { toDigest } from '../kernel/ids.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Service, ServiceClass } from './agency.ts';
import { classRules } from './class-rules.ts';
import { toClaimedHosts, toHostClaims } from './check-uris.ts';
import { toWarning } from './proposal.ts';
import type { Finding, Proposal, Remark } from './proposal.ts';
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

/** What the configuration of this provider says about hosts. */
export type HostRules = {
  /** A provider on a loopback host knows no domains. */
  readonly isLoopback: boolean;
  /** Names that the operator opened for outbound calls: in a closed network nobody else can prove them, and whoever opens one answers for it. */
  readonly openHosts: readonly string[];
};

export type KnownHosts = HostRules & { readonly proofs: readonly HostProof[] };

/** Hosts with which this service is not approved: its class needs each proven, and neither its agency nor the operator has. */
export function findBlockingHosts({ isLoopback, openHosts, proofs }: KnownHosts, service: Service): readonly string[] {
  const { agencyId, serviceClass, metadata } = service;
  if (isLoopback || !classRules[serviceClass].needsProvenHosts) {
    return [];
  }
  return toClaimedHosts(metadata).filter((host) => !openHosts.includes(host) && !isProven(proofs, { agencyId, host }));
}

/** Which agency claims the host; the onboarding check lets no two do so. */
export function findClaimant(services: readonly Service[], host: string): string | undefined {
  return services.find(({ metadata }) => toClaimedHosts(metadata).includes(host))?.agencyId;
}

/**
 * One warning for each host, where it is first named, with what to publish. Never a refusal: the proof may come while the service waits, and before there
 * are approvers nobody waits.
 */
export function findUnproven(known: KnownHosts & { readonly issuer: string }, proposal: Proposal): readonly Finding[] {
  const named = proposal.agencies.flatMap((agency, place) =>
    agency.services.flatMap((proposed, index) => {
      const service = toService(agency.id, proposed, undefined);
      const blocking = findBlockingHosts(known, service);
      return toHostClaims(service.metadata).map(({ member, host }) => ({
        path: `agencies[${place}].services[${index}].${member}`,
        place: { issuer: known.issuer, agencyId: agency.id, host },
        blocked: blocking.includes(host) ? service.serviceClass : undefined,
      }));
    }),
  );
  const unproven = known.isLoopback ? [] : named.filter(({ place }) => !isProven(known.proofs, place));
  return [...Map.groupBy(unproven, ({ place }) => place.host).values()].flatMap(([first, ...more]) => {
    const blocked = [first, ...more].find((claim) => claim?.blocked !== undefined)?.blocked;
    return first === undefined ? [] : [toWarning(first.path, toRemark(first.place, blocked))];
  });
}

/** `blocked` is the class that is not approved so. */
function toRemark(place: ProofPlace, blocked: ServiceClass | undefined): Remark {
  const { host } = place;
  const problem = `${host} is not proven to be of this agency`;
  const where = `as TXT of ${toRecordName(host)} or at ${toProofUrl(host)}`;
  const fix = `publish ${toProofLine(place)} ${where}, then run "huwiya agencies prove ${host}"`;
  return blocked === undefined
    ? { problem, fix }
    : {
        problem: `${problem}, and class ${blocked} is not approved so`,
        fix: `${fix}; in a closed network have the operator name the host in HUWIYA_OUTBOUND_ALLOW`,
      };
}
