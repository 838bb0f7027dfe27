// Whether a service may be used at all. It counts from the next request, because every read of clients and tokens asks for it (RG-17).

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { ServiceStatus } from './agency.ts';
import type { AgenciesStore } from './store.ts';

export type ServiceStatusNeeds = {
  readonly agencies: Pick<AgenciesStore, 'findService' | 'saveServiceStatus'>;
  readonly clock: Clock;
  readonly random: Random;
};

export type ServiceStatusChange = { readonly from: ServiceStatus; readonly to: ServiceStatus };

/** Setting the status a service has already is no change and leaves no entry. */
export async function changeServiceStatus(
  needs: ServiceStatusNeeds,
  clientId: string,
  status: ServiceStatus,
): Promise<Outcome<ServiceStatusChange, 'agency/unknown'>> {
  const registered = await needs.agencies.findService(clientId);
  if (registered === undefined) {
    return refuse('agency/unknown', 'no service has this client_id');
  }
  const change = { from: registered.service.status, to: status };
  if (change.from !== change.to) {
    const event = sealEvent(needs, {
      type: 'service.status_changed',
      personRef: null,
      actor: { kind: 'operator', ref: null },
      service: clientId,
      payload: { agency: registered.agency.id, ...change },
    });
    await needs.agencies.saveServiceStatus(clientId, status, event);
  }
  return succeed(change);
}
