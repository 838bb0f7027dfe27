import { describe, expect, it } from 'vitest';
import { tellExpired } from '../../src/domain/consent/tell-expired.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { getSubject } from '../../src/domain/people/get-subject.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createConsent, createDecision, createNextDecision, createScene, noChanges, now } from '../support/store-samples.ts';

const year = 366 * 86_400_000;

export function describeExpiredConsents(get: () => OpenedDatabase): void {
  describe('consents that ran out', () => {
    const tellAt = async (at: number): Promise<void> => {
      const { storage } = get();
      const { agencies, consents, people } = storage;
      const random = systemRandom;
      const subject: Parameters<typeof tellExpired>[0]['getSubject'] = (person, sector) => getSubject({ people, random }, person, sector);
      const needs = { agencies, consents, people, random, clock: { now: () => at }, issuer: 'https://id.example', getSubject: subject };
      while ((await tellExpired(needs)) > 0) {
        // Each call takes some.
      }
    };

    const countOf = async (type: string, clientId: string): Promise<number> => {
      const rows = await get().engine.read({ text: 'SELECT id FROM entries WHERE type = ? AND service = ?', values: [type, clientId] });
      return rows.length;
    };

    it('are told once each time: to the log, and to a service with a receiver; what was decided anew is not', async () => {
      const { storage } = get();
      const scene = await createScene(storage);
      const { clientId } = scene.service;
      const metadata = { ...scene.service.metadata, security_events_uri: 'https://rp.example/events' };
      await storage.agencies.saveChanges({ ...noChanges, services: [{ ...scene.service, metadata }] });
      const consent = createConsent(scene, { expiresAt: now + 10 });
      await storage.consents.saveDecision(createDecision(consent, null));
      await tellAt(now + 9);
      expect(await countOf('consent.expired', clientId)).toBe(0);
      await Promise.all([tellAt(now + 10), tellAt(now + 10)]);
      await tellAt(now + 11);
      expect([await countOf('consent.expired', clientId), await countOf('set.queued', clientId)]).toEqual([1, 1]);
      const waiting = await storage.outbox.list({ state: 'waiting', limit: 1000 });
      expect(waiting.filter(({ recipient, topic }) => recipient === clientId && topic === 'security-event')).toHaveLength(1);
      const renewed = createNextDecision(consent, { change: 'renewed', decidedAt: now + 20, expiresAt: now + year });
      await storage.consents.saveDecision(renewed);
      await tellAt(now + 30);
      expect(await countOf('consent.expired', clientId)).toBe(1);
      await tellAt(now + year);
      expect(await countOf('consent.expired', clientId)).toBe(2);
      await storage.consents.saveDecision(createNextDecision(renewed.consent, { state: 'withdrawn', decidedAt: now + year }));
      await tellAt(now + 2 * year);
      expect(await countOf('consent.expired', clientId)).toBe(2);
    });

    it('are told to the log alone where the service has no receiver', async () => {
      const { storage } = get();
      const scene = await createScene(storage);
      const { clientId } = scene.service;
      await storage.consents.saveDecision(createDecision(createConsent(scene, { expiresAt: now + 10 }), null));
      await tellAt(now + 10);
      expect([await countOf('consent.expired', clientId), await countOf('set.queued', clientId)]).toEqual([1, 0]);
    });
  });
}
