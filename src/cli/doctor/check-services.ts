// Whether anything still stands with a service that was retired: nothing is released under it, but its people still read that they share.

import { passed, warned } from './finding.ts';
import type { Finding, Ground } from './finding.ts';

const fix = 'A node that runs ends them within a minute or so; "huwiya agencies status CLIENT_ID retired" again ends them now';

export async function checkServices({ storage }: Ground): Promise<readonly Finding[]> {
  if (storage === undefined || !(await storage.health.hasMigrations())) {
    return [warned('services', 'not looked at', 'Repair the database first')];
  }
  const services = await storage.agencies.listServices();
  const retired = services.filter(({ service }) => service.status === 'retired').map(({ service }) => service.clientId);
  const unfinished: string[] = [];
  for (const clientId of retired) {
    const left = await storage.consents.listStandingOf(clientId, '');
    unfinished.push(...(left.length === 0 ? [] : [clientId]));
  }
  return unfinished.length === 0
    ? [passed('services', `${services.length} registered, ${retired.length} retired; nothing stands with a retired one`)]
    : unfinished.map((clientId) => warned('services', `${clientId} is retired, and records with it are not yet revoked`, fix));
}
