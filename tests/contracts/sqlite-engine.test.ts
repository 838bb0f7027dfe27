import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { createStorage } from '../../src/storage/open-storage.ts';
import { openSqliteReader } from '../../src/storage/sqlite-reader.ts';
import { isAtLeast, openSqlite } from '../../src/storage/sqlite.ts';
import { reportNotCollected } from '../support/not-collected.ts';
import { openDatabase } from '../support/opened-database.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createTestFolder } from '../support/sqlite-database.ts';
import { describeBrokenUpgrade } from './broken-upgrade.contract.ts';
import { createArtefact, createEvent, createGrant, createName, createToken, later, now, saveArtefact } from '../support/store-samples.ts';

const folder = createTestFolder();
afterAll(() => folder.remove());

const open = async (path: string): Promise<OpenedDatabase> => openDatabase(openSqlite(path), async () => undefined);

const insert = (key: string) => ({ text: 'INSERT INTO replays (key, expires_at) VALUES (?, ?)', values: [key, later] });

describeBrokenUpgrade(async () => {
  const path = folder.path('upgrade.db');
  return { url: `sqlite:${path}`, open: () => openSqlite(path), drop: async () => undefined };
});

describe('Durability of SQLite (M12, M13)', () => {
  it('is lost by a file that is opened again without a word about it', () => {
    const path = folder.path('naive.db');
    const read = (database: Database.Database): unknown => database.pragma('synchronous', { simple: true });
    const first = new Database(path);
    first.pragma('journal_mode=WAL');
    first.exec('CREATE TABLE a (b)');
    first.close();
    const second = new Database(path);
    expect(read(second)).toBe(1);
    second.close();
  });

  it('is full on every connection of ours, also on a file that was there before', async () => {
    const path = folder.path('full.db');
    for (const round of [1, 2, 3]) {
      const opened = await open(path);
      const rows = await opened.engine.read({ text: 'PRAGMA synchronous', values: [] });
      expect([round, rows]).toEqual([round, [{ synchronous: 2 }]]);
      expect(await opened.storage.checkStart()).toEqual([]);
      await opened.close();
    }
  });

  it('rests on a version without the fault in resetting its log', () => {
    const old = [3, 51, 3];
    const versions = ['3.51.2', '3.50.9', '2.99.0', '3.51.3', '3.51.10', '3.52.0', '4.0.0'];
    expect(versions.map((version) => isAtLeast(version, old))).toEqual([false, false, false, true, true, true, true]);
  });

  it('is in the file of its owner only', async () => {
    const path = folder.path('private.db');
    const opened = await open(path);
    expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o077)).toEqual([0, 0]);
    await opened.close();
  });
});

const worker = fileURLToPath(new URL('../support/fsync-worker.ts', import.meta.url));

function countSyncs(path: string, form: string): number | undefined {
  const trace = folder.path(`${form}.trace`);
  const { status } = spawnSync('strace', ['-f', '-e', 'trace=fsync,fdatasync', '-o', trace, process.execPath, worker, path, form]);
  return status === 0
    ? readFileSync(trace, 'utf8')
        .split('\n')
        .filter((line) => /f(?:data)?sync\(/.test(line)).length
    : undefined;
}

const tracePath = folder.path('traced.db');
await (await open(tracePath)).close();
const naive = countSyncs(tracePath, 'naive');

function describeSyncs(naiveCount: number): void {
  describe('Fifty commits on SQLite', () => {
    it('are each written to the disk before they are answered, which the naive connection does not do', () => {
      expect(naiveCount).toBeLessThan(50);
      expect(countSyncs(tracePath, 'ours')).toBeGreaterThanOrEqual(50);
    });
  });
}

if (naive === undefined) {
  reportNotCollected('the count of syncs to the disk', 'strace is not there or may not trace');
} else {
  describeSyncs(naive);
}

describe('A SQLite file', () => {
  it.each([
    ['in a folder that is not there', () => folder.path('none/a.db')],
    [
      'that is something else',
      () => {
        const path = folder.path('text.db');
        writeFileSync(path, 'This is a letter and not a database. '.repeat(100));
        return path;
      },
    ],
  ])('%s is a fault, and its path is not told', (_, place) => {
    const path = place();
    let fault: unknown;
    try {
      openSqlite(path);
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({ code: 'store/unavailable', detail: expect.not.stringContaining(path) });
  });

  it('that needs a migration is a fault of the start and names the command', async () => {
    const engine = openSqlite(folder.path('empty.db'));
    const storage = createStorage(engine);
    expect(await storage.checkStart()).toMatchObject([{ setting: 'HUWIYA_DATABASE', fix: expect.stringContaining('huwiya migrate') }]);
    await storage.close();
  });
});

describe('An act on SQLite (M19)', () => {
  it('loses a neighbour in the naive form: a transaction that awaits on the one connection', async () => {
    const database = new Database(':memory:');
    database.exec('CREATE TABLE acts (name text)');
    const act = async (): Promise<void> => {
      database.exec('BEGIN');
      database.exec("INSERT INTO acts VALUES ('refused')");
      await Promise.resolve();
      database.exec('ROLLBACK');
    };
    const neighbour = async (): Promise<string> => {
      database.exec("INSERT INTO acts VALUES ('acknowledged')");
      return 'acknowledged';
    };
    const [, answer] = await Promise.all([act(), neighbour()]);
    expect(answer).toBe('acknowledged');
    expect(database.prepare('SELECT name FROM acts').all()).toEqual([]);
    database.close();
  });

  it('cannot lose one in ours, whatever else is asked at the same time', async () => {
    const opened = await open(folder.path('neighbours.db'));
    const [refused, acknowledged] = [createName(), createName()];
    const results = await Promise.allSettled([
      opened.engine.atomic(function* () {
        yield insert(refused);
        throw new RangeError('refused');
      }),
      opened.engine.atomic(function* () {
        yield insert(acknowledged);
      }),
      opened.storage.engine.hasReplay(refused, now),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect([await opened.storage.engine.hasReplay(refused, now), await opened.storage.engine.hasReplay(acknowledged, now)]).toEqual([
      false,
      true,
    ]);
    await opened.close();
  });
});

describe('Commits on SQLite', () => {
  it('are two for a remembered sign-in, and fewer where several arrive together', async () => {
    const opened = await open(folder.path('commits.db'));
    const grant = await createGrant(opened.storage);
    const before = opened.storage.commits();
    const signIn = async (): Promise<void> => {
      const code = createToken(grant, { model: 'AuthorizationCode' });
      const entered = createEvent('service.entered');
      await opened.storage.engine.commit([saveArtefact(code), { kind: 'append-event', event: entered }], now);
      const write = { kind: 'consume', model: code.model, key: code.key, at: now } as const;
      expect(await opened.storage.engine.commit([write, saveArtefact(createToken(grant))], now)).toEqual({ ok: true });
    };
    await signIn();
    expect(opened.storage.commits() - before).toBe(2);
    await Promise.all(Array.from({ length: 50 }, signIn));
    expect(opened.storage.commits() - before).toBeLessThan(20);
    await opened.close();
  });

  it('that a full disk refuses are faults for everybody in them, and nothing is kept', async () => {
    const opened = await open(folder.path('full-disk.db'));
    const [row] = await opened.engine.read({ text: 'PRAGMA page_count', values: [] });
    await opened.engine.read({ text: `PRAGMA max_page_count = ${Number(row?.['page_count']) + 2}`, values: [] });
    const tokens = Array.from({ length: 40 }, () => createArtefact({ payload: 'x'.repeat(4000) }));
    const results = await Promise.allSettled(
      tokens.map(async (token) =>
        opened.storage.engine.commit([saveArtefact(token), { kind: 'append-event', event: createEvent('data.released') }], now),
      ),
    );
    const codes = results.map((result) => (result.status === 'rejected' ? String(result.reason.code) : 'kept'));
    expect(new Set(codes).difference(new Set(['kept', 'store/unavailable', 'ledger/unavailable'])).size).toBe(0);
    expect(codes).toContain('store/unavailable');
    const found = await Promise.all(tokens.map(async ({ key }) => opened.storage.engine.findArtefact('AccessToken', key, now)));
    expect(found.map((token) => token !== undefined)).toEqual(codes.map((code) => code === 'kept'));
    await opened.close();
  });

  it('are refused with evidence as the reason when the ledger cannot be written', async () => {
    const opened = await open(folder.path('no-ledger.db'));
    await opened.engine.atomic(function* () {
      yield { script: "CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'broken'); END" };
    });
    const token = createArtefact();
    const commit = opened.storage.engine.commit([saveArtefact(token), { kind: 'append-event', event: createEvent('data.released') }], now);
    await expect(commit).rejects.toMatchObject({ code: 'ledger/unavailable' });
    expect(await opened.storage.engine.findArtefact('AccessToken', token.key, now)).toBeUndefined();
    await opened.close();
  });

  it('FT-05 wait for a writer of another process once, and then give up with a fault', async () => {
    const path = folder.path('busy.db');
    const opened = await open(path);
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const refuse = async (): Promise<number> => {
      const begun = performance.now();
      await expect(opened.storage.engine.commit([saveArtefact(createArtefact())], now)).rejects.toMatchObject({
        code: 'store/unavailable',
      });
      return performance.now() - begun;
    };
    const first = await refuse();
    // Who comes next hears at once what the first one has found out, and the process is there for others.
    expect([await refuse(), await refuse()].map((took) => took < first / 2)).toEqual([true, true]);
    other.exec('ROLLBACK');
    other.close();
    expect(await opened.storage.engine.commit([saveArtefact(createArtefact())], now)).toEqual({ ok: true });
    await opened.close();
  });
});

/** Takes a second or more, and no row is ever seen of it. */
const longCount = {
  text: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000) SELECT count(*) AS n FROM n',
  values: [],
};

describe('Whoever reads a SQLite database for long', () => {
  it('RX-09 keeps nobody waiting who writes, because it is read beside them', async () => {
    const path = folder.path('beside.db');
    const opened = await open(path);
    const reader = openSqliteReader(path);
    expect(await reader.read({ text: 'SELECT 1 AS one', values: [] })).toEqual([{ one: 1 }]);
    let isCounted = false;
    const counting = reader.read(longCount).then((rows) => {
      isCounted = true;
      return rows;
    });
    for (let written = 0; written < 20; written += 1) {
      expect(await opened.storage.engine.commit([saveArtefact(createArtefact())], now)).toEqual({ ok: true });
    }
    expect(isCounted).toBe(false);
    expect(await counting).toEqual([{ n: 10_000_000 }]);
    await reader.close();
    await opened.close();
  });

  it('RX-09 is told that it takes too long, and the next question is answered', async () => {
    const path = folder.path('too-long.db');
    const opened = await open(path);
    const reader = openSqliteReader(path, 200);
    await expect(reader.read(longCount)).rejects.toMatchObject({ code: 'store/unavailable', detail: expect.stringContaining('too long') });
    const next = openSqliteReader(path);
    expect(await next.read({ text: 'SELECT 1 AS one', values: [] })).toEqual([{ one: 1 }]);
    expect(await reader.read({ text: 'SELECT 1 AS one', values: [] })).toEqual([{ one: 1 }]);
    await Promise.all([reader.close(), next.close()]);
    await opened.close();
  });

  it('RX-11 makes the write-ahead log grow, and it is small again when the reader is gone', async () => {
    const path = folder.path('wal.db');
    const opened = await open(path);
    const sizeOf = (): number => statSync(`${path}-wal`).size;
    const keep = async (count: number): Promise<void> => {
      const artefacts = Array.from({ length: count }, () => saveArtefact(createArtefact({ payload: 'x'.repeat(12_000) })));
      expect(await opened.storage.engine.commit(artefacts, now)).toEqual({ ok: true });
    };
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM artefacts').get();
    for (let round = 0; round < 3; round += 1) {
      await keep(600);
    }
    expect(sizeOf()).toBeGreaterThan(17 * 1024 * 1024);
    reader.close();
    await keep(1);
    await keep(1);
    expect(sizeOf()).toBeLessThanOrEqual(16 * 1024 * 1024);
    await opened.close();
  });
});
