import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import type { Engine } from '../../src/storage/engine.ts';
import { createStorage, openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { placeMigratedFile } from '../support/migrated-file.ts';
import { createTestFolder } from '../support/sqlite-database.ts';
import { createAgency, createEvent, createService, noChanges, now } from '../support/store-samples.ts';

const folder = createTestFolder();
const opened: Storage[] = [];
afterAll(async () => {
  await Promise.all(opened.map(async (each) => each.close()));
  folder.remove();
});

const open = async (name: string, copy: string): Promise<Storage> => {
  await placeMigratedFile(folder.path(name));
  const storage = openStorage({ kind: 'sqlite', path: folder.path(name) }, { kind: 'sqlite', path: folder.path(copy) });
  await storage.migrate(systemClock);
  opened.push(storage);
  return storage;
};

const checkpoint = (size: number) => ({ size, root: 'cm9vdA', text: `log\n${size}\n`, at: now });
const sign = async ({ ledger }: Storage, size: number): Promise<unknown> =>
  ledger.sequenceEvents(() => ({ entries: [], tiles: [], checkpoint: checkpoint(size) }));

/** As a replica that was last brought up to date now. */
const copyTo = async (name: string, copy: string): Promise<void> => {
  const database = new Database(folder.path(name));
  await database.backup(folder.path(copy));
  database.close();
};

it('What is long is read from the copy that was named, which says nothing of what has not reached it', async () => {
  const storage = await open('own.db', 'copy.db');
  await storage.claimInstallation({ issuer: 'https://id.example' });
  await sign(storage, 1);
  await copyTo('own.db', 'copy.db');
  await sign(storage, 2);
  expect(await storage.ledgerBeside.findCheckpoint()).toEqual(checkpoint(1));
  expect(await storage.ledgerBeside.findCheckpointOfSize(2)).toBeUndefined();
  expect(await storage.ledger.findCheckpoint()).toEqual(checkpoint(2));
  expect(await storage.checkStart()).toEqual([]);
});

it('Without the copy a node starts and nothing long is read; with a copy of another database it does not start', async () => {
  const storage = await open('first.db', 'gone.db');
  await storage.claimInstallation({ issuer: 'https://id.example' });
  await expect(storage.ledgerBeside.findCheckpoint()).rejects.toMatchObject({ code: 'store/unavailable' });
  expect(await storage.ledger.findCheckpoint()).toBeUndefined();
  expect(await storage.checkStart()).toEqual([]);
  const other = await open('other.db', 'other.db');
  await other.claimInstallation({ issuer: 'https://other.example' });
  const wrong = await open('first.db', 'other.db');
  expect(await wrong.checkStart()).toMatchObject([{ setting: 'HUWIYA_AUDIT_DATABASE', problem: 'is a copy of another database' }]);
});

it('Searches, questions and public counts are read beside the connection that people wait for', async () => {
  await placeMigratedFile(folder.path('waited-for.db'));
  const own: string[] = [];
  const asked: string[] = [];
  const engine = openSqlite(folder.path('waited-for.db'));
  const reading = (read: Engine['read'], noted: string[]): Engine['read'] => {
    return async (statement) => {
      noted.push(statement.text);
      return read(statement);
    };
  };
  const beside = { read: reading(engine.read, asked), close: async () => undefined };
  const readers = { questions: beside, facts: beside, exports: beside, isCopied: false };
  const { facts, figures, ledger, close } = createStorage({ ...engine, read: reading(engine.read, own) }, readers);
  await ledger.queryEntries({ attribute: 'email' }, { order: 'newest-first', after: null, limit: 5 });
  await ledger.countEntries({ service: 'any' }, { below: 9, limit: 5 });
  await facts.groupFacts({ below: 9 }, { by: ['service'], people: true, limit: 5 });
  await figures.countPeople({ from: 0, to: now, below: 9, types: ['data.released'], services: ['any'] });
  await close();
  expect(asked.length).toBeGreaterThan(3);
  expect(own).toEqual([]);
});

it('The register is listed as it stands, whoever changed it: this process or another', async () => {
  const [own, other] = [await open('shared.db', 'copy.db'), await open('shared.db', 'copy.db')];
  const agency = createAgency();
  const service = createService(agency.id);
  const listed = async () => (await own.agencies.listServices()).map((each) => [each.service.clientId, each.service.status]);
  expect(await listed()).toEqual([]);
  await own.agencies.saveChanges({ ...noChanges, agencies: [agency], services: [service] });
  expect(await listed()).toEqual([[service.clientId, 'active']]);
  await other.agencies.saveServiceStatus(service.clientId, 'suspended', createEvent('service.changed'));
  expect(await listed()).toEqual([[service.clientId, 'suspended']]);
});
