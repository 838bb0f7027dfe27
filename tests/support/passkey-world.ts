// A small world for tests of passkeys: one relying party, a clock that a test moves, people, and the ceremonies in one call each.

import { beginRegistration } from '../../src/domain/passkeys/begin-registration.ts';
import { beginSignIn } from '../../src/domain/passkeys/begin-sign-in.ts';
import { createInvitation } from '../../src/domain/passkeys/create-invitation.ts';
import type { Registering } from '../../src/domain/passkeys/find-registrant.ts';
import { finishRegistration } from '../../src/domain/passkeys/finish-registration.ts';
import { finishSignIn } from '../../src/domain/passkeys/finish-sign-in.ts';
import type { PasskeyNeeds } from '../../src/domain/passkeys/relying-party.ts';
import { toRelyingParty } from '../../src/domain/passkeys/relying-party.ts';
import type { Model } from '../../src/domain/metadata/model.ts';
import { createToken, createUuid, systemRandom, toDigest } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { PersonStatus, StoredPerson } from '../../src/domain/people/person.ts';
import { createMemoryStores } from './memory-people.ts';
import type { SoftwareAuthenticator, Tampering } from './software-authenticator.ts';
import { createStatusSaid } from './status-said.ts';

export const origin = 'https://id.example';
export const startOfWorld = Date.parse('2026-06-01T08:00:00Z');

export type PasskeyWorld = PasskeyNeeds & {
  readonly events: readonly SealedEvent[];
  readonly wait: (seconds: number) => void;
  readonly addPerson: () => Promise<StoredPerson>;
  readonly changeStatus: (personId: string, status: PersonStatus) => Promise<void>;
  /** The token of a fresh enrolment link. */
  readonly invite: (personId: string) => Promise<string>;
};

/** `models`: what the metadata say, of whatever AAGUID. */
export function createPasskeyWorld(models: readonly Model[] = []): PasskeyWorld {
  let now = startOfWorld;
  const clock = { now: () => now };
  const random = systemRandom;
  const { people, passkeys, events } = createMemoryStores();
  const metadata = { findModels: async () => models };
  const needs = { clock, random, people, passkeys, metadata, relyingParty: toRelyingParty(origin, 'Huwiya') };
  return {
    ...needs,
    events,
    wait: (seconds) => {
      now += seconds * 1000;
    },
    addPerson: async () => {
      const person = createPerson(now);
      await people.savePeople([person], []);
      return person;
    },
    changeStatus: async (personId, status) => {
      await people.saveStatus(personId, status, createStatusSaid(sealStatusChange(needs, personId)));
    },
    invite: async (personId) => {
      const actor = { kind: 'operator', ref: null } as const;
      const invited = await createInvitation({ ...needs, invitationLifeSeconds: 3600 }, { personId, actor });
      if (!invited.ok) {
        throw new Error(`no invitation: ${invited.detail}`);
      }
      return invited.value.token;
    },
  };
}

function createPerson(now: number): StoredPerson {
  return {
    id: createUuid(systemRandom, now),
    kind: 'citizen',
    status: 'active',
    handle: createToken(systemRandom),
    language: null,
    declared: null,
    registryDigest: createToken(systemRandom),
    sealed: { wrappedKey: '', ciphertext: '' },
    createdAt: now,
    updatedAt: now,
    registryStatus: null,
  };
}

function sealStatusChange(needs: PasskeyNeeds, personRef: string): SealedEvent {
  return sealEvent(needs, {
    type: 'person.status_changed',
    personRef,
    actor: { kind: 'operator', ref: null },
    actedBy: null,
    service: null,
    purpose: null,
    purposeVersion: null,
    record: null,
    attributes: [],
    reason: null,
    payload: {},
  });
}

type Registered = Awaited<ReturnType<typeof finishRegistration>>;

/** Begins and finishes a registration with this authenticator. */
export async function register(
  world: PasskeyWorld,
  by: Registering,
  device: { readonly authenticator: SoftwareAuthenticator; readonly origin?: string; readonly tampering?: Tampering },
): Promise<Registered> {
  const begun = await beginRegistration(world, by, 'Sara');
  if (!begun.ok) {
    return begun;
  }
  const response = device.authenticator.register(begun.value.options, device.origin ?? origin, device.tampering);
  return finishRegistration(world, by, { ceremony: begun.value.ceremony, response });
}

/** A new person with one passkey on this authenticator. */
export async function enrol(world: PasskeyWorld, authenticator: SoftwareAuthenticator): Promise<StoredPerson> {
  const person = await world.addPerson();
  const done = await register(world, { purpose: 'enrol', token: await world.invite(person.id) }, { authenticator });
  if (!done.ok) {
    throw new Error(`no enrolment: ${done.code} ${done.detail}`);
  }
  return person;
}

export const binding = toDigest('an interaction');

type SignedIn = Awaited<ReturnType<typeof finishSignIn>>;

/** Begins and finishes a sign-in with this authenticator. */
export async function signIn(
  world: PasskeyWorld,
  authenticator: SoftwareAuthenticator,
  how: Parameters<SoftwareAuthenticator['authenticate']>[2] & { readonly origin?: string; readonly personId?: string } = {},
): Promise<SignedIn> {
  const begun = await beginSignIn(world, { binding, personId: how.personId ?? null });
  const response = authenticator.authenticate(begun.options, how.origin ?? origin, how);
  return finishSignIn(world, binding, { ceremony: begun.ceremony, response });
}

/** `code detail` of a refusal, `ok` otherwise: what most tests compare. */
export function toVerdict(outcome: Registered | SignedIn): string {
  return outcome.ok ? 'ok' : `${outcome.code} ${outcome.detail}`;
}
