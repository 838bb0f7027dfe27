// What writes a made-up country, on each database: entries stand in the order in which the story tells them, those of the store itself counted.

import { describe, expect, it } from 'vitest';
import { createWriter } from '../../bench/seed/write-acts.ts';
import type { Deed } from '../../bench/seed/acts.ts';
import { createSigner } from '../support/ledger-samples.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createConsent,
  createDecision,
  createEvent,
  createName,
  createNextDecision,
  createScene,
  later,
} from '../support/store-samples.ts';

export function describeSeedWriter(get: () => OpenedDatabase): void {
  describe('The writer of a made-up country', () => {
    it('keeps the order of a life to its end, writes its records, and counts what the closing of an account says of itself', async () => {
      const { engine, storage } = get();
      const scene = await createScene(storage);
      const signer = createSigner('seed.example');
      const writer = createWriter({ engine, storage, signer }, 4);
      await writer.catchUp();
      const from = writer.next();
      const personRef = scene.person.id;
      const consent = createConsent(scene);
      const many = Array.from({ length: 70 }, () => createEvent('data.released', { personRef, attributes: ['given_name'] }));
      const erasure = { personId: personRef, handle: createName(), registryDigest: createName(), event: createEvent('person.erased') };
      const deeds: readonly Deed[] = [
        { kind: 'events', events: [createEvent('session.started', { personRef })] },
        { kind: 'decision', decision: createDecision(consent, null) },
        { kind: 'events', events: many },
        { kind: 'decision', decision: createNextDecision(consent, { state: 'withdrawn', change: 'withdrawn' }) },
        { kind: 'events', events: [createEvent('session.ended', { personRef })] },
        { kind: 'erase', erasure },
        { kind: 'events', events: [createEvent('rp.erased')] },
      ];
      for (const [place, deed] of deeds.entries()) {
        await writer.write({ at: later + place, deed });
      }
      await writer.settle();
      const told = ['session.started', 'consent.given', ...many.map(({ type }) => type), 'consent.withdrawn', 'session.ended'];
      const entries = await storage.ledger.readEntries(from, writer.next());
      expect(entries.map(({ type }) => type)).toEqual([...told, 'person.erased', 'person.secrets_destroyed', 'rp.erased']);
      expect(entries.filter(({ salt }) => salt === null)).toHaveLength(told.length);
      expect((await storage.ledger.findCheckpoint())?.size).toBe(writer.next());
      expect(await storage.people.findPerson(personRef)).toMatchObject({ status: 'closed' });
    });
  });
}
