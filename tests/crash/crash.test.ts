// Thirty seeds of the crash harness, for every run of the tests: `npm run crash` runs thousands of them. And the database as it must not be, to see that the checker sees it.

import { closeSync, copyFileSync, existsSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { damageDatabase } from '../support/damage-database.ts';
import { reportNotCollected } from '../support/not-collected.ts';
import { runBlock } from './block.ts';
import { toPlan, traced } from './plan.ts';
import { findTracerFault } from './processes.ts';
import { findStoreFaults, look } from './rows.ts';
import type { StoreFaults } from './rows.ts';
import type { Result } from './run-seed.ts';
import { createCrashWorld } from './world.ts';
import type { CrashWorld } from './world.ts';

const tracerFault = findTracerFault();
if (tracerFault !== undefined) {
  reportNotCollected('crash seeds with a failing, full, slow or powerless disk (FT-02, FT-03, FT-04)', tracerFault);
}
const lacking = tracerFault === undefined ? new Set<never>() : traced;
const seeds = Array.from({ length: 30 }, (_, place) => place + 1);

describe('an installation whose process dies thirty times', () => {
  let world: CrashWorld;
  const results: Result[] = [];

  beforeAll(async () => {
    world = await createCrashWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  test('FT-01 FT-02 FT-03 FT-04: keeps what it acknowledged, and does nothing twice, wherever it was killed and whatever its disk did', async () => {
    const plans = seeds.map((seed) => toPlan(seed, 'sqlite', lacking));
    const left = await runBlock(world, plans, (result) => results.push(result));
    const broken = results
      .filter(({ violations }) => violations.length > 0)
      .map(({ seed, kind, violations }) => ({ seed, kind, violations }));
    expect([broken, left]).toEqual([[], []]);
    expect(results.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBeGreaterThan(200);
    expect(results.filter(({ isMet }) => isMet).length).toBeGreaterThan(20);
    // Sixty starts of a process on a machine that may be busy with others.
  }, 600_000);

  describe('is seen to be broken', () => {
    const copy = (): string => {
      const file = join(world.folder, `${crypto.randomUUID()}.db`);
      copyFileSync(world.file, file);
      if (existsSync(`${world.file}-wal`)) {
        copyFileSync(`${world.file}-wal`, `${file}-wal`);
      }
      return file;
    };
    const find = async (file: string): Promise<StoreFaults> =>
      look({ store: 'sqlite', file, url: '' }, async (ask) => findStoreFaults({ store: 'sqlite', file, url: '' }, ask));

    /** Past every trigger that would refuse it. */
    async function findAfter(script: string): Promise<StoreFaults> {
      const file = copy();
      const database = new Database(file);
      const triggers = database.prepare<[], { readonly name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'").all();
      database.close();
      damageDatabase(
        file,
        `PRAGMA foreign_keys=OFF; ${script}`,
        triggers.map(({ name }) => name),
      );
      return find(file);
    }

    it('I2, I7, I9: in nothing while nobody touched it', async () => {
      expect(await find(copy())).toEqual({ consents: [], keys: [], integrity: [] });
    });

    it('I2: by a consent whose entry is gone, and by an entry whose consent is gone', async () => {
      const withoutEntry = await findAfter("DELETE FROM entries WHERE type = 'consent.given'");
      expect(withoutEntry.consents.some((fault) => fault.startsWith('a version of a consent without'))).toBe(true);
      const withoutVersion = await findAfter('DELETE FROM consent_versions WHERE version = 1');
      expect(withoutVersion.consents.some((fault) => fault.startsWith('an entry of a decision without'))).toBe(true);
    });

    it('I7: by two active keys of one algorithm', async () => {
      const { keys } = await findAfter('UPDATE token_keys SET active_at = staged_at WHERE active_at IS NULL AND ended_at IS NULL');
      expect(keys.length).toBeGreaterThan(0);
    });

    it('I9: by a row that refers to nothing, and by a page that is not one', async () => {
      const { integrity } = await findAfter('DELETE FROM people');
      expect(integrity.some((fault) => fault.endsWith('refers to nothing'))).toBe(true);
      const file = copy();
      const database = new Database(file);
      const { n: root = 0 } =
        database.prepare<[], { readonly n: number }>("SELECT rootpage AS n FROM sqlite_master WHERE name = 'entries'").get() ?? {};
      database.close();
      const handle = openSync(file, 'r+');
      writeSync(handle, Buffer.alloc(4096, 7), 0, 4096, (root - 1) * 4096);
      closeSync(handle);
      const found = await find(file).catch((error: unknown) => ({ integrity: [String(error)] }));
      expect(found.integrity.length).toBeGreaterThan(0);
    });
  });
});
