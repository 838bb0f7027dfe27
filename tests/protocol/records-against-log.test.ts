// Somebody with the database in their hands changes what decides about releases, or what auditors are shown, and leaves the log alone: the log says so.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { catchUp } from '../../src/domain/audit/catch-up.ts';
import { verifyFacts } from '../../src/domain/audit/verify-facts.ts';
import { verifyRecords } from '../../src/domain/consent/verify-records.ts';
import { runCommand } from '../support/command.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { readLog } from '../support/read-log.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createEnrolledPerson, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const reportSchema = z.object({
  valid: z.boolean(),
  faults: z.array(z.unknown()),
  records: z.object({ compared: z.int(), faults: z.array(z.unknown()) }),
  facts: z.object({ faults: z.array(z.unknown()) }),
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
      facts: { faults: [] },
    });
  });
});

describe('facts held against the log', () => {
  let world: World;
  let database: OpenDatabase;
  let release: number;
  const tables = ['audit_facts', 'audit_marks', 'audit_days', 'audit_terms'] as const;

  beforeAll(async () => {
    world = await createWorld();
    const { traveller } = await createEnrolledPerson(world);
    const tokens = await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await fetchUserInfo(world.issuer, tokens.body['access_token']);
    await withdraw(traveller, 'permit');
    await readLog(world);
    await catchUp(world.storage);
    database = openWorldDatabase(world);
    release = Number(database.rows("SELECT log_index FROM entries WHERE type = 'data.released'")[0]?.['log_index']);
    database.run(tables.map((table) => `CREATE TABLE kept_${table} AS SELECT * FROM ${table};`).join(' '));
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  const verify = async () => verifyFacts({ facts: world.storage.facts, total: 0 });

  async function during(change: string): Promise<readonly string[]> {
    database.run(change);
    try {
      const { faults } = await verify();
      return faults.map(({ code, detail, index }) => [index === release ? 'release' : index, code, detail].join(' ').trim());
    } finally {
      database.run(tables.map((table) => `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table};`).join(' '));
    }
  }

  const toTerm = (kind: string): string => `(SELECT min(id) FROM audit_terms WHERE kind = '${kind}')`;

  test('are what it says, before anything is changed', async () => {
    const entries = Number(database.rows('SELECT count(*) AS n FROM entries WHERE log_index IS NOT NULL')[0]?.['n']);
    const { compared, ...report } = await verify();
    expect(report).toEqual({ faults: [], isCut: false, isSettled: true });
    expect(compared).toBeGreaterThan(6);
    expect(compared).toBeLessThanOrEqual(entries);
  });

  test('name the first difference, whatever of them was changed', async () => {
    const where = `WHERE log_index = ${release}`;
    const type = "SELECT id FROM audit_terms WHERE kind = 'type' AND term = 'data.over_ask'";
    expect(await during(`UPDATE audit_facts SET at = at + 1, elapsed = 5 ${where}`)).toEqual(['release fact-differs at, elapsed']);
    expect(await during(`UPDATE audit_facts SET person = NULL ${where}`)).toEqual(['release fact-differs person']);
    expect(await during(`UPDATE audit_facts SET service = NULL, type = coalesce((${type}), 0) ${where}`)).toEqual([
      'release fact-differs type, service',
    ]);
    expect(await during(`DELETE FROM audit_facts ${where}`)).toEqual(['release fact-missing']);
    expect(
      await during(`DELETE FROM audit_marks ${where} AND term IN (SELECT id FROM audit_terms WHERE kind = 'attribute' AND term = 'email')`),
    ).toEqual(['release mark-missing attribute', 'marks-differ']);
  });

  test('show what was hidden or made up about an entry, and counts of days', async () => {
    const [day] = database.rows('SELECT min(day) AS day FROM audit_days');
    expect(await during(`INSERT INTO audit_marks (term, log_index) VALUES (${toTerm('language')}, ${release})`)).toEqual(['marks-differ']);
    const flaw = `INSERT INTO audit_terms (id, kind, term) SELECT max(id) + 1, 'flaw', 'after-withdrawal' FROM audit_terms; INSERT INTO audit_marks (term, log_index) VALUES (${toTerm('flaw')}, ${release})`;
    expect(await during(flaw)).toEqual(['release flaw-differs']);
    const at = new Date(Number(day?.['day']) * 86_400_000).toISOString().slice(0, 10);
    expect(await during('UPDATE audit_days SET n = n + 1 WHERE mark = 0')).toEqual([`days-differ ${at}`]);
    expect(await during('DELETE FROM audit_days')).toEqual([`days-differ ${at}`]);
    expect(await during('UPDATE audit_days SET n = n')).toEqual([]);
  });
});
