// Ties the requests of one sign-in together for the developers of its service: a random name travels from the request by what the engine keeps of it, to the code
// and to the token that comes of the code. It goes no further: a refresh is of no sign-in, and would make a name of weeks out of one of minutes.

import { Provider } from 'oidc-provider';
import type { AdapterPayload } from 'oidc-provider';
import { isFirstParty } from '../clients.ts';
import type { ArtefactModel } from '../store.ts';
import { findUnitOfWork } from '../unit-of-work.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

const beginning: ReadonlySet<ArtefactModel> = new Set(['PushedAuthorizationRequest', 'Interaction', 'AuthorizationCode']);
const carrying: ReadonlySet<ArtefactModel> = new Set([...beginning, 'AccessToken']);

function begin(visit: UnitOfWork['visit']): string | null {
  const clientId = Provider.ctx?.oidc.client?.clientId;
  return clientId === undefined || isFirstParty(clientId) ? null : visit.begin();
}

/** The name that this artefact takes along, if there is one. */
export function carryVisit(model: ArtefactModel): string | undefined {
  const visit = findUnitOfWork()?.visit;
  if (visit === undefined || !carrying.has(model)) {
    return undefined;
  }
  if (visit.id === undefined && beginning.has(model)) {
    visit.id = begin(visit);
  }
  return visit.id ?? undefined;
}

/** Takes up the sign-in of what was read. One that is not followed stays so. */
export function noteVisit(model: ArtefactModel, payload: AdapterPayload): void {
  const unit = findUnitOfWork();
  if (unit === undefined || !carrying.has(model) || unit.visit.id !== undefined) {
    return;
  }
  const carried: unknown = Reflect.get(payload, 'visit');
  unit.visit.id = typeof carried === 'string' ? carried : null;
}
