// Everything that stands with a service that was retired ends with it, whoever set the status and whatever broke off in between: any node that runs goes on.

import type { RegisteredService } from '../agencies/agency.ts';
import type { Actor } from '../ledger/event.ts';
import { endByAuthority } from './end-by-authority.ts';
import type { AuthorityNeeds } from './end-by-authority.ts';

/** Who set the status has an entry of their own; this one says who came to the record. */
export type RetirementNeeds = AuthorityNeeds & { readonly actor: Actor };

/**
 * Revokes up to a hundred of what stands with this service, each in an act of its own, so that nobody waits behind a long transaction; how many there were.
 * MUST come after the status: from that commit on nothing is released and nothing new begins. Call again while it is not 0.
 */
export async function finishRetirement(needs: RetirementNeeds, clientId: string): Promise<number> {
  const act = { reason: 'The service was retired.', reference: 'register of services', actor: needs.actor } as const;
  let ended = 0;
  for (let after: string | undefined = ''; after !== undefined && ended === 0;) {
    const records: readonly string[] = await needs.consents.listStandingOf(clientId, after);
    for (const record of records) {
      // One that ended by itself meanwhile, or that another node came to first, needs no other end.
      ended += (await endByAuthority(needs, { record, end: 'revoke', act })).ok ? 1 : 0;
    }
    after = records.at(-1);
  }
  return ended;
}

export type RegisterNeeds = RetirementNeeds & { readonly agencies: { readonly listServices: () => Promise<readonly RegisteredService[]> } };

/** Of every retired service; call again while it is not 0. */
export async function finishRetirements(needs: RegisterNeeds): Promise<number> {
  const services = await needs.agencies.listServices();
  let ended = 0;
  for (const { service } of services) {
    ended += service.status === 'retired' ? await finishRetirement(needs, service.clientId) : 0;
  }
  return ended;
}
