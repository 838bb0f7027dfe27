// The engine's Grant, built from the consent each time it is needed and never stored (decision 3). It opens every scope of the service:
// what is released is the consent's word, spoken in release.ts, and nothing else.

import type { AdapterPayload } from 'oidc-provider';
import { allClaimNames } from '../domain/attributes/catalogue.ts';
import { isValid } from '../domain/consent/consent.ts';
import { verifiedClaims } from '../domain/verified/ask-verified.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { findIdleReason } from './ask-reason.ts';
import type { IdleReason } from './ask-reason.ts';
import { isFirstParty } from './clients.ts';
import { findGrantId } from './grant-id.ts';
import type { GrantId } from './grant-id.ts';
import type { Registry } from './registry.ts';
import { findPurposeReach } from './resources.ts';
import type { Reach } from './resources.ts';
import { personScopes } from './scopes.ts';

/** Our own pages stand on the session, not on a consent; their Grant is made anew each time it is needed. */
export const firstPartyGrantMillis = 600_000;

export type GrantNeeds = {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly findSessionPerson: (uid: string) => Promise<string | undefined>;
  /** Whether every code and token by which the Grant is asked for says `high` now. */
  readonly isHigh: (grantId: string) => boolean;
  /** Hears of a Grant that was asked for, whose record is valid and lets nothing leave. */
  readonly onIdle: (grantId: string, reason: IdleReason) => Promise<void>;
};

type GrantOwner = { readonly personId: string; readonly clientId: string; readonly reach?: Reach };

export function toGrantPayload(id: string, owner: GrantOwner, expiresAt: number): AdapterPayload {
  return {
    jti: id,
    kind: 'Grant',
    accountId: owner.personId,
    clientId: owner.clientId,
    exp: Math.floor(expiresAt / 1000),
    openid: { scope: personScopes.join(' '), claims: [...allClaimNames(), verifiedClaims] },
    resources: { ...owner.reach },
  };
}

async function findFirstPartyGrant(needs: GrantNeeds, id: string, grant: GrantId): Promise<AdapterPayload | undefined> {
  const personId = isFirstParty(grant.clientId) ? await needs.findSessionPerson(grant.sessionUid) : undefined;
  return personId === undefined
    ? undefined
    : toGrantPayload(id, { personId, clientId: grant.clientId }, needs.clock.now() + firstPartyGrantMillis);
}

/** What the service demands of every sign-in counts for each token of it, whenever it was made. */
async function findLevelReason({ registry, isHigh }: GrantNeeds, id: string, { clientId }: GrantId): Promise<IdleReason | undefined> {
  const registered = await registry.findService(clientId);
  return registered?.service.minimumLevel === 'high' && !isHigh(id) ? 'level-too-low' : undefined;
}

/** Undefined unless the consent that the id names stands now, and covers what its purpose asks now. */
export async function findGrant(needs: GrantNeeds, id: string): Promise<AdapterPayload | undefined> {
  const grant = findGrantId(id);
  if (grant === undefined) {
    return undefined;
  }
  if (grant.consentId === null) {
    return findFirstPartyGrant(needs, id, grant);
  }
  const consent = await needs.registry.findConsent(grant.consentId);
  if (consent === undefined || consent.clientId !== grant.clientId || !isValid(consent, needs.clock.now())) {
    return undefined;
  }
  const reason = (await findIdleReason(needs.registry, consent)) ?? (await findLevelReason(needs, id, grant));
  if (reason !== undefined) {
    await needs.onIdle(id, reason);
    return undefined;
  }
  const { clientId, expiresAt, personId, purposeId } = consent;
  return toGrantPayload(id, { clientId, personId, reach: await findPurposeReach(needs.registry, { clientId, purposeId }) }, expiresAt);
}
