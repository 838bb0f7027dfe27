// The whole log, verified each night by one node of all: what came of it is kept, also that a row was changed.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDueNight } from '../../src/domain/ledger/whole-verification.ts';
import { toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import { toHeldSigners } from '../../src/cli/sequence-log.ts';
import { createNightly } from '../../src/nightly.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { damageDatabase } from '../support/damage-database.ts';
import { createInstallation, createUpkeepFolder } from '../support/upkeep-world.ts';
import type { Installation } from '../support/upkeep-world.ts';

const at = (text: string): number => Date.parse(text);

describe('the whole log each night', () => {
  const folder = createUpkeepFolder();
  let installation: Installation;
  const lines: string[] = [];
  const night = async (now: string, verifyHour: number | null = 1, before: () => void = () => undefined): Promise<void> =>
    installation.use(async (parts) => {
      before();
      const held = toHeldSigners(parts).map((signer) => toVerifierText(toVerifier(signer)));
      const log = createLog('info', { write: (line) => lines.push(line) });
      const config = { ...parts.config, verifyHour };
      await createNightly({ ...parts, config, clock: { now: () => at(now) }, log, held, findKept: async () => [] }).look();
    });
  const list = async () => installation.use(async ({ storage }) => storage.verifications.listVerifications(10));

  beforeAll(async () => {
    installation = await createInstallation({ folder: folder.path, issuer: 'http://localhost:4101' });
    await installation.grow(5);
  });
  afterAll(() => folder.remove());

  test('is due from its hour on, for four hours, also past midnight', () => {
    const due = ['00:59', '01:00', '04:59', '05:00'].map((time) => findDueNight(at(`2026-05-02T${time}:00Z`), 1));
    expect(due).toEqual([undefined, '2026-05-02', '2026-05-02', undefined]);
    expect(findDueNight(at('2026-05-02T00:30:00Z'), 23)).toBe('2026-05-01');
  });

  test('is verified once, and never by itself where that is off', async () => {
    await night('2026-05-02T01:30:00Z', null);
    expect(await list()).toEqual([]);
    await night('2026-05-02T01:30:00Z');
    await installation.grow(2);
    await night('2026-05-02T02:30:00Z');
    expect(await list()).toMatchObject([{ night: '2026-05-02', size: 5, faults: 0, firstFault: null }]);
    expect(lines.join('')).toContain('whole log verified');
  });

  test('is said not to be whole after somebody changed a row', async () => {
    damageDatabase(installation.databaseFile, "UPDATE entries SET body = replace(body, 'operator', 'citizenx') WHERE log_index = 2", [
      'entries_update',
    ]);
    await night('2026-05-03T01:00:00Z');
    const [newest] = await list();
    expect(newest).toMatchObject({ night: '2026-05-03', size: 7 });
    expect(newest?.faults).toBeGreaterThan(0);
    expect(lines.join('')).toContain('the log is not whole');
  });

  test('is left to another node by one that stops before its thread began', async () => {
    await installation.use(async (parts) => {
      const asked = Promise.withResolvers<undefined>();
      const told = Promise.withResolvers<readonly string[]>();
      const findKept = async (): Promise<readonly string[]> => {
        asked.resolve(undefined);
        return told.promise;
      };
      const log = createLog('info', { write: () => undefined });
      const clock = { now: () => at('2026-05-05T01:00:00Z') };
      const nightly = createNightly({ ...parts, config: { ...parts.config, verifyHour: 1 }, clock, log, held: [], findKept });
      const looked = nightly.look();
      await asked.promise;
      const stopped = nightly.stop();
      told.resolve([]);
      await Promise.all([looked, stopped]);
    });
    expect(await list()).not.toContainEqual(expect.objectContaining({ night: '2026-05-05' }));
  });

  test('is said not to be whole where no key leads to its heads any more, and not left open', async () => {
    const garble = "INSERT INTO log_key_changes (place, size, statement, at) VALUES (1, 1, 'none', 1)";
    await night('2026-05-06T01:00:00Z', 1, () => damageDatabase(installation.databaseFile, garble, []));
    damageDatabase(installation.databaseFile, 'DELETE FROM log_key_changes', ['log_key_changes_delete']);
    expect((await list())[0]).toMatchObject({ night: '2026-05-06', size: 7, faults: 1, firstFault: 'ledger/broken' });
  });
});
