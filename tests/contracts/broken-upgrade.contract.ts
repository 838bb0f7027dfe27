// An upgrade that is killed on the way, and a node of the old version beside the new database (FT-18).

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import type { Engine } from '../../src/storage/engine.ts';
import { findPendingMigrations, migrate, readMigrations } from '../../src/storage/migrate.ts';
import { createStorage } from '../../src/storage/open-storage.ts';
import { createArtefact, createGrant, createToken, now, saveArtefact } from '../support/store-samples.ts';

export type EmptyDatabase = {
  /** From another process. */
  readonly url: string;
  readonly open: () => Engine;
  readonly drop: () => Promise<void>;
};

const program = fileURLToPath(new URL('../support/killed-migration.ts', import.meta.url));

/** What the next version may do while nodes of this one go on: it adds, and takes nothing away. */
const further =
  "ALTER TABLE consents ADD COLUMN later text; ALTER TABLE artefacts ADD COLUMN later text DEFAULT 'x'; CREATE TABLE later_things (a text);";

export function describeBrokenUpgrade(create: () => Promise<EmptyDatabase>): void {
  describe('FT-18 an upgrade', () => {
    let database: EmptyDatabase;

    beforeAll(async () => {
      database = await create();
    });
    afterAll(async () => database.drop());

    it('that is killed leaves the database as it was, wherever it was killed, and goes through the next time', async () => {
      const engine = database.open();
      const known = readMigrations(engine.dialect);
      for (const steps of [2, known.length, 2 * known.length]) {
        const { signal } = spawnSync(process.execPath, [program, database.url, String(steps)]);
        expect([steps, signal, await findPendingMigrations(engine)]).toEqual([steps, 'SIGKILL', known.map(({ name }) => name)]);
      }
      expect(await migrate(engine, systemClock)).toEqual(known.map(({ name }) => name));
      const storage = createStorage(engine);
      expect([await storage.checkStart(), await storage.health.findDamage('full')]).toEqual([[], []]);
      await storage.close();
    });

    it('that adds lets a node of this version go on, and no node of this version start on what it does not know', async () => {
      const [engine, newer] = [database.open(), database.open()];
      const storage = createStorage(engine);
      await storage.migrate(systemClock);
      const grant = await createGrant(storage);
      const known = readMigrations(engine.dialect);
      const number = known.length + 1;
      const next = { number, name: `${String(number).padStart(4, '0')}-later.sql`, hash: 'later', sql: further };
      expect(await migrate(newer, systemClock, [...known, next])).toEqual([next.name]);
      await newer.close();
      const [token, other] = [createToken(grant), createArtefact()];
      expect(await storage.engine.commit([saveArtefact(token), saveArtefact(other)], now)).toEqual({ ok: true });
      expect(await storage.engine.findArtefact('AccessToken', token.key, now)).toBeDefined();
      await createGrant(storage);
      expect(await storage.health.hasMigrations()).toBe(true);
      const faults = await storage.checkStart().catch((fault: unknown) => [String(fault)]);
      expect(JSON.stringify(faults)).toContain('which this version does not know');
      await storage.close();
    });
  });
}
