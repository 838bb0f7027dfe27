// What readiness and doctor learn of a database, and that asking changes nothing.

import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createSampleEvents, createSigner } from '../support/ledger-samples.ts';

export function describeHealth(get: () => OpenedDatabase): void {
  describe('health', () => {
    it('can be written, has what this version needs and is whole', async () => {
      const { health } = get().storage;
      await health.probeWrite();
      expect(await health.hasMigrations()).toBe(true);
      expect(await health.findDamage('quick')).toEqual([]);
      expect(await health.findDamage('full')).toEqual([]);
      expect(await health.describe()).toMatch(/SQLite 3\.|PostgreSQL 1/);
    });

    it('leaves nothing behind where it tried to write', async () => {
      const { storage, engine } = get();
      const before = storage.commits();
      await Promise.all([storage.health.probeWrite(), storage.health.probeWrite()]);
      expect(await engine.read({ text: "SELECT key FROM replays WHERE key = 'probe'", values: [] })).toEqual([]);
      expect(storage.commits()).toBe(before);
    });

    it('has a clock of its own only where it may be on another machine', async () => {
      const { storage, engine } = get();
      const theirs = await storage.health.findClock();
      expect(theirs === undefined).toBe(engine.dialect === 'sqlite');
      expect(Math.abs((theirs ?? Date.now()) - Date.now())).toBeLessThan(60_000);
    });

    it('knows since when the oldest event waits for its number', async () => {
      const { storage, append } = get();
      await sequenceAll({ store: storage.ledger, clock: systemClock, signer: createSigner('id.example/ledger') });
      expect(await storage.health.findOldestPending()).toBeUndefined();
      const events = createSampleEvents(3);
      await append(events);
      expect(await storage.health.findOldestPending()).toBe(events[0]?.at);
    });
  });
}
