// How a database becomes what the code expects, and what is refused on the way.

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { Engine } from '../../src/storage/engine.ts';
import { findPendingMigrations, migrate, readMigrations } from '../../src/storage/migrate.ts';
import type { Migration } from '../../src/storage/migrate.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createAgency, createEvent, createService, noChanges } from '../support/store-samples.ts';

const createMigration = (number: number, sql: string): Migration => {
  const name = `${String(number).padStart(4, '0')}-more.sql`;
  return { number, name, hash: createHash('sha256').update(sql).digest('hex'), sql };
};

export function describeMigrations(get: () => OpenedDatabase): void {
  const known = (): readonly Migration[] => readMigrations(get().engine.dialect);
  const run = async (files: readonly Migration[], engine: Engine = get().engine): Promise<readonly string[]> =>
    migrate(engine, systemClock, files);

  describe('migrations', () => {
    it('are applied once and then there is nothing left to apply', async () => {
      expect(await get().storage.findPendingMigrations()).toEqual([]);
      expect(await run(known())).toEqual([]);
    });

    it('are applied by one of several that try at once', async () => {
      const number = known().length + 1;
      const files = [...known(), createMigration(number, 'CREATE TABLE more_once (a text);')];
      expect(await findPendingMigrations(get().engine, files)).toEqual([files.at(-1)?.name]);
      const runs = await Promise.all(Array.from({ length: 4 }, async () => run(files)));
      expect(runs.flat()).toEqual([files.at(-1)?.name]);
      await get().engine.atomic(function* () {
        yield { text: 'DROP TABLE more_once', values: [] };
        yield { text: 'DELETE FROM migrations WHERE number = ?', values: [number] };
      });
    });

    it('leave nothing of a run in which one fails', async () => {
      const next = known().length + 1;
      const files = [...known(), createMigration(next, 'CREATE TABLE more_half (a text);'), createMigration(next + 1, 'CREATE NONSENSE;')];
      await expect(run(files)).rejects.toMatchObject({ code: 'store/unavailable' });
      expect(await run([...known(), createMigration(next, 'CREATE TABLE more_half (a text); DROP TABLE more_half;')])).toHaveLength(1);
      await get().engine.atomic(function* () {
        yield { text: 'DELETE FROM migrations WHERE number = ?', values: [next] };
      });
    });

    it('give each service that was there before versions were kept its first one, by its last entry', async () => {
      const { engine, storage, append } = get();
      const agency = createAgency();
      const [told, silent] = [createService(agency.id, { metadata: { a: 1, client_secret_sha256: 'digest' } }), createService(agency.id)];
      await storage.agencies.saveChanges({ ...noChanges, agencies: [agency], services: [told, silent] });
      const change = { type: 'service.changed', personRef: null, actor: { kind: 'operator', ref: null } } as const;
      const [early, last] = [
        createEvent('service.changed', { service: told.clientId }),
        sealEvent({ clock: systemClock, random: systemRandom }, { ...change, service: told.clientId, payload: { submission: 'agreed' } }),
      ];
      await append([early, last]);
      await engine.atomic(function* () {
        yield { text: 'DROP TABLE service_versions', values: [] };
        yield { text: 'ALTER TABLE services DROP COLUMN version', values: [] };
      });
      const number = known().length + 1;
      const again = known().find(({ name }) => name.endsWith('-service-versions.sql'));
      expect(await run([...known(), createMigration(number, again?.sql ?? '')])).toHaveLength(1);
      await engine.atomic(function* () {
        yield { text: 'DELETE FROM migrations WHERE number = ?', values: [number] };
      });
      const read = async (clientId: string) => storage.agencies.listServiceVersions(clientId);
      const origin = { version: 1, since: last.at, entryId: last.id, submissionId: 'agreed' };
      const { status: _status, ...registered } = { ...told, metadata: { a: 1 } };
      expect(await read(told.clientId)).toEqual([{ ...registered, ...origin }]);
      expect(await read(silent.clientId)).toMatchObject([{ version: 1, since: null, entryId: null, submissionId: null }]);
    });

    it('are refused when an applied file was changed, is missing or is unknown, and the start check says so', async () => {
      const [first, ...rest] = known();
      const changed = { ...createMigration(1, 'SELECT 1;'), name: first?.name ?? '' };
      for (const files of [[changed, ...rest], [], [createMigration(2, 'SELECT 1;')]]) {
        await expect(run(files)).rejects.toMatchObject({ code: 'store/unavailable' });
        await expect(findPendingMigrations(get().engine, files)).rejects.toMatchObject({ code: 'store/unavailable' });
      }
      expect(await run(known())).toEqual([]);
    });
  });
}
