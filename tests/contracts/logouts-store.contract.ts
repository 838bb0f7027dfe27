// What every store promises of services that were entered: each is told of the end of the session once, by the act that ends it, or nothing ended.

import { describe, expect, it } from 'vitest';
import { createServiceSession } from '../../src/domain/logout/service-session.ts';
import type { ServiceSession } from '../../src/domain/logout/service-session.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import type { LeasedMessage } from '../../src/domain/outbox/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createAgency,
  createEvent,
  createName,
  createPerson,
  createService,
  createSession,
  later,
  noChanges,
  now,
  saveSession,
} from '../support/store-samples.ts';
import { createStatusSaid } from '../support/status-said.ts';

type Scene = { readonly personId: string; readonly registryDigest: string; readonly uid: string; readonly entered: ServiceSession };

const receiver = { backchannel_logout_uri: 'https://mol.example/logout' };

export function describeLogoutsStore(get: () => OpenedDatabase): void {
  const enter = async (entered: ServiceSession) => get().storage.engine.commit([{ kind: 'enter-service', entered }], now);
  const end = async (uid: string, told: SealedEvent | null = null) =>
    get().storage.engine.commit([{ kind: 'end-session', uid, at: now, told }], now);
  const list = async ({ uid }: Pick<Scene, 'uid'>) => get().storage.logouts.listOfSessions([uid]);
  const messages = async ({ personId }: Pick<Scene, 'personId'>) =>
    get().engine.read({ text: 'SELECT id, topic, client_id, body, state FROM outbox WHERE person_id = ? ORDER BY id', values: [personId] });

  /** Somebody with a session in which one service was entered. */
  const createEntered = async (metadata: Readonly<Record<string, string>> = receiver): Promise<Scene> => {
    const { people, agencies, engine } = get().storage;
    const [person, agency] = [createPerson(), createAgency()];
    const service = createService(agency.id, { metadata: { redirect_uris: [], ...metadata } });
    const session = createSession(person.id);
    await people.savePeople([person], []);
    await agencies.saveChanges({ ...noChanges, agencies: [agency], services: [service] });
    await engine.commit([saveSession(session)], now);
    await people.getSubject(person.registryDigest, service.sector, `subject of ${person.id}`);
    const named = { sessionUid: session.uid, personId: person.id, clientId: service.clientId, sid: createName() };
    const entered = createServiceSession({ clock: { now: () => now }, random: systemRandom }, named);
    await enter(entered);
    return { personId: person.id, registryDigest: person.registryDigest, uid: session.uid, entered };
  };
  const toMessage = ({ personId, entered }: Scene) => ({
    id: entered.id,
    topic: 'logout',
    client_id: entered.clientId,
    body: JSON.stringify({ sid: entered.sid, sub: `subject of ${personId}` }),
    state: 'waiting',
  });

  describe('services that were entered', () => {
    it('are told by the act that ends the session, once, whoever else ends it', async () => {
      const scene = await createEntered();
      await enter({ ...scene.entered, id: createName() });
      expect([await list(scene), await messages(scene)]).toEqual([[], []]);
      await Promise.all([end(scene.uid), end(scene.uid), get().storage.people.saveStatus(scene.personId, 'frozen', createStatusSaid())]);
      expect(await messages(scene)).toEqual([toMessage(scene)]);
      const [told] = await list(scene);
      expect(told).toMatchObject({ ...scene.entered, state: 'waiting', endedAt: expect.any(Number), expiresAt: expect.any(Number) });
    });

    it('are not told where the end cannot be recorded, and then nothing has ended', async () => {
      const scene = await createEntered();
      const event = createEvent('session.ended');
      await get().append([event]);
      await expect(end(scene.uid, event)).rejects.toMatchObject({ code: 'ledger/unavailable' });
      expect([await list(scene), await messages(scene)]).toEqual([[], []]);
      expect(await get().storage.engine.findSessionByUid(scene.uid, now, 0)).toBeDefined();
    });

    it('are told when their person stops being active, of every session there was', async () => {
      const scene = await createEntered();
      const { people } = get().storage;
      await people.saveStatus(scene.personId, 'active', createStatusSaid());
      expect(await messages(scene)).toEqual([]);
      await people.saveStatus(scene.personId, 'suspended', createStatusSaid());
      expect(await messages(scene)).toEqual([toMessage(scene)]);
    });

    it('are told when the account is closed, by the subject as it was', async () => {
      const scene = await createEntered();
      const event = createEvent('person.erased');
      const erasure = { personId: scene.personId, handle: createName(), registryDigest: createName(), event };
      expect(await get().storage.erasures.erasePerson(erasure)).toBe('erased');
      // The message no longer says whose it is.
      expect(await messages(scene)).toEqual([]);
      const sent = { text: 'SELECT id, topic, client_id, body, state FROM outbox WHERE id = ?', values: [scene.entered.id] };
      expect(await get().engine.read(sent)).toEqual([toMessage(scene)]);
    });

    it('without an address of theirs are kept as such, and no message is written', async () => {
      const scene = await createEntered({});
      await end(scene.uid);
      expect(await messages(scene)).toEqual([]);
      expect(await list(scene)).toMatchObject([{ state: 'untold', settledAt: now }]);
    });

    it('are told at once when they enter after the end', async () => {
      const scene = await createEntered();
      await end(scene.uid);
      const late = { ...scene.entered, id: createName(), sid: createName() };
      await enter(late);
      expect((await messages(scene)).map(({ id }) => id)).toEqual(expect.arrayContaining([scene.entered.id, late.id]));
    });

    it('that never got a subject are told by the session alone', async () => {
      const scene = await createEntered();
      await get().engine.atomic(function* () {
        yield { text: 'DELETE FROM person_subjects WHERE registry_digest = ?', values: [scene.registryDigest] };
      });
      await end(scene.uid);
      expect((await messages(scene)).map(({ body }) => body)).toEqual([JSON.stringify({ sid: scene.entered.sid })]);
    });

    it('stand as their message does: told, given up, and tried again when an operator brings it back', async () => {
      const scene = await createEntered();
      await end(scene.uid);
      const { outbox } = get().storage;
      const lease = async (): Promise<LeasedMessage> =>
        get().engine.atomic(function* () {
          const leaseId = createName();
          yield { text: 'UPDATE outbox SET lease_id = ? WHERE id = ?', values: [leaseId, scene.entered.id] };
          const { personId, entered } = scene;
          const facts = { id: entered.id, topic: 'logout', recipient: entered.clientId, personId, body: '', attempts: 1, leaseId } as const;
          return { ...facts, createdAt: now, giveUpAt: later };
        });
      const stands = async () => (await list(scene)).map(({ state, settledAt }) => [state, settledAt]);
      await outbox.settle({ message: await lease(), at: 5, next: { state: 'dead', failure: 'status-400', removeAt: later }, events: [] });
      expect(await stands()).toEqual([['failed', 5]]);
      expect(await outbox.retry({ id: scene.entered.id, now: 6, giveUpAt: later })).toBe('saved');
      expect(await stands()).toEqual([['waiting', null]]);
      await outbox.settle({ message: await lease(), at: 7, next: { state: 'sent', removeAt: later }, events: [] });
      expect(await stands()).toEqual([['told', 7]]);
    });

    it('are listed for their person while the end is not long ago', async () => {
      const scene = await createEntered();
      const ofPerson = async (since: number) => (await get().storage.logouts.listOfPerson(scene.personId, since)).map(({ id }) => id);
      expect(await ofPerson(0)).toEqual([]);
      await end(scene.uid);
      expect([await ofPerson(now - 1), await ofPerson(now)]).toEqual([[scene.entered.id], []]);
      expect(await get().storage.logouts.listOfSessions([])).toEqual([]);
    });
  });
}
