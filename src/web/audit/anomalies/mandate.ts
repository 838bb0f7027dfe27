// What of the log an auditor may see by their mandate.

import type { PageNeeds } from '../../needs.ts';
import type { Audit } from '../open-audit.ts';

/** Services of the auditor's mandate; null for all. */
export async function findMandate(needs: PageNeeds, { officer }: Audit): Promise<readonly string[] | null> {
  if (officer.agencyId === null) {
    return null;
  }
  const services = await needs.agencies.listServices();
  return services.filter(({ agency }) => agency.id === officer.agencyId).map(({ service }) => service.clientId);
}
