// What a case lets its members suspend: services of its agency and whoever works for it, or of every agency. Never an auditor: whom they watch over each other they tell an
// operator. A case about single people reaches none.

import type { RegisteredService } from '../../agencies/agency.ts';
import type { AgenciesStore } from '../../agencies/store.ts';
import type { Officer } from '../../staff/officer.ts';
import type { StaffStore } from '../../staff/store.ts';
import type { OpenedCase } from '../case.ts';
import type { Suspendable } from './suspension.ts';

export type ReachNeeds = {
  readonly staff: Pick<StaffStore, 'listOfficers'>;
  readonly agencies: Pick<AgenciesStore, 'listServices'>;
};

export type Reached = { readonly services: readonly RegisteredService[]; readonly officers: readonly Officer[] };

export async function findReached({ staff, agencies }: ReachNeeds, { scope, agencyId }: OpenedCase): Promise<Reached> {
  if (scope.kind === 'person') {
    return { services: [], officers: [] };
  }
  const only = scope.kind === 'agency' ? scope.agencyId : agencyId;
  const isWithin = (id: string | null): boolean => only === null || id === only;
  const [services, officers] = await Promise.all([agencies.listServices(), staff.listOfficers()]);
  return {
    services: services.filter(({ agency, service: { status } }) => isWithin(agency.id) && status !== 'retired'),
    officers: officers.filter(({ role, agencyId: of }) => role !== 'auditor' && isWithin(of)),
  };
}

export type FoundSubject =
  | { readonly kind: 'service'; readonly service: RegisteredService; readonly agencyId: string; readonly isActive: boolean }
  | { readonly kind: 'officer'; readonly officer: Officer; readonly agencyId: string | null; readonly isActive: boolean };

export function findSubject({ services, officers }: Reached, { kind, id }: Suspendable): FoundSubject | undefined {
  if (kind === 'service') {
    const service = services.find((each) => each.service.clientId === id);
    return service && { kind, service, agencyId: service.agency.id, isActive: service.service.status === 'active' };
  }
  const officer = officers.find((each) => each.id === id);
  return officer && { kind, officer, agencyId: officer.agencyId, isActive: officer.status === 'active' };
}

/** The services of an agency that take security events: they are told. */
export async function listReceivers(
  { agencies }: Pick<ReachNeeds, 'agencies'>,
  agencyId: string | null,
): Promise<readonly RegisteredService[]> {
  const services = agencyId === null ? [] : await agencies.listServices();
  return services.filter(
    ({ agency, service: { status, metadata } }) =>
      agency.id === agencyId && status !== 'retired' && typeof metadata['security_events_uri'] === 'string',
  );
}
