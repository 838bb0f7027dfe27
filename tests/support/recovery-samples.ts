// Recoveries for tests of the stores: begun by waiting, or opened by an officer who has a passkey.

import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { StoredProofing } from '../../src/domain/proofing/proofing.ts';
import type { Recovery } from '../../src/domain/recovery/recovery.ts';
import { toSealEnd } from '../../src/domain/recovery/seal.ts';
import type { ChannelCode } from '../../src/domain/recovery/store.ts';
import type { Role } from '../../src/domain/staff/officer.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { createEvent, createName, createOutboxMessage, createPasskey, createPerson, later, now } from './store-samples.ts';

export const day = 86_400_000;

export const sealEnd = toSealEnd({ clock: systemClock, random: systemRandom });

export function createWaitingRecovery(personId: string, changes: Partial<Recovery> = {}): Recovery {
  return {
    id: createName(),
    personId,
    way: 'waiting',
    state: 'waiting',
    begunStatus: 'active',
    begunAt: now,
    readyAt: now + day,
    expiresAt: now + 8 * day,
    preparedAt: null,
    codeDigest: null,
    codeUntil: null,
    destinationDigest: 'channel',
    cancelDigest: createName(),
    openedBy: null,
    openedWith: null,
    seen: null,
    endedAt: null,
    endReason: null,
    ...changes,
  };
}

export type SampleOfficer = { readonly id: string; readonly passkeyId: string };

export function createCounterRecovery(personId: string, officer: SampleOfficer, changes: Partial<Recovery> = {}): Recovery {
  return createWaitingRecovery(personId, {
    way: 'counter',
    state: 'begun',
    readyAt: null,
    expiresAt: now + 3_600_000,
    destinationDigest: null,
    openedBy: officer.id,
    openedWith: officer.passkeyId,
    seen: { wrappedKey: createName(), ciphertext: createName() },
    ...changes,
  });
}

export function createSeen(personId: string, changes: Partial<StoredProofing> = {}): StoredProofing {
  return {
    id: createName(),
    personId,
    at: now + 1,
    isHigh: true,
    sealed: { wrappedKey: createName(), ciphertext: createName() },
    ...changes,
  };
}

/** With a passkey, as at a desk. */
export async function createSampleOfficer(storage: Storage, role: Role = 'registrar', name = createName()): Promise<SampleOfficer> {
  const id = createName();
  const digest = createName();
  const officer = { id, name, role, agencyId: null, status: 'active', language: null, handle: createName(), createdAt: now } as const;
  const invitation = { digest, officerId: id, createdAt: now, expiresAt: later };
  await storage.staff.saveInvitation({ officer, invitation, event: createEvent('officer.invited') });
  const { personId: _person, ceiling: _ceiling, ...held } = createPasskey('');
  const passkey = { ...held, officerId: id, endedAt: null, endReason: null };
  await storage.staff.savePasskey({ passkey, invitationDigest: digest, now, event: createEvent('officer.enrolled') });
  return { id, passkeyId: passkey.id };
}

/** Somebody with one passkey. */
export async function createHolder(storage: Storage): Promise<{ readonly personId: string; readonly passkeyId: string }> {
  const person = createPerson();
  await storage.people.savePeople([person], []);
  const passkey = createPasskey(person.id);
  await storage.passkeys.savePasskey({ passkey, invitationDigest: null, now, event: createEvent('passkey.registered') });
  return { personId: person.id, passkeyId: passkey.id };
}

/** A code of the person’s channel, stored as if its letter had gone out. */
export async function sendSampleCode(storage: Storage, personId: string, changes: Partial<ChannelCode> = {}): Promise<string> {
  const code = { digest: createName(), personId, destinationDigest: 'channel', sentAt: now, expiresAt: now + 30 * day, ...changes };
  await storage.recoveries.saveCode({ code, isMeant: true, message: createOutboxMessage({ topic: 'mail' }) });
  return code.digest;
}
