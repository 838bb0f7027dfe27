// Which Grant a request stands on: that of the standing consent for its purpose, in this session. No consent, no Grant.

import type { Grant, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { readText } from '../domain/agencies/proposal.ts';
import { isValid } from '../domain/consent/consent.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { classMember, isFirstParty } from './clients.ts';
import { toGrantId } from './grant-id.ts';
import { firstPartyGrantMillis, toGrantPayload } from './grants.ts';
import type { Registry } from './registry.ts';
import { findPurposeReach } from './resources.ts';
import { findRequest } from './requested.ts';
import { wrapElements } from './verified-elements.ts';

export type LoadGrantNeeds = { readonly registry: Registry; readonly clock: Clock };

async function findConsentOf(
  needs: LoadGrantNeeds,
  ctx: KoaContextWithOIDC,
  personId: string,
): Promise<{ readonly id: string | null; readonly expiresAt: number; readonly purposeId?: string } | undefined> {
  if (isFirstParty(ctx.oidc.client?.clientId)) {
    return { id: null, expiresAt: needs.clock.now() + firstPartyGrantMillis };
  }
  const request = await findRequest(needs.registry, ctx);
  const consent =
    request === undefined ? undefined : await needs.registry.findConsentFor(personId, request.purpose.clientId, request.purpose.id);
  return consent !== undefined && isValid(consent, needs.clock.now()) ? consent : undefined;
}

/** ID tokens name the session (OIDC Back-Channel Logout 1.0 §2.1), so that a service can tell which of its own sessions to end. One of class `fapi` is named
 * none that nobody will ever tell it the end of: it finds in its tokens what it asked for (ADR-0057). */
async function nameSession(registry: Registry, { oidc: { claims, client } }: KoaContextWithOIDC): Promise<void> {
  // Asked of the register: the engine keeps no such member of a client, since it sends no logout tokens here.
  const registered = client?.[classMember] === 'fapi' ? await registry.findService(client.clientId) : undefined;
  if (registered === undefined || readText(registered.service.metadata, 'backchannel_logout_uri') !== undefined) {
    claims.id_token = { ...claims.id_token, sid: null };
  }
}

export async function loadGrant(needs: LoadGrantNeeds, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const personId = ctx.oidc.account?.accountId;
  const sessionUid = ctx.oidc.session?.uid;
  const clientId = ctx.oidc.client?.clientId;
  if (personId === undefined || sessionUid === undefined || clientId === undefined) {
    return undefined;
  }
  const consent = await findConsentOf(needs, ctx, personId);
  if (consent === undefined) {
    return undefined;
  }
  await nameSession(needs.registry, ctx);
  wrapElements(ctx);
  const id = toGrantId({ consentId: consent.id, sessionUid, clientId });
  const provider: Provider = ctx.oidc.provider;
  const reach = await findPurposeReach(needs.registry, { clientId, purposeId: consent.purposeId });
  return new provider.Grant(toGrantPayload(id, { personId, clientId, reach }, consent.expiresAt));
}
