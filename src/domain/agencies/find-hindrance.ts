// Whether what waits may still take effect. Pure: the desk asks when it shows a submission, and storage asks again inside the act of the approval.

import { checkNamesTogether, toAgencyNames, toServiceName } from './check-names.ts';
import { checkServicesTogether } from './check-together.ts';
import { findBlockingHosts } from './host-proof.ts';
import type { KnownHosts } from './host-proof.ts';
import type { Hindrance } from './store.ts';
import { toBase } from './submission.ts';
import type { Registered, Submission } from './submission.ts';

type Asked = Pick<Submission, 'content' | 'base'>;

export function findHindrance({ content, base }: Asked, registered: Registered, known: KnownHosts): Hindrance | undefined {
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
  if (findings.some(({ severity }) => severity === 'refusal')) {
    return 'submission/conflicting';
  }
  return content.services.some((service) => findBlockingHosts(known, service).length > 0) ? 'submission/unproven' : undefined;
}
