// What looking at the ledger needs, from what pages have. The entry of a look does not wait for the end of the request: it is in the database before
// anything is handed out.

import { Fault } from '../../domain/kernel/errors.ts';
import type { ViewNeeds } from '../../domain/audit/view-entry.ts';
import type { WebNeeds } from '../needs.ts';

export function toLookNeeds(needs: WebNeeds): ViewNeeds {
  return {
    clock: needs.clock,
    random: needs.random,
    ledger: needs.ledger,
    agencies: needs.agencies,
    consents: needs.consents,
    record: async (event) => {
      const saved = await needs.artefacts.commit([{ kind: 'append-event', event }], needs.clock.now());
      if (!saved.ok) {
        throw new Fault('ledger/unavailable', saved.failure);
      }
    },
  };
}
