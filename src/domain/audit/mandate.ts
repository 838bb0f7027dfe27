// The mandate of an auditor of one agency: outside of a case too, nothing of another agency is searched, counted or opened.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { SearchFilter } from './filter.ts';
import type { Looker, LookNeeds } from './look.ts';

type Needs = Pick<LookNeeds, 'agencies'>;

/** Null for who looks at all agencies. */
export async function listMandated({ agencies }: Needs, { agencyId = null }: Looker): Promise<readonly string[] | null> {
  if (agencyId === null) {
    return null;
  }
  const services = await agencies.listServices();
  return services.filter(({ agency }) => agency.id === agencyId).map(({ service }) => service.clientId);
}

export async function narrowToMandate(needs: Needs, by: Looker, filter: SearchFilter): Promise<Outcome<SearchFilter, 'audit/mandate'>> {
  const services = await listMandated(needs, by);
  if (services === null) {
    return succeed(filter);
  }
  return filter.service !== undefined && !services.includes(filter.service)
    ? refuse('audit/mandate', 'a service of another agency')
    : succeed({ ...filter, services });
}
