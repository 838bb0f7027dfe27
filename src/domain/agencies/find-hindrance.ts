// Whether what waits may still take effect. Pure: the desk asks when it shows a submission, and storage asks again inside the act of the approval.

import { checkNamesTogether, toAgencyNames, toServiceName } from './check-names.ts';
import { checkServicesTogether } from './check-together.ts';
import type { Hindrance } from './store.ts';
import { toBase } from './submission.ts';
import type { Registered, Submission } from './submission.ts';

export function findHindrance({ content, base }: Pick<Submission, 'content' | 'base'>, registered: Registered): Hindrance | undefined {
  if (toBase(content, registered) !== base) {
    return 'submission/stale';
  }
  const services = content.services.map((service) => ({ path: service.clientId, service }));
  const names = [...content.agencies.flatMap((agency) => toAgencyNames({ path: agency.id, agency })), ...services.map(toServiceName)];
  const findings = [
    ...checkNamesTogether(names, registered),
    ...checkServicesTogether(
      services,
      registered.services.map(({ service }) => service),
    ),
  ];
  return findings.some(({ severity }) => severity === 'refusal') ? 'submission/conflicting' : undefined;
}
