// An operator outgrows SQLite: the installation is carried over to PostgreSQL while its nodes stand still, and nobody has to sign in again.

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNode } from '../../src/app.ts';
import type { Node, Parts } from '../../src/app.ts';
import { runAuditVerify } from '../../src/cli/audit-verify.ts';
import { loadParts } from '../../src/cli/load-parts.ts';
import { runMove } from '../../src/cli/move.ts';
import { sequenceLog } from '../../src/cli/sequence-log.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { toMovedTables } from '../../src/storage/backup-tables.ts';
import { createRowCount } from '../../src/storage/count-rows.ts';
import { toTableName, toTables } from '../../src/storage/dialect.ts';
import { isOccupied } from '../../src/storage/restore-target.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { damageDatabase } from '../support/damage-database.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createSchema } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { requestTokens } from '../support/service.ts';
import type { Tokens } from '../support/service.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { createEnrolled, exchange, obtainTokens, visit } from '../support/visits.ts';
import type { Visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const env = { HUWIYA_VERIFY_HOUR: 'off' };

type Said = { readonly code: number; readonly out: string; readonly err: string };

async function open(world: World, more: Readonly<Record<string, string>> = {}): Promise<Parts> {
  const parts = await loadParts({ file: world.settingsFile, allowsPending: false, env: { ...env, ...more } });
  if (!parts.ok) {
    throw new Error(JSON.stringify(parts.faults));
  }
  return parts.value;
}

async function move(world: World, to: string | undefined, isUndone = false): Promise<Said> {
  const said = { out: '', err: '' };
  const write = (part: 'out' | 'err') => ({ write: (text: string) => ((said[part] += text), undefined), isTerminal: false });
  const code = await runMove({ settingsFile: world.settingsFile, to, isUndone, json: false }, { out: write('out'), err: write('err') });
  return { code, ...said };
}

type Reference = { readonly child: string; readonly parent: string };

async function listReferences(url: string): Promise<readonly Reference[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const text = `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint
      WHERE contype = 'f' AND connamespace = current_schema::regnamespace`;
    return (await client.query<Reference>(text)).rows;
  } finally {
    await client.end();
  }
}

const refresh = async (world: World, tokens: Tokens): Promise<Tokens> =>
  requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) });

function describeMoves(server: PostgresServer): void {
  let world: World;
  let url: string;
  let traveller: Traveller;
  let tokens: Tokens;
  let code: Visit;
  let officer: Traveller;
  let node: Node | undefined;

  beforeAll(async () => {
    world = await createWorld();
    ({ url } = await createSchema(server));
    traveller = await createEnrolled(world);
    officer = (await createSignedInOfficer(world, 'registrar')).traveller;
    tokens = await obtainTokens(traveller, 'permit', { extra: { scope: 'openid offline_access', prompt: 'consent' } });
  });

  afterAll(async () => {
    await node?.stop();
    await world.close();
  });

  it('is refused while a node runs, into what is no empty PostgreSQL database, and where nothing was asked', async () => {
    expect(await move(world, url)).toMatchObject({ code: 1, err: expect.stringContaining('in use') });
    expect(await move(world, undefined)).toMatchObject({ code: 2, err: expect.stringContaining('--undo') });
    expect(await isOccupied({ kind: 'postgres', url })).toBe(false);
    code = await visit(traveller, 'permit');
    await world.node.stop();
    expect(await move(world, 'sqlite:./other.db')).toMatchObject({ code: 1, err: expect.stringContaining('no postgres:// URL') });
  });

  it('is taken back before a node has run there, and not repeated into what it filled', async () => {
    const { url: first } = await createSchema(server);
    expect(await move(world, first)).toMatchObject({ code: 0, err: '' });
    expect(await move(world, undefined, true)).toMatchObject({ code: 0, out: expect.stringContaining('sign two logs') });
    expect(await move(world, first)).toMatchObject({ code: 1, err: expect.stringContaining('not empty') });
    await (await open(world)).storage.close();
  });

  it('carries everything over and says how long it took, and no node starts on what was left', async () => {
    const moved = await move(world, url);
    expect(moved).toMatchObject({ code: 0, err: '' });
    expect(moved.out).toMatch(/moved \d+ rows and a log of \d+ entries in [\d.]+ s, all compared and verified/);
    expect(moved.out).not.toContain('postgres');
    await expect(open(world)).rejects.toThrow('was carried over to another database');
  });

  it('lets people, services and staff go on where they were, on a log that goes on too', async () => {
    const parts = await open(world, { HUWIYA_DATABASE: url });
    node = createNode({ ...parts, clock: systemClock, log: createLog('info', { write: () => undefined }) });
    await node.start();
    expect((await exchange(code, world.issuer)).status).toBe(200);
    expect((await refresh(world, tokens)).status).toBe(200);
    expect((await visit(traveller, 'permit')).answer.has('code')).toBe(true);
    expect((await officer.agent.get(`${world.issuer}/office`)).body).toContain('action="/staff/sign-out"');
    expect(await sequenceLog(parts)).toBeUndefined();
    expect(await runAuditVerify(parts, { since: [], json: false })).toBe(0);
    const { entries } = await parts.storage.ledger.queryEntries({ types: ['log.moved'] }, { order: 'newest-first', after: null, limit: 5 });
    expect(entries).toHaveLength(1);
  });

  it('fills tables in an order that every reference of them allows', async () => {
    const references = await listReferences(url);
    const order = toMovedTables(toTables('postgres'), 'postgres').map(({ table }) => toTableName(table));
    const early = references.filter(({ child, parent }) => order.includes(child) && order.indexOf(parent) > order.indexOf(child));
    expect([references.length > 40, early]).toEqual([true, []]);
  });

  it('moves no log that does not hold, and leaves both sides as they were', async () => {
    const { url: another } = await createSchema(server);
    await move(world, undefined, true);
    const { database } = world.config;
    const broken = "UPDATE entries SET body = body || ' ' WHERE log_index = 3";
    damageDatabase(database.kind === 'sqlite' ? database.path : '', broken, ['entries_update']);
    expect(await move(world, another)).toMatchObject({ code: 1, err: expect.stringContaining('nothing was moved') });
    expect(await isOccupied({ kind: 'postgres', url: another })).toBe(false);
    await (await open(world)).storage.close();
  });
}

describe('What a table holds', () => {
  const count = (rows: readonly (readonly (string | number | null)[])[]): string => {
    const counted = createRowCount();
    rows.forEach(counted.add);
    return counted.sum();
  };

  it('is the same in whatever order it is read, and another as soon as anything in it is', () => {
    const rows = [
      ['a', 1, null],
      ['b', 2, 'x'],
      ['b', 2, 'x'],
    ];
    expect(count(rows)).toBe(count(rows.toReversed()));
    const others = [rows.slice(1), [...rows, ['a', 1, null]], [['a', 1, ''], ...rows.slice(1)], [['a', '1', null], ...rows.slice(1)]];
    expect(new Set([rows, ...others].map(count)).size).toBe(5);
  });
});

const server = await startPostgres('a move to PostgreSQL');

describe('A move from SQLite to PostgreSQL', () => {
  afterAll(async () => {
    await server?.stop();
  });

  it('can be tried, or it was reported that it cannot', () => {
    expect(server === undefined || server.url.startsWith('postgres')).toBe(true);
  });

  if (server !== undefined) {
    describeMoves(server);
  }
});
