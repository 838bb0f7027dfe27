// A backup is worth what a restore makes of it: everything, or a refusal that says why and changes nothing (FT-19, FT-20, AL-24).

import { copyFileSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { openBackup } from '../../../src/cli/backup/open-backup.ts';
import { runAuditVerify } from '../../../src/cli/audit-verify.ts';
import { parseCheckpoint } from '../../../src/domain/ledger/checkpoint.ts';
import { toVerifier } from '../../../src/domain/ledger/signed-note.ts';
import { toLogSigner } from '../../../src/cli/sequence-log.ts';
import type { RestoreOptions } from '../../../src/cli/restore.ts';
import { readTables } from '../../../src/storage/read-tables.ts';
import { openSnapshot } from '../../../src/storage/backup-source.ts';
import { damageDatabase } from '../../support/damage-database.ts';
import { isFoundIn } from '../../support/find-secret.ts';
import { createInstallation, createPlaceLike, createUpkeepFolder, nameDatabase } from '../../support/upkeep-world.ts';
import type { Installation, Said } from '../../support/upkeep-world.ts';

const issuer = 'http://localhost:4159';

describe('backup and restore', () => {
  const place = createUpkeepFolder();
  let own: Installation;
  /** Of a log with six entries: five, and the one that tells of the backup. */
  let good: string;
  let before: string;
  let after: string;
  let made: Said;
  let count = 0;

  /** The settings and keys of the installation in a new folder, without a database. */
  function createEmptyPlace(): Installation {
    return createPlaceLike(own, { folder: join(place.path, `place-${(count += 1)}`), issuer, database: 'sqlite:./huwiya.db' });
  }

  /** Every file of a folder with its bytes. */
  const look = (folder: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((name) => name !== 'keys')
        .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
    );

  const sizeOf = async (at: Installation): Promise<number> =>
    at.use(async ({ storage }) => (await storage.ledger.findCheckpoint())?.size ?? 0);

  const typesOf = async (at: Installation): Promise<readonly string[]> =>
    at.use(async ({ storage }) => (await storage.ledger.readEntries(0, 1000)).map(({ type }) => type));

  beforeAll(async () => {
    own = await createInstallation({ folder: join(place.path, 'own'), issuer });
    before = await own.grow(5);
    good = join(place.path, 'good.backup');
    made = await own.backup(good);
    after = await own.grow(3);
  });

  afterAll(() => {
    place.remove();
  });

  it('writes one file for its owner only, with its own entry in it, and leaves nothing else behind', async () => {
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(statSync(good).mode & 0o777).toBe(0o600);
    expect(readdirSync(place.path).filter((name) => name.includes('good'))).toEqual(['good.backup']);
    expect(await own.backup(good)).toMatchObject({ code: 1, err: expect.stringContaining('never overwritten') });
    expect((await typesOf(own)).filter((type) => type === 'backup.created')).toHaveLength(1);
  });

  it('shows whose it is and how far it goes, and nothing of what it holds', async () => {
    const bytes = readFileSync(good);
    const manifest: unknown = JSON.parse(bytes.subarray(0, bytes.indexOf('\n')).toString('utf8'));
    expect(manifest).toMatchObject({ format: 'huwiya-backup/1', issuer, dialect: 'sqlite', size: 6, pending: 0 });
    expect(isFoundIn(bytes, 'export.created')).toBe(false);
    const keys = readdirSync(join(own.folder, 'keys')).flatMap((name) => [
      ...readFileSync(join(own.folder, 'keys', name), 'utf8').matchAll(/"(?:d|encryption|lookup|key)": "([\w-]{40,})"/g),
    ]);
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.filter(([, secret]) => isFoundIn(bytes, secret ?? ''))).toEqual([]);
  });

  it('comes back whole in a new place, with the same rows, and the log says that it was restored', async () => {
    const fresh = createEmptyPlace();
    const done = await fresh.restore(good, { kept: [before] });
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(await sizeOf(fresh)).toBe(6);
    await fresh.use(async (parts) => {
      expect(await runAuditVerify(parts, { since: [before], json: false })).toBe(0);
    });
    expect(await typesOf(fresh)).toEqual([...Array.from({ length: 5 }, () => 'export.created'), 'backup.created', 'log.restored']);
    expect(readdirSync(fresh.folder).toSorted()).toEqual(['huwiya.db', 'huwiya.env', 'keys']);
    expect(statSync(fresh.databaseFile).mode & 0o077).toBe(0);
  });

  it('says when it was given nothing to compare with', async () => {
    const done = await createEmptyPlace().restore(good);
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining('whether entries are missing') });
  });

  it('signs nothing new by being restored, so that trying a backup contradicts nobody', async () => {
    const fresh = createEmptyPlace();
    await fresh.restore(good, { kept: [before] });
    await fresh.use(async (parts) => {
      const texts = (await parts.storage.ledger.readCheckpoints(-1, 100)).map(({ text }) => text);
      const there = await own.use(async ({ storage }) => (await storage.ledger.readCheckpoints(-1, 100)).map(({ text }) => text));
      expect(texts.filter((text) => !there.includes(text))).toEqual([]);
    });
  });

  describe('refuses, and changes nothing:', () => {
    let fresh: Installation;

    beforeEach(() => {
      fresh = createEmptyPlace();
    });

    async function attempt(file: string, asked: Partial<RestoreOptions> = {}): Promise<Said & { readonly isUntouched: boolean }> {
      const there = JSON.stringify(look(fresh.folder));
      const said = await fresh.restore(file, asked);
      return { ...said, isUntouched: JSON.stringify(look(fresh.folder)) === there };
    }

    const refusal = (reason: string): unknown => ({ code: 1, out: '', err: expect.stringContaining(reason), isUntouched: true });

    it.each([
      ['the first byte', () => 0],
      ['the issuer in the first line', (bytes: Buffer) => bytes.indexOf('"at":"2') + 8],
      ['the first sealed byte', (bytes: Buffer) => bytes.indexOf('\n') + 1],
      ['the middle', (bytes: Buffer) => Math.floor(bytes.length / 2)],
      ['the last sealed byte', (bytes: Buffer) => bytes.length - 17],
      ['the last byte', (bytes: Buffer) => bytes.length - 1],
    ])('a file in which %s was flipped', async (_where, find) => {
      const bytes = readFileSync(good);
      const at = find(bytes);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const file = join(place.path, 'flipped.backup');
      writeFileSync(file, bytes);
      expect(await attempt(file)).toEqual(refusal('flipped.backup '));
    });

    test('FT-20: a file with any bit flipped or cut off anywhere', async () => {
      const bytes = readFileSync(good);
      const file = join(place.path, 'any.backup');
      await own.use(async (parts) => {
        const isRefused = async (changed: Buffer): Promise<boolean> => {
          writeFileSync(file, changed);
          return !(await openBackup(parts, file)).ok;
        };
        const places = fc.integer({ min: 0, max: bytes.length - 1 });
        await fc.assert(
          fc.asyncProperty(places, fc.integer({ min: 0, max: 7 }), async (at, bit) => {
            const changed = Buffer.from(bytes);
            changed[at] = (changed[at] ?? 0) ^ (1 << bit);
            return (await isRefused(changed)) && isRefused(bytes.subarray(0, at));
          }),
          { numRuns: 100 },
        );
        expect(await isRefused(bytes)).toBe(false);
      });
    });

    it('a file that is none, or is not there', async () => {
      expect(await attempt(own.settingsFile)).toEqual(refusal('is no backup'));
      expect(await attempt(join(place.path, 'absent'))).toEqual(refusal('cannot be read'));
    });

    it('other keys, and another issuer', async () => {
      const other = await createInstallation({ folder: join(place.path, `other-${(count += 1)}`), issuer });
      copyFileSync(join(other.folder, 'keys', 'checkpoint-ed25519.json'), join(fresh.folder, 'keys', 'checkpoint-ed25519.json'));
      expect(await attempt(good)).toEqual(refusal('is not the key that signs the log'));
      copyFileSync(join(other.folder, 'keys', 'data.json'), join(fresh.folder, 'keys', 'data.json'));
      expect(await attempt(good)).toEqual(refusal('another encryption key'));
      fresh = createEmptyPlace();
      nameDatabase(fresh.settingsFile, 'http://localhost:4158', 'sqlite:./huwiya.db');
      expect(await attempt(good)).toEqual(refusal('is not the issuer'));
    });

    it('a backup of a later version', async () => {
      const bytes = readFileSync(good);
      const end = bytes.indexOf('\n');
      const manifest: unknown = JSON.parse(bytes.subarray(0, end).toString('utf8'));
      const later = { ...Object(manifest), version: '9.0.0', migration: { number: 999, name: '0999-later.sql' } };
      const file = join(place.path, 'later.backup');
      writeFileSync(file, Buffer.concat([Buffer.from(JSON.stringify(later)), bytes.subarray(end)]));
      expect(await attempt(file)).toEqual(refusal('written by version 9.0.0'));
    });

    it('a backup that is behind a checkpoint that was kept', async () => {
      expect(await attempt(good, { kept: [before, after] })).toEqual(refusal('3 would be lost'));
    });

    it('a checkpoint of another log, or a file that is none', async () => {
      const other = await createInstallation({ folder: join(place.path, `other-${(count += 1)}`), issuer });
      expect(await attempt(good, { kept: [await other.grow(1)] })).toEqual(refusal('is not a checkpoint of this log'));
      expect(await attempt(good, { kept: [own.settingsFile] })).toEqual(refusal('is not a checkpoint of this log'));
      expect(await attempt(good, { kept: [join(place.path, 'absent')] })).toEqual(refusal('cannot be read'));
    });

    it('a place where there is a database', async () => {
      await fresh.restore(good);
      expect(await attempt(good)).toEqual(refusal('there is a database already'));
    });

    it('to replace a database that is ahead, that somebody has open, or that says nothing any more', async () => {
      await fresh.restore(good);
      await fresh.grow(4);
      const size = await sizeOf(fresh);
      expect(await fresh.restore(good, { mode: 'replace' })).toMatchObject({ code: 1, err: expect.stringContaining('would be lost') });
      expect(await sizeOf(fresh)).toBe(size);
      await fresh.use(async () => {
        expect(await fresh.restore(good, { mode: 'replace', acceptedLoss: 'test' })).toMatchObject({
          code: 1,
          err: expect.stringContaining('in use'),
        });
      });
      expect(await sizeOf(fresh)).toBe(size);
      writeFileSync(fresh.databaseFile, 'not a database any more, and longer than a hundred bytes: '.repeat(4));
      expect(await attempt(good, { mode: 'replace' })).toEqual(refusal('no longer says how far its log went'));
    });
  });

  it('refuses a backup whose log was changed before it was made, and makes none of a log that is broken', async () => {
    const changed = createEmptyPlace();
    await changed.restore(good);
    await changed.grow(1);
    damageDatabase(changed.databaseFile, "UPDATE entries SET type = 'session.ended' WHERE log_index = 2", ['entries_update']);
    const file = join(place.path, 'changed.backup');
    expect(await changed.backup(file)).toMatchObject({ code: 1, err: expect.stringContaining('column-mismatch at entry 2') });
    damageDatabase(changed.databaseFile, 'DELETE FROM checkpoints', ['checkpoints_delete']);
    expect(await changed.backup(file)).toMatchObject({ code: 1, err: expect.stringContaining('does not go on') });
    expect(readdirSync(place.path).filter((name) => name.startsWith('changed.backup'))).toEqual([]);
    expect(readdirSync(changed.folder).filter((name) => name.startsWith('huwiya-check-'))).toEqual([]);
  });

  it('replaces a database that it is not behind, and keeps the old one', async () => {
    const fresh = createEmptyPlace();
    await fresh.restore(good);
    await fresh.grow(2);
    const newer = join(place.path, 'newer.backup');
    await fresh.backup(newer);
    damageDatabase(fresh.databaseFile, 'DELETE FROM consents', []);
    const done = await fresh.restore(newer, { mode: 'replace' });
    expect(done).toMatchObject({ code: 0, err: '' });
    const aside = readdirSync(fresh.folder).find((name) => name.startsWith('huwiya.db.replaced-')) ?? '';
    renameSync(fresh.databaseFile, `${fresh.databaseFile}.new`);
    copyFileSync(join(fresh.folder, aside), fresh.databaseFile);
    expect(await sizeOf(fresh)).toBe(10);
  });

  test('AL-24: marks every place that is lost, and signs no size again that was signed before', async () => {
    const fresh = createEmptyPlace();
    const done = await fresh.restore(good, { kept: [after], acceptedLoss: 'the machine burnt down' });
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('3 entries are lost') });
    expect((await typesOf(fresh)).slice(5)).toEqual(['backup.created', 'log.lost', 'log.lost', 'log.lost', 'log.restored']);
    await fresh.use(async (parts) => {
      const sizes = (await parts.storage.ledger.readCheckpoints(-1, 100)).map(({ size }) => size);
      const last = parseCheckpoint(readFileSync(after, 'utf8'), [toVerifier(toLogSigner(parts))]);
      const given = last.ok ? last.value.size : 0;
      expect(given).toBe(9);
      expect(sizes.filter((size) => size > 6)).toEqual([given + 1]);
      const [entry] = await parts.storage.ledger.readEntries(given, given + 1);
      expect(JSON.parse(entry?.body ?? '{}')).toMatchObject({
        type: 'log.restored',
        reason: 'the machine burnt down',
        payload: { backup_size: 6, lost: 3, known: { size: 9 } },
      });
      expect(await runAuditVerify(parts, { since: [before], json: false })).toBe(0);
      expect(await runAuditVerify(parts, { since: [after], json: false })).toBe(1);
    });
    await fresh.grow(1);
    expect(await sizeOf(fresh)).toBe(11);
  });

  it('sees one moment, whatever is written meanwhile', async () => {
    await own.use(async (parts) => {
      const snapshot = await openSnapshot(parts.config.database);
      const size = await sizeOf(own);
      await own.grow(5);
      const rows: unknown[] = [];
      for (const { name, groups } of readTables(snapshot)) {
        for await (const group of groups) {
          rows.push(...(name === 'entries' ? group : []));
        }
      }
      await snapshot.close();
      expect(rows).toHaveLength(size);
    });
  });
});
