// Whether a grant may go on while the person is away: as its purpose says, and only as far as the service is registered for it.

import { allowsOffline, findPurpose } from '../domain/agencies/agency.ts';
import { findGrantId } from './grant-id.ts';
import type { Registry } from './registry.ts';

export async function isOfflineAllowed(registry: Registry, grantId: string | undefined): Promise<boolean> {
  const consentId = findGrantId(grantId)?.consentId;
  const consent = consentId ? await registry.findConsent(consentId) : undefined;
  const registered = consent === undefined ? undefined : await registry.findService(consent.clientId);
  if (consent === undefined || registered === undefined) {
    return false;
  }
  const purpose = findPurpose(registered, consent.purposeId);
  return purpose !== undefined && allowsOffline(registered.service, purpose);
}
