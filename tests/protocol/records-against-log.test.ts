// Somebody with the database in their hands changes what decides about releases, and leaves the log alone: the log says so, by the id of the record.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyRecords } from '../../src/domain/consent/verify-records.ts';
import { runCommand } from '../support/command.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createEnrolledPerson, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const reportSchema = z.object({
  valid: z.boolean(),
  faults: z.array(z.unknown()),
  records: z.object({ compared: z.int(), faults: z.array(z.unknown()) }),
});

describe('records held against the log', () => {
  let world: World;
  let database: OpenDatabase;
  let permit: string;
  let clinic: string;

  beforeAll(async () => {
    world = await createWorld();
    const { traveller, person } = await createEnrolledPerson(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await withdraw(traveller, 'permit');
    await obtainTokens(traveller, 'permit');
    await obtainTokens(traveller, 'clinic');
    const records = await world.storage.consents.listConsents(person.id);
    permit = records.find(({ clientId }) => clientId === 'mol-work-permit')?.id ?? '';
    clinic = records.find(({ clientId }) => clientId === 'moh-clinic')?.id ?? '';
    database = openWorldDatabase(world);
    const guards = database.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
    database.run(`PRAGMA foreign_keys = OFF; ${guards.map((guard) => `DROP TRIGGER ${String(guard['name'])};`).join(' ')}`);
    database.run(
      'CREATE TABLE kept_consents AS SELECT * FROM consents; CREATE TABLE kept_versions AS SELECT * FROM consent_versions; CREATE TABLE kept_entries AS SELECT * FROM entries',
    );
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const undo = `DELETE FROM consents; INSERT INTO consents SELECT * FROM kept_consents; DELETE FROM consent_versions;
    INSERT INTO consent_versions SELECT * FROM kept_versions; DELETE FROM entries; INSERT INTO entries SELECT * FROM kept_entries`;

  /** What is found while the change stands. */
  async function during(change: string): Promise<readonly string[]> {
    database.run(change);
    try {
      const { faults } = await verifyRecords({ consents: world.storage.consents });
      return faults.map(({ code, detail, record }) => `${record === permit ? 'permit' : record} ${code} ${detail}`);
    } finally {
      database.run(undo);
    }
  }

  test('are what it says, before anything is changed', async () => {
    expect(await verifyRecords({ consents: world.storage.consents })).toEqual({ compared: 2, faults: [], isCut: false });
  });

  test.each([
    ["consents SET state = 'given', expires_at = 4102444800000", 'expiresAt'],
    ["consents SET state = 'paused'", 'state'],
    ['consents SET purpose_version = 9', 'purposeVersion'],
    ["consents SET person_kind = 'visitor'", 'personKind'],
    ["consents SET level = 'high'", 'level'],
    ['consents SET is_offline = 1', 'isOffline'],
    ["consents SET client_id = 'moh-clinic'", 'clientId'],
    ["consents SET attributes = replace(attributes, 'declined', 'granted')", 'attributes'],
  ])('differ by name when %s', async (change, member) => {
    expect(await during(`UPDATE ${change} WHERE id = '${permit}'`)).toEqual([`permit record-differs ${member}`]);
  });

  test('differ by version when a kept version, a receipt or the number of versions was changed', async () => {
    const where = `WHERE consent_id = '${permit}' AND version = 2`;
    expect(await during(`UPDATE consent_versions SET state = 'given' ${where}`)).toEqual(['permit version-differs version 2: state']);
    expect(await during(`UPDATE consent_versions SET jws = jws || 'A' ${where}`)).toEqual(['permit receipt-differs version 2']);
    expect(await during(`UPDATE consents SET version = 2 WHERE id = '${permit}'`)).toEqual([
      'permit version-missing the record is at version 2, 3 are kept',
    ]);
    expect(await during(`DELETE FROM consent_versions WHERE consent_id = '${permit}' AND version = 3`)).toEqual([
      'permit version-missing the record is at version 3, 2 are kept',
    ]);
    expect(await during(`DELETE FROM entries WHERE id = (SELECT event_id FROM consent_versions ${where})`)).toEqual([
      'permit entry-missing version 2',
    ]);
    expect(await during(`DELETE FROM consent_versions ${where}`)).toEqual([
      'permit does-not-follow version 2 does not follow from the entries before it',
    ]);
  });

  test('are compared by the command, which ends with 1, names the record and says no value', async () => {
    const verify = async (...more: readonly string[]) =>
      runCommand(['audit', 'verify', ...more, '--config', join(world.folder, 'node', 'huwiya.env')]);
    const honest = await verify();
    expect([honest.code, honest.stdout]).toEqual([0, expect.stringContaining('2 records are what the log says')]);
    database.run(`UPDATE consents SET expires_at = 4102444800000 WHERE id = '${clinic}'`);
    const found = await verify();
    const json = await verify('--json');
    database.run(undo);
    expect([found.code, json.code]).toEqual([1, 1]);
    expect(found.stderr).toContain(`fault record ${clinic}: record-differs. The record differs from what its entries come to. expiresAt`);
    expect(found.stdout).toContain('the log is whole');
    expect(`${found.stdout}${found.stderr}${json.stdout}`).not.toMatch(/4102444800000|sara@|1000000008/);
    expect(reportSchema.parse(JSON.parse(json.stdout))).toEqual({
      valid: false,
      faults: [],
      records: { compared: 2, faults: [{ record: clinic, code: 'record-differs', detail: 'expiresAt' }] },
    });
  });
});
