// What looking at the ledger needs, from what pages have. The entry of a look does not wait for the end of the request: it is in the database before
// anything is handed out.

import type { ViewNeeds } from '../../domain/audit/view-entry.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import type { WebNeeds } from '../needs.ts';
import { assertLookRoom } from './look-room.ts';

export function toLookNeeds(needs: WebNeeds): ViewNeeds {
  return {
    clock: needs.clock,
    random: needs.random,
    ledger: needs.ledger,
    agencies: needs.agencies,
    witnessing: needs.witnessing,
    consents: needs.consents,
    assertRoom: (by) => assertLookRoom(needs, by),
    record: (event) => recordAtOnce(needs, event),
  };
}
