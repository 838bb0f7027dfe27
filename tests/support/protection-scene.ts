// The scene of the contracts of freezes and notices: somebody about whom much is under way, a clock that a test sets, and what the database holds afterwards.

import { createSecretKey, randomBytes } from 'node:crypto';
import { createServiceSession } from '../../src/domain/logout/service-session.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { Actor } from '../../src/domain/ledger/event.ts';
import type { FreezeAsked } from '../../src/domain/protection/freezing.ts';
import type { SecurityNotice } from '../../src/domain/protection/notice.ts';
import type { OpenedDatabase } from './opened-database.ts';
import {
  createAgency,
  createArtefact,
  createConsent,
  createDecision,
  createEvent,
  createName,
  createPasskey,
  createPerson,
  createPurpose,
  createService,
  createSession,
  noChanges,
  now,
  saveArtefact,
  saveSession,
} from './store-samples.ts';

export const hour = 3_600_000;
const lookupKey = createSecretKey(randomBytes(32));
export const person: Actor = { kind: 'person', ref: null };
export const operator: Actor = { kind: 'operator', ref: null };

export function createProtectionScene(get: () => OpenedDatabase) {
  const time = { at: now };
  const toNeeds = () => ({
    protection: get().storage.protection,
    clock: { now: () => time.at },
    random: systemRandom,
    issuer: 'https://id.example',
    lookupKey,
    unfreezeDelayMs: 24 * hour,
  });
  const read = async (text: string, ...values: readonly string[]) => get().engine.read({ text, values });
  const findStatus = async (id: string) => (await get().storage.people.findPerson(id))?.status;
  const typesOf = async (personId: string): Promise<readonly string[]> => {
    const text = 'SELECT e.type FROM entries e JOIN entry_secrets s ON s.entry_id = e.id WHERE s.person_ref = ? ORDER BY e.id';
    return (await read(text, personId)).map((row) => String(row['type']));
  };
  const noticesOf = async (personId: string): Promise<readonly SecurityNotice[]> =>
    (await get().storage.protection.readNotices(personId, { after: null, limit: 50 })).notices;
  const eventsTold = async (personId: string): Promise<readonly string[]> => {
    const rows = await read("SELECT client_id, body FROM outbox WHERE person_id = ? AND topic = 'security-event' ORDER BY id", personId);
    return rows.map((row) => /event-type\/([a-z-]+)/.exec(String(row['body']))?.[1] ?? '');
  };

  const createMember = async (): Promise<string> => {
    const member = createPerson();
    await get().storage.people.savePeople([member], []);
    return member.id;
  };

  /** With a session in which a service was entered that takes events, a record with another, an offline token, a link and a code under way. */
  const createBusy = async (): Promise<{ readonly id: string; readonly uid: string }> => {
    const { people, agencies, engine, consents, passkeys } = get().storage;
    const [member, agency] = [createPerson(), createAgency()];
    const metadata = { redirect_uris: [], security_events_uri: 'https://mol.example/events' };
    const [entered, known, silent] = [
      createService(agency.id, { metadata }),
      createService(agency.id, { metadata, sector: 'moh' }),
      createService(agency.id, { sector: 'moj' }),
    ];
    const purpose = createPurpose(known.clientId);
    const session = createSession(member.id);
    const passkey = createPasskey(member.id);
    await people.savePeople([member], []);
    await agencies.saveChanges({ ...noChanges, agencies: [agency], services: [entered, known, silent], purposes: [purpose] });
    await passkeys.savePasskey({ passkey, invitationDigest: null, now, event: createEvent('passkey.registered') });
    await engine.commit([saveSession({ ...session, passkeyId: passkey.id })], now);
    for (const service of [entered, known, silent]) {
      await people.getSubject(member.registryDigest, service.sector, createName());
    }
    const clock = { now: () => now };
    const visits = [entered, silent].map(({ clientId }) =>
      createServiceSession({ clock, random: systemRandom }, { sessionUid: session.uid, personId: member.id, clientId, sid: createName() }),
    );
    await engine.commit(
      visits.map((visit) => ({ kind: 'enter-service', entered: visit })),
      now,
    );
    await consents.saveDecision(createDecision(createConsent({ person: member, service: known, purpose }), null));
    await engine.commit([saveArtefact(createArtefact({ personId: member.id, isOffline: true, model: 'RefreshToken' }))], now);
    await people.saveInvitation(
      { digest: createName(), personId: member.id, createdAt: now, expiresAt: now + hour, ceiling: 'substantial' },
      createEvent('person.invited'),
    );
    const ceremony = {
      id: createName(),
      challenge: createName(),
      purpose: 'add-passkey',
      personId: member.id,
      binding: createName(),
      expiresAt: now + hour,
    } as const;
    await passkeys.saveCeremony(ceremony);
    return { id: member.id, uid: session.uid };
  };

  const byPerson = (personId: string): FreezeAsked => ({ personId, how: 'session', authority: 'own', actor: person });
  return { time, toNeeds, read, findStatus, typesOf, noticesOf, eventsTold, createMember, createBusy, byPerson };
}
