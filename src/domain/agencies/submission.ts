// What waits for an approver: the part of a file that is new or wider than what is registered, kept as it would be registered, until somebody other than
// whoever submitted it decides. Nothing of it takes effect before.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Millis } from '../kernel/clock.ts';
import { toDigest } from '../kernel/ids.ts';
import type { Actor } from '../ledger/event.ts';
import type { Agency, PurposeName, RegisteredService, Service } from './agency.ts';
import type { Change, Difference } from './compare-agencies.ts';

export const submissionStates = ['waiting', 'approved', 'declined'] as const;
export type SubmissionState = (typeof submissionStates)[number];

/** Nobody approves twice, and nobody what they submitted; the database refuses both. */
export type Approval = { readonly officerId: string; readonly approvedAt: Millis; readonly reason: string };

export type Submission = {
  readonly id: string;
  readonly state: SubmissionState;
  /** How many have to agree: one, or two where a part of it takes a choice or a protection away. */
  readonly review: 'reviewed' | 'dual';
  /** So far, in their order. */
  readonly approvals: readonly Approval[];
  readonly submittedBy: Actor;
  readonly submittedAt: Millis;
  readonly content: Omit<Difference, 'unchanged'>;
  /** SHA-256 of the content: the same file again is the same submission. */
  readonly digest: string;
  /** SHA-256 of what was registered in the places that the content touches. */
  readonly base: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Millis | null;
  readonly reason: string | null;
};

export const neededApprovals: Readonly<Record<Submission['review'], number>> = { reviewed: 1, dual: 2 };

export function toContentDigest(content: Submission['content']): string {
  return toDigest(toCanonicalJson(content));
}

/** The register as it is at one moment. */
export type Registered = { readonly agencies: readonly Agency[]; readonly services: readonly RegisteredService[] };

/** Of the register as it is now, in the places that `content` touches. The status of a service is no part of it: that changes by its own act. */
export function toBase(content: Submission['content'], { agencies, services }: Registered): string {
  const places = content.changes.map((change): Json => {
    const registered = services.find(({ service }) => service.clientId === change.clientId);
    const found = {
      agency: () => agencies.find(({ id }) => id === change.agencyId),
      service: () => toStandingService(registered?.service),
      purpose: () => registered?.purposes.find(({ id }) => id === change.purposeId),
    }[change.what]();
    return found ?? null;
  });
  return toDigest(toCanonicalJson(places));
}

function toStandingService(service: Service | undefined): Omit<Service, 'status'> | undefined {
  if (service === undefined) {
    return undefined;
  }
  const { status: _status, ...standing } = service;
  return standing;
}

export type Parts = { readonly now: Difference; readonly held: Submission['content'] };

/**
 * What takes effect at once, and what waits. A default purpose is never taken away before its successor is there: its end waits with the
 * successor's beginning.
 */
export function splitDifference(difference: Difference, needsApproval: (change: Change) => boolean, registered: Registered): Parts {
  const isMoving = (clientId: string | null): boolean => difference.defaultPurposes.some((moved) => moved.clientId === clientId);
  const isEndOfDefault = ({ how, clientId, purposeId }: Change): boolean =>
    how === 'retired' && isMoving(clientId) && isDefaultNow(registered, { clientId: clientId ?? '', id: purposeId ?? '' });
  const isHeld = (change: Change): boolean => needsApproval(change) || isEndOfDefault(change);
  const held = difference.changes.filter(isHeld);
  const rest = difference.changes.filter((change) => !isHeld(change));
  return {
    now: { ...pick(difference, rest), defaultPurposes: [], unchanged: difference.unchanged },
    held: { ...pick(difference, held), defaultPurposes: difference.defaultPurposes },
  };
}

function isDefaultNow({ services }: Registered, { clientId, id }: PurposeName): boolean {
  return services.some(({ purposes }) =>
    purposes.some((purpose) => purpose.clientId === clientId && purpose.id === id && purpose.isDefault),
  );
}

function pick(difference: Difference, changes: readonly Change[]): Omit<Submission['content'], 'defaultPurposes'> {
  const has = (what: Change['what'], place: Partial<Change>): boolean =>
    changes.some(
      (change) =>
        change.what === what &&
        (place.agencyId ?? change.agencyId) === change.agencyId &&
        (place.clientId ?? change.clientId) === change.clientId &&
        (place.purposeId ?? change.purposeId) === change.purposeId,
    );
  const hasPurpose = ({ clientId, id }: PurposeName): boolean => has('purpose', { clientId, purposeId: id });
  return {
    agencies: difference.agencies.filter(({ id }) => has('agency', { agencyId: id })),
    services: difference.services.filter(({ clientId }) => has('service', { clientId })),
    purposes: difference.purposes.filter(hasPurpose),
    endedPurposes: difference.endedPurposes.filter(hasPurpose),
    changes,
  };
}
