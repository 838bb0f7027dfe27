// What an operator changes while people are under way: the status of a person or of a service, and the particulars of a person.

import type { ClientMetadata, ServiceStatus } from '../../src/domain/agencies/agency.ts';
import { changeServiceStatus } from '../../src/domain/agencies/change-service-status.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { PersonStatus, StoredPerson } from '../../src/domain/people/person.ts';
import { places } from './visits.ts';
import type { Place } from './visits.ts';
import type { World } from './world.ts';
import { createStatusSaid } from './status-said.ts';

export async function setPersonStatus(world: World, person: StoredPerson, status: PersonStatus): Promise<void> {
  const needs = { clock: world.clock, random: systemRandom };
  const event = sealEvent(needs, {
    type: 'person.status_changed',
    personRef: person.id,
    actor: { kind: 'operator', ref: null },
    payload: { to: status },
  });
  await world.storage.people.saveStatus(person.id, status, createStatusSaid(event));
}

/** Runs `work` while a service is registered with more metadata, and takes it back. */
export async function whileRegistered<T>(
  world: World,
  { place, more }: { readonly place: Place; readonly more: ClientMetadata },
  work: () => Promise<T>,
): Promise<T> {
  const { agencies } = world.storage;
  const registered = await agencies.findService(places[place].clientId);
  if (registered === undefined) {
    throw new Error('the sample service is missing');
  }
  const nothing = { agencies: [], purposes: [], endedPurposes: [], defaultPurposes: [], events: [] };
  const { service } = registered;
  await agencies.saveChanges({ ...nothing, services: [{ ...service, metadata: { ...service.metadata, ...more } }] });
  try {
    return await work();
  } finally {
    await agencies.saveChanges({ ...nothing, services: [service] });
  }
}

export async function setServiceStatus(world: World, place: Place, status: ServiceStatus): Promise<void> {
  const needs = { agencies: world.storage.agencies, clock: world.clock, random: systemRandom };
  const changed = await changeServiceStatus(needs, places[place].clientId, status);
  if (!changed.ok) {
    throw new Error(changed.code);
  }
}
