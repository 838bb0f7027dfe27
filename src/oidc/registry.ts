// What a request needs to know of persons, services and consents, each looked up once per request and never longer: a change counts at the next request.

import type { AgenciesStore } from '../domain/agencies/store.ts';
import type { Purpose, RegisteredService } from '../domain/agencies/agency.ts';
import type { StoredConsent } from '../domain/consent/consent.ts';
import type { ConsentStore } from '../domain/consent/store.ts';
import { isActive } from '../domain/people/person.ts';
import type { StoredPerson } from '../domain/people/person.ts';
import { toLevel } from '../domain/passkeys/authentication-facts.ts';
import type { Passkey } from '../domain/passkeys/passkey.ts';
import type { PasskeysStore } from '../domain/passkeys/store.ts';
import type { PeopleStore } from '../domain/people/store.ts';
import { rememberPerRequest } from './unit-of-work.ts';

export type RegistryNeeds = { readonly agencies: AgenciesStore; readonly consents: ConsentStore; readonly people: PeopleStore } & {
  readonly passkeys: Pick<PasskeysStore, 'findPasskey' | 'listPasskeys'>;
};

export type Registry = {
  readonly findService: (clientId: string) => Promise<RegisteredService | undefined>;
  /** Only an active person. */
  readonly findPerson: (id: string) => Promise<StoredPerson | undefined>;
  readonly findConsent: (id: string) => Promise<StoredConsent | undefined>;
  readonly findConsentFor: (personId: string, clientId: string, purposeId: string) => Promise<StoredConsent | undefined>;
  /** One that has not ended. */
  readonly findPasskey: (id: string) => Promise<Passkey | undefined>;
  /** Whether a passkey of this person reaches `high` now. */
  readonly canReachHigh: (personId: string) => Promise<boolean>;
  readonly findPurposeVersion: (clientId: string, purposeId: string, version: number) => Promise<Purpose | undefined>;
};

export function createRegistry(needs: RegistryNeeds): Registry {
  const consents = rememberPerRequest(async (key: string) => {
    const [personId = '', clientId = '', purposeId = ''] = key.split('\n');
    return needs.consents.findConsentFor(personId, clientId, purposeId);
  });
  const versions = rememberPerRequest(async (key: string) => {
    const [clientId = '', purposeId = '', version = ''] = key.split('\n');
    return needs.agencies.findPurposeVersion(clientId, purposeId, Number(version));
  });
  return {
    findService: rememberPerRequest((clientId) => needs.agencies.findService(clientId)),
    findPerson: rememberPerRequest(async (id) => {
      const person = await needs.people.findPerson(id);
      return person !== undefined && isActive(person) ? person : undefined;
    }),
    findConsent: rememberPerRequest((id) => needs.consents.findConsent(id)),
    findConsentFor: (personId, clientId, purposeId) => consents([personId, clientId, purposeId].join('\n')),
    findPasskey: rememberPerRequest((id) => needs.passkeys.findPasskey(id)),
    canReachHigh: rememberPerRequest(async (id) => (await needs.passkeys.listPasskeys(id)).some((passkey) => toLevel(passkey) === 'high')),
    findPurposeVersion: (clientId, purposeId, version) => versions([clientId, purposeId, String(version)].join('\n')),
  };
}
