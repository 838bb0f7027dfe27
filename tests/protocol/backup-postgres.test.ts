// Backup and restore on PostgreSQL, and from one kind of database into the other: how an operator who outgrows SQLite moves.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAuditVerify } from '../../src/cli/audit-verify.ts';
import { isOccupied } from '../../src/storage/restore-target.ts';
import { createSchema } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { createInstallation, createPlaceLike, createUpkeepFolder } from '../support/upkeep-world.ts';
import type { Installation } from '../support/upkeep-world.ts';

const issuer = 'http://localhost:4159';

function describeMoves(server: PostgresServer): void {
  const place = createUpkeepFolder();
  let own: Installation;
  let kept: string;
  let good: string;
  let count = 0;

  const createPlace = async (kind: 'sqlite' | 'postgres'): Promise<{ readonly at: Installation; readonly database: string }> => {
    const database = kind === 'sqlite' ? 'sqlite:./huwiya.db' : (await createSchema(server)).url;
    return { at: createPlaceLike(own, { folder: join(place.path, `place-${(count += 1)}`), issuer, database }), database };
  };

  const sizeOf = async (at: Installation): Promise<number> =>
    at.use(async ({ storage }) => (await storage.ledger.findCheckpoint())?.size ?? 0);

  beforeAll(async () => {
    own = await createInstallation({ folder: join(place.path, 'own'), issuer, database: (await createSchema(server)).url });
    kept = await own.grow(7);
    good = join(place.path, 'good.backup');
    expect(await own.backup(good)).toMatchObject({ code: 0, err: '' });
  });

  afterAll(() => {
    place.remove();
  });

  it.each(['postgres', 'sqlite'] as const)('a backup of PostgreSQL comes back on %s, and from there on the other', async (kind) => {
    const { at } = await createPlace(kind);
    expect(await at.restore(good, { kept: [kept] })).toMatchObject({ code: 0, err: '' });
    await at.use(async (parts) => {
      expect(await runAuditVerify(parts, { since: [kept], json: false })).toBe(0);
    });
    const newest = await at.grow(2);
    const again = join(place.path, `again-${kind}.backup`);
    expect(await at.backup(again)).toMatchObject({ code: 0 });
    const { at: other } = await createPlace(kind === 'sqlite' ? 'postgres' : 'sqlite');
    expect(await other.restore(again, { kept: [kept, newest] })).toMatchObject({ code: 0, err: '' });
    expect(await sizeOf(other)).toBe(12);
    await other.grow(1);
  });

  it('marks what is lost in one step', async () => {
    const after = await own.grow(5);
    const { at } = await createPlace('postgres');
    expect(await at.restore(good, { kept: [after] })).toMatchObject({ code: 1, err: expect.stringContaining('5 would be lost') });
    expect(await at.restore(good, { kept: [after], acceptedLoss: 'test' })).toMatchObject({ code: 0 });
    expect(await sizeOf(at)).toBe(14);
  });

  it('leaves nothing in a database for which the backup was refused, and writes over none', async () => {
    const { at: fork } = await createPlace('sqlite');
    await fork.restore(good);
    const foreign = await fork.grow(2);
    const newer = join(place.path, 'newer.backup');
    await own.backup(newer);
    const { at, database } = await createPlace('postgres');
    expect(await at.restore(newer, { kept: [foreign] })).toMatchObject({ code: 1, err: expect.stringContaining('inconsistent') });
    expect(await isOccupied({ kind: 'postgres', url: database })).toBe(false);
    expect(await at.restore(good)).toMatchObject({ code: 0 });
    expect(await at.restore(good)).toMatchObject({ code: 1, err: expect.stringContaining('there is a database already') });
    expect(await at.restore(good, { mode: 'replace' })).toMatchObject({ code: 1, err: expect.stringContaining('create an empty one') });
  });
}

const server = await startPostgres('backup and restore on PostgreSQL');

describe('Backups on a PostgreSQL server', () => {
  afterAll(async () => {
    await server?.stop();
  });

  it('can be tried, or it was reported that they cannot', () => {
    expect(server === undefined || server.url.startsWith('postgres')).toBe(true);
  });

  if (server !== undefined) {
    describeMoves(server);
  }
});
