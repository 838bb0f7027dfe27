// An operator takes an evidence pack by the command, and somebody else checks it on a clean machine: a folder, Node, and nothing else.

import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCasePseudonyms } from '../../src/domain/audit/case-people.ts';
import { requireCaseByNumber } from '../../src/domain/audit/require-case.ts';
import { getValue } from '../../src/domain/kernel/errors.ts';
import { exitCodes } from '../../src/verifier/exit-codes.ts';
import { findZipFiles } from '../../src/verifier/pack-files.ts';
import { openCaseDesk } from '../support/audit-case.ts';
import { runCommand, runProgram, runProgramIn } from '../support/command.ts';
import type { Ended } from '../support/command.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { readLog } from '../support/read-log.ts';
import { createEnrolled, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('an evidence pack by the command', () => {
  let world: World;
  let database: OpenDatabase;
  let machine: string;
  let record: string;
  let person: string;

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    machine = await mkdtemp(join(tmpdir(), 'huwiya-court-'));
    const traveller = await createEnrolled(world);
    await obtainTokens(traveller, 'permit', { attributes: ['email'] });
    await withdraw(traveller, 'permit');
    await readLog(world);
    record = String(database.rows('SELECT id FROM consents')[0]?.['id']);
    await openCaseDesk(world, { number: '2026/17' });
    const { keys, storage } = world;
    const needs = { ...storage, clock: world.clock, dataKey: keys.data.encryption };
    const opened = getValue(await requireCaseByNumber(needs, '2026/17'));
    person = String(
      (await toCasePseudonyms(needs, opened, [String(database.rows('SELECT person_id FROM consents')[0]?.['person_id'])]))[0],
    );
  }, 60_000);

  afterAll(async () => {
    database.close();
    await rm(machine, { recursive: true });
    await world.close();
  });

  const take = (file: string, ...args: readonly string[]): Promise<Ended> => {
    const custody = ['--case', '2026/17', '--reason', 'a complaint', '--recipient', 'Court of Muscat'];
    return runCommand(['audit', 'pack', file, ...custody, ...args, '--config', join(world.folder, 'node', 'huwiya.env')]);
  };

  const unpack = async (file: string, folder: string): Promise<string> => {
    for (const [name, bytes] of findZipFiles(readFileSync(file)) ?? []) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
    return folder;
  };

  const countExports = (): number => Number(database.rows("SELECT count(*) AS n FROM entries WHERE type = 'export.created'")[0]?.['n']);

  it('is one entry that names the file by its digest, and verifies from its own folder with Node alone', async () => {
    const file = join(machine, 'pack.zip');
    const before = countExports();
    const taken = await take(file, '--record', record);
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    expect(countExports()).toBe(before + 1);
    const [entry] = database.rows("SELECT body FROM entries WHERE type = 'export.created' ORDER BY rowid DESC");
    const digest = hash('sha256', readFileSync(file), 'base64url');
    expect(JSON.parse(String(entry?.['body']))).toMatchObject({
      actor: { kind: 'operator', ref: null },
      payload: { what: 'pack', case: '2026/17', sha256: digest, query: { record } },
    });
    expect(String(entry?.['body'])).not.toContain('a complaint');
    const folder = await unpack(file, join(machine, 'pack'));
    const verified = await runProgram([join(folder, 'verify.mjs'), folder]);
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toContain('VALID');
    expect(verified.stdout).toContain('not proven');
    expect((await runProgram([join(folder, 'verify.mjs'), file])).code).toBe(0);
    // As the README of the pack says it.
    expect(await runProgramIn(folder, ['verify.mjs', '.'])).toMatchObject({ code: 0, stdout: verified.stdout });
    const notices = Array.from(findZipFiles(readFileSync(file)) ?? []).filter(([name]) => name.startsWith('notices/'));
    expect(notices.map(([, bytes]) => bytes.toString()).join()).toMatch(/\p{Script=Arabic}/u);
  });

  it('ends with a code of its own where a file was dropped or changed', async () => {
    const file = join(machine, 'spoilt.zip');
    await take(file, '--record', record, '--open', 'all');
    const folder = await unpack(file, join(machine, 'spoilt'));
    const verifier = join(folder, 'verify.mjs');
    expect((await runProgram([verifier, folder])).code).toBe(0);
    await writeFile(join(folder, 'more.txt'), 'more');
    expect((await runProgram([verifier, folder])).code).toBe(exitCodes['pack-files']);
    await rm(join(folder, 'more.txt'));
    await rm(join(folder, 'manifest.jws'));
    expect((await runProgram([verifier, folder])).code).toBe(exitCodes['pack-signature']);
  });

  it('is about one person of the case by their pseudonym there, and by nothing else', async () => {
    const file = join(machine, 'person.zip');
    expect(await take(file, '--person', person)).toMatchObject({ code: 0, stderr: '' });
    const files = new Map(findZipFiles(readFileSync(file)));
    expect(JSON.parse(files.get('manifest.json')?.toString() ?? '')).toMatchObject({ case: '2026/17', query: { person } });
    expect(files.get('entries.jsonl')?.toString()).toContain('consent.given');
    expect((await runProgram([join(machine, 'pack', 'verify.mjs'), file])).code).toBe(0);
  });

  it('takes nothing alone that two auditors have to agree on', async () => {
    const before = countExports();
    const file = join(machine, 'many.zip');
    const asked = ['--case', '2026/17', '--reason', 'a complaint', '--recipient', 'Court of Muscat', '--record', record];
    const config = ['--config', join(world.folder, 'node', 'huwiya.env')];
    const ended = await runCommand(['audit', 'pack', file, ...asked, ...config], { HUWIYA_AUDIT_EXPORT_ALONE: '1' });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('two auditors');
    expect(existsSync(file)).toBe(false);
    expect(countExports()).toBe(before);
  });

  it('takes nothing for a record or a service that nobody knows, or without saying what about', async () => {
    const before = countExports();
    const file = join(machine, 'none.zip');
    expect((await take(file, '--record', 'no-such-record')).code).toBe(1);
    expect((await take(file)).code).toBe(2);
    expect((await take(file, '--person', 'P-000000000000')).stderr).toContain('the case does not reach that far');
    expect((await take(file, '--record', record, '--case', '2026/99')).stderr).toContain('no case has this number');
    expect(existsSync(file)).toBe(false);
    expect(countExports()).toBe(before);
  });
});
