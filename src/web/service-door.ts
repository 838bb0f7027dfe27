// The way from our pages to a service, where it registered one that begins a sign-in (OpenID Connect Core 1.0 §4). The address is the registered one and
// nothing that came with a request; no `target_link_uri` goes along, because nobody registered where it may point to.

import type { Service } from '../domain/agencies/agency.ts';
import { readText } from '../domain/agencies/proposal.ts';

/** Null where the service has no such door, or is not open. */
export function findDoor(issuer: string, service: Pick<Service, 'metadata' | 'status'> | undefined): string | null {
  const registered = service?.status === 'active' ? readText(service.metadata, 'initiate_login_uri') : undefined;
  if (registered === undefined) {
    return null;
  }
  const url = new URL(registered);
  url.searchParams.set('iss', issuer);
  return url.href;
}
