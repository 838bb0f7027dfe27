// People, invitations and passkeys kept in memory: the ports of the domain, kept as they promise, for tests of rules without a database.

import { z } from 'zod';
import { mostPasskeys } from '../../src/domain/passkeys/passkey.ts';
import type { Ceremony, EndedPasskey, Passkey } from '../../src/domain/passkeys/passkey.ts';
import type { PasskeyName, PasskeysStore, SavedRegistration, SpareOffer } from '../../src/domain/passkeys/store.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import type { Invitation, PeopleStore, StatusTurn } from '../../src/domain/people/store.ts';

type Memory = {
  readonly people: Map<string, StoredPerson>;
  readonly invitations: Map<string, Invitation>;
  readonly subjects: Map<string, string>;
  readonly ceremonies: Map<string, Ceremony>;
  readonly passkeys: Map<string, Passkey>;
  readonly ended: Map<string, EndedPasskey>;
  readonly names: Map<string, PasskeyName & { readonly personId: string }>;
  readonly offers: Map<string, SpareOffer>;
  readonly frozen: Set<string>;
  readonly events: SealedEvent[];
};

export type MemoryStores = {
  readonly people: PeopleStore;
  readonly passkeys: PasskeysStore;
  /** What the ledger would hold, oldest first. */
  readonly events: readonly SealedEvent[];
};

export function createMemoryStores(): MemoryStores {
  const memory: Memory = {
    people: new Map(),
    invitations: new Map(),
    subjects: new Map(),
    ceremonies: new Map(),
    passkeys: new Map(),
    ended: new Map(),
    names: new Map(),
    offers: new Map(),
    frozen: new Set(),
    events: [],
  };
  return { people: createPeopleStore(memory), passkeys: createPasskeysStore(memory), events: memory.events };
}

function createPeopleStore(memory: Memory): PeopleStore {
  const find = (test: (person: StoredPerson) => boolean): StoredPerson | undefined => [...memory.people.values()].find(test);
  const change = (id: string, changes: Partial<StoredPerson>): void => {
    const person = memory.people.get(id);
    if (person !== undefined) {
      memory.people.set(id, { ...person, ...changes });
    }
  };
  const turn = ({ personId, to, event }: Omit<StatusTurn, 'from'>): void => {
    change(personId, { status: to });
    memory.events.push(event);
  };
  return {
    savePeople: async (people, events, turns = []) => {
      for (const person of people) {
        const known = find(({ registryDigest }) => registryDigest === person.registryDigest);
        const { sealed, kind, updatedAt, registryStatus } = person;
        memory.people.set(known?.id ?? person.id, known === undefined ? person : { ...known, sealed, kind, updatedAt, registryStatus });
      }
      memory.events.push(...events);
      turns.forEach(turn);
    },
    findPerson: async (id) => memory.people.get(id),
    findPersonByRegistry: async (digest) => find(({ registryDigest }) => registryDigest === digest),
    findPersonByHandle: async (wanted) => find(({ handle }) => handle === wanted),
    saveStatus: async (personId, status, said) => {
      if (status === 'frozen') {
        memory.frozen.add(personId);
      } else if (status === 'active') {
        memory.frozen.delete(personId);
      }
      turn({ personId, to: status, ...said });
    },
    turnStatus: async (turned) => turn(turned),
    hasFreeze: async (personId) => memory.frozen.has(personId),
    saveLanguage: async (personId, language) => change(personId, { language }),
    saveInvitation: async (invitation, event) => {
      if (memory.people.get(invitation.personId)?.status !== 'active') {
        return 'person/unknown';
      }
      replaceInvitation(memory, invitation, event);
      return 'saved';
    },
    findInvitation: async (digest, now) => findInvitation(memory, digest, now),
    listSubjects: async (registryDigest) =>
      [...memory.subjects].flatMap(([key, subject]) => {
        const [digest, sector]: unknown[] = z.array(z.string()).parse(JSON.parse(key));
        return digest === registryDigest ? [{ sector: String(sector), subject }] : [];
      }),
    getSubject: async (registryDigest, sector, proposed) => {
      const key = JSON.stringify([registryDigest, sector]);
      memory.subjects.set(key, memory.subjects.get(key) ?? proposed);
      return memory.subjects.get(key) ?? proposed;
    },
  };
}

function replaceInvitation(memory: Memory, invitation: Invitation, event: SealedEvent): void {
  for (const older of [...memory.invitations.values()].filter(({ personId }) => personId === invitation.personId)) {
    memory.invitations.delete(older.digest);
  }
  memory.invitations.set(invitation.digest, invitation);
  memory.events.push(event);
}

function findInvitation(memory: Memory, digest: string, now: number): Invitation | undefined {
  const invitation = memory.invitations.get(digest);
  return invitation !== undefined && invitation.expiresAt > now ? invitation : undefined;
}

function findOffer(memory: Memory, digest: string, now: number): SpareOffer | undefined {
  const offer = memory.offers.get(digest);
  return offer !== undefined && offer.expiresAt > now ? offer : undefined;
}

type Refused = Awaited<ReturnType<PasskeysStore['savePasskey']>>;

function findRightRefusal(memory: Memory, { passkey, invitationDigest, offerDigest, now }: SavedRegistration): Refused {
  if (invitationDigest !== null && findInvitation(memory, invitationDigest, now)?.personId !== passkey.personId) {
    return 'enrolment/invalid-link';
  }
  const hasOffer = typeof offerDigest !== 'string' || findOffer(memory, offerDigest, now)?.personId === passkey.personId;
  return hasOffer ? 'saved' : 'enrolment/offer-ended';
}

function findRefusal(memory: Memory, registration: SavedRegistration): Refused {
  const { id, personId } = registration.passkey;
  if (memory.passkeys.has(id) || memory.ended.has(id)) {
    return 'passkey/already-registered';
  }
  const held = [...memory.passkeys.values()].filter((passkey) => passkey.personId === personId);
  return held.length < mostPasskeys ? findRightRefusal(memory, registration) : 'passkey/too-many';
}

function savePasskey(memory: Memory, registration: SavedRegistration): Refused {
  const { passkey, invitationDigest, offerDigest, opens, event } = registration;
  const refusal = findRefusal(memory, registration);
  if (refusal === 'saved') {
    memory.invitations.delete(invitationDigest ?? '');
    memory.offers.delete(offerDigest ?? '');
    if (opens !== undefined && opens !== null) {
      memory.offers.set(opens.digest, opens);
    }
    memory.passkeys.set(passkey.id, passkey);
    memory.events.push(event);
  }
  return refusal;
}

function createPasskeysStore(memory: Memory): PasskeysStore {
  return {
    saveCeremony: async (ceremony) => {
      memory.ceremonies.set(ceremony.id, ceremony);
    },
    takeCeremony: async (id) => {
      const ceremony = memory.ceremonies.get(id);
      memory.ceremonies.delete(id);
      return ceremony;
    },
    findPasskey: async (id) => memory.passkeys.get(id),
    listPasskeys: async (personId) => [...memory.passkeys.values()].filter((passkey) => passkey.personId === personId),
    findEndedPasskey: async (id) => memory.ended.get(id),
    listEndedPasskeys: async (personId) => [...memory.ended.values()].filter((passkey) => passkey.personId === personId),
    savePasskey: async (registration) => savePasskey(memory, registration),
    // Nobody hands out level codes here.
    findLevelCode: async () => undefined,
    raisePasskey: async () => 'level-code/refused',
    findOffer: async (digest, now) => findOffer(memory, digest, now),
    endOffer: async (digest) => {
      memory.offers.delete(digest);
    },
    listNames: async (personId) => [...memory.names.values()].filter((name) => name.personId === personId),
    saveName: async ({ personId, passkeyId, sealed, event }) => {
      if (memory.passkeys.get(passkeyId)?.personId !== personId) {
        return false;
      }
      memory.names.delete(passkeyId);
      if (sealed !== null) {
        memory.names.set(passkeyId, { personId, passkeyId, sealed });
      }
      memory.events.push(event);
      return true;
    },
    saveUse: async ({ id, counter, isBackedUp, at }) => {
      const passkey = memory.passkeys.get(id);
      if (passkey === undefined || (counter <= passkey.counter && counter + passkey.counter > 0)) {
        return false;
      }
      memory.passkeys.set(id, { ...passkey, counter, isBackedUp, lastUsedAt: at });
      return true;
    },
    // There are no sessions here.
    endPasskeys: async ({ personId, ids, reason, keepsOne, events }) => {
      const alive = [...memory.passkeys.values()].filter((passkey) => passkey.personId === personId).map(({ id }) => id);
      const named = ids ?? alive;
      if (!named.every((id) => alive.includes(id)) || (keepsOne && named.length === alive.length)) {
        return false;
      }
      for (const [id, passkey] of [...memory.passkeys].filter(([name]) => named.includes(name))) {
        memory.ended.set(id, { ...passkey, endReason: reason });
        memory.passkeys.delete(id);
      }
      memory.events.push(...events);
      return true;
    },
  };
}
