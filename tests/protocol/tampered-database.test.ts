// Somebody with the database in their hands changes it behind the product's back, with every guard of the database taken away.
// The verification names the entry for each byte of each stored field, for each deletion, insertion and swap, and for a tail that is cut.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogSigner } from '../../src/domain/ledger/checkpoint.ts';
import type { LogFault } from '../../src/domain/ledger/log-report.ts';
import { toVerifier } from '../../src/domain/ledger/signed-note.ts';
import { verifyLog } from '../../src/domain/ledger/verify-log.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { readLog } from '../support/read-log.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createEnrolled, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const entryFields = ['id', 'type', 'service', 'purpose', 'attributes', 'body', 'commitment', 'leaf_hash'] as const;
const secretFields = ['person_ref', 'salt'] as const;

describe('a log in a database that somebody changed', () => {
  let world: World;
  let database: OpenDatabase;
  let victim: number;

  beforeAll(async () => {
    world = await createWorld();
    const traveller = await createEnrolled(world);
    const tokens = await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await fetchUserInfo(world.issuer, tokens.body['access_token']);
    await obtainTokens(traveller, 'clinic');
    await withdraw(traveller, 'permit');
    const entries = await readLog(world);
    victim = entries.findIndex((entry) => entry.type === 'data.released');
    database = openWorldDatabase(world);
    const guards = database.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
    database.run(`PRAGMA foreign_keys = OFF; ${guards.map((guard) => `DROP TRIGGER ${String(guard['name'])};`).join(' ')}`);
  });

  afterAll(async () => {
    database.close();
    await world.close();
  });

  async function findFaults(kept: readonly string[] = []): Promise<readonly LogFault[]> {
    const signer = createLogSigner(world.issuer, world.keys.checkpoint.privateKey);
    return (await verifyLog({ store: world.storage.ledger, trusted: [toVerifier(signer)] }, { kept })).faults;
  }

  /** What the verification says while the change stands; the change is undone afterwards. */
  async function during(change: string, undo: string, kept: readonly string[] = []): Promise<readonly LogFault[]> {
    database.run(change);
    try {
      return await findFaults(kept);
    } finally {
      database.run(undo);
    }
  }

  const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

  function readField(table: 'entries' | 'entry_secrets', field: string): { readonly text: string; readonly where: string } {
    const where = table === 'entries' ? `log_index = ${victim}` : `entry_id = (SELECT id FROM entries WHERE log_index = ${victim})`;
    return { text: String(database.rows(`SELECT ${field} AS value FROM ${table} WHERE ${where}`)[0]?.['value']), where };
  }

  async function countUnnamed(table: 'entries' | 'entry_secrets', field: string): Promise<number> {
    const { text, where } = readField(table, field);
    let unnamed = 0;
    for (let at = 0; at < text.length; at += 1) {
      const other = text[at] === 'A' ? 'B' : 'A';
      const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
      const set = (value: string): string => `UPDATE ${table} SET ${field} = ${quote(value)} WHERE ${where}`;
      const faults = await during(set(changed), set(text));
      unnamed += faults.some((fault) => fault.index === victim) ? 0 : 1;
    }
    return text.length > 0 ? unnamed : -1;
  }

  it('has no fault before anything is changed, and a release to change', async () => {
    expect(await findFaults()).toEqual([]);
    expect(victim).toBeGreaterThan(0);
  });

  it.each(entryFields)('names the entry for every byte of its %s', async (field) => {
    expect(await countUnnamed('entries', field)).toBe(0);
  });

  it.each(secretFields)('names the entry for every byte of its %s', async (field) => {
    expect(await countUnnamed('entry_secrets', field)).toBe(0);
  });

  it('names the entry whose time was moved', async () => {
    const at = Number(database.rows(`SELECT at FROM entries WHERE log_index = ${victim}`)[0]?.['at']);
    const set = (value: number): string => `UPDATE entries SET at = ${value} WHERE log_index = ${victim}`;
    expect((await during(set(at + 1), set(at))).map((fault) => fault.index)).toContain(victim);
  });

  it('names the place of a deleted entry', async () => {
    const copy = `CREATE TABLE kept AS SELECT * FROM entries WHERE log_index = ${victim}; DELETE FROM entries WHERE log_index = ${victim}`;
    const faults = await during(copy, 'INSERT INTO entries SELECT * FROM kept; DROP TABLE kept');
    expect(faults.map((fault) => fault.index)).toContain(victim);
  });

  it('names both of two swapped entries', async () => {
    const swap = `UPDATE entries SET log_index = -1 WHERE log_index = ${victim};
      UPDATE entries SET log_index = ${victim} WHERE log_index = ${victim + 1}; UPDATE entries SET log_index = ${victim + 1} WHERE log_index = -1`;
    const places = (await during(swap, swap)).map((fault) => fault.index);
    expect(places).toEqual(expect.arrayContaining([victim, victim + 1]));
  });

  it('names an entry that was inserted behind the last one, and one in the middle', async () => {
    const size = Number(database.rows('SELECT count(*) AS n FROM entries')[0]?.['n']);
    const insertAt = (index: number): string =>
      `INSERT INTO entries (id, type, at, service, purpose, attributes, body, commitment, log_index, leaf_hash)
       SELECT 'inserted', type, at, service, purpose, attributes, body, commitment, ${index}, leaf_hash FROM entries WHERE log_index = 0`;
    const remove = "DELETE FROM entries WHERE id = 'inserted'";
    expect((await during(insertAt(size), remove)).map((fault) => fault.index)).toContain(size);
    const shift = (by: number): string =>
      `UPDATE entries SET log_index = -2 - log_index WHERE log_index >= ${by > 0 ? victim : victim + 1}; UPDATE entries SET log_index = -2 - log_index + ${by} WHERE log_index < 0`;
    const faults = await during(`${shift(1)}; ${insertAt(victim)}`, `${remove}; ${shift(-1)}`);
    expect(faults.map((fault) => fault.index)).toContain(victim);
    expect(await findFaults()).toEqual([]);
  });

  it('says that the tail is missing below a kept checkpoint, also when the checkpoints above were removed with it', async () => {
    const kept = String(database.rows('SELECT text FROM checkpoints ORDER BY size DESC LIMIT 1')[0]?.['text']);
    const earlier = Number(database.rows(`SELECT max(size) AS size FROM checkpoints WHERE size <= ${victim}`)[0]?.['size']);
    const cut = `CREATE TABLE kept_entries AS SELECT * FROM entries WHERE log_index >= ${earlier}; DELETE FROM entries WHERE log_index >= ${earlier};
      CREATE TABLE kept_checkpoints AS SELECT * FROM checkpoints WHERE size > ${earlier}; DELETE FROM checkpoints WHERE size > ${earlier}`;
    const undo = `INSERT INTO entries SELECT * FROM kept_entries; INSERT INTO checkpoints SELECT * FROM kept_checkpoints;
      DROP TABLE kept_entries; DROP TABLE kept_checkpoints`;
    const faults = await during(cut, undo, [kept]);
    expect(faults.map((fault) => fault.code)).toContain('tail-missing');
    expect(await findFaults([kept])).toEqual([]);
  });
});
