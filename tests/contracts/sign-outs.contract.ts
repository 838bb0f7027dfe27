// Signing out where many services were entered and some of them are slow or away, and where several nodes send: who signs out waits for nobody, and each
// service is told once.

import { describe, expect, it, test } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { systemSleep } from '../../src/domain/ledger/sleep.ts';
import { createServiceSession } from '../../src/domain/logout/service-session.ts';
import type { OutboxMessage } from '../../src/domain/outbox/message.ts';
import { runOutbox } from '../../src/domain/outbox/run-outbox.ts';
import type { OutboxWorker, Sent } from '../../src/domain/outbox/run-outbox.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createAgency,
  createName,
  createPerson,
  createService,
  createSession,
  noChanges,
  now,
  saveSession,
} from '../support/store-samples.ts';

type Entered = { readonly uid: string; readonly clientIds: readonly string[] };
type Send = (message: OutboxMessage) => Promise<Sent>;

const receiver = { redirect_uris: [], backchannel_logout_uri: 'https://mol.example/logout' };

export function describeSignOuts(get: () => OpenedDatabase): void {
  /** Somebody who entered so many services in one session. */
  const createEntered = async (count: number): Promise<Entered> => {
    const { agencies, engine, people } = get().storage;
    const [person, agency] = [createPerson(), createAgency()];
    const services = Array.from({ length: count }, () => createService(agency.id, { metadata: receiver }));
    const session = createSession(person.id);
    await people.savePeople([person], []);
    await people.getSubject(person.registryDigest, 'mol', createName());
    await agencies.saveChanges({ ...noChanges, agencies: [agency], services });
    const enter = ({ clientId }: (typeof services)[number]) => {
      const named = { sessionUid: session.uid, personId: person.id, clientId, sid: createName() };
      return { kind: 'enter-service', entered: createServiceSession({ clock: { now: () => now }, random: systemRandom }, named) } as const;
    };
    await engine.commit([saveSession(session), ...services.map(enter)], now);
    return { uid: session.uid, clientIds: services.map(({ clientId }) => clientId) };
  };

  const signOut = async (uid: string): Promise<unknown> =>
    get().storage.engine.commit([{ kind: 'end-session', uid, at: now, told: null }], now);

  const statesOf = async (uid: string): Promise<readonly string[]> =>
    (await get().storage.logouts.listOfSessions([uid])).map(({ state }) => state);

  const startWorker = (send: Send): OutboxWorker =>
    runOutbox({
      outbox: get().storage.outbox,
      senders: { logout: { send, toEvents: () => [] } },
      clock: { now: () => now },
      steady: { now: () => now },
      random: systemRandom,
      sleep: systemSleep,
      pause: 5,
      report: (fault) => {
        throw fault;
      },
      tell: () => undefined,
    });

  describe('a sign-out', () => {
    test('LO-05 from 200 services at once is done within three seconds, and a receiver that says nothing holds up none of the others', async () => {
      const { uid, clientIds } = await createEntered(200);
      const begun = performance.now();
      expect(await signOut(uid)).toEqual({ ok: true });
      expect(performance.now() - begun).toBeLessThan(3000);
      expect(await get().storage.engine.findSessionByUid(uid, now, 0)).toBeUndefined();
      const silent = Promise.withResolvers<Sent>();
      const worker = startWorker(async ({ recipient }) => (recipient === clientIds[0] ? silent.promise : { result: 'sent' }));
      const count = async (state: string) => (await statesOf(uid)).filter((each) => each === state).length;
      await expect.poll(async () => count('told')).toBe(199);
      expect(await count('waiting')).toBe(1);
      silent.resolve({ result: 'failed', failure: 'timed-out' });
      await worker.stop();
      const waiting = await get().storage.outbox.list({ state: 'waiting', limit: 10_000 });
      expect(waiting.filter(({ recipient }) => recipient === clientIds[0])).toMatchObject([{ attempts: 1, failure: 'timed-out' }]);
    });

    it('LO-07 is told to each service by one of three nodes that share the outbox, and by no other', async () => {
      const entered = await createEntered(24);
      const told: (readonly [node: number, clientId: string])[] = [];
      const nodes = [1, 2, 3].map((node) =>
        startWorker(async ({ recipient }) => {
          told.push([node, recipient]);
          await systemSleep(20);
          return { result: 'sent' };
        }),
      );
      await signOut(entered.uid);
      await expect.poll(async () => new Set(await statesOf(entered.uid))).toEqual(new Set(['told']));
      await Promise.all(nodes.map(async (node) => node.stop()));
      const own = told.filter(([, clientId]) => entered.clientIds.includes(clientId)).map(([, clientId]) => clientId);
      expect(own.toSorted()).toEqual(entered.clientIds.toSorted());
    });
  });
}
