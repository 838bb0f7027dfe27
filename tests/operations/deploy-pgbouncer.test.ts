// The configuration of PgBouncer, with PgBouncer itself between two nodes and a PostgreSQL server: people sign in and withdraw, more at once than there are
// connections, and every prepared statement is found on whichever connection it is lent.

import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, it, vi } from 'vitest';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createMovableClock } from '../support/world.ts';
import { reportNotCollected } from '../support/not-collected.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { sendRaw } from '../support/raw-request.ts';
import { startSecondNode } from '../support/second-node.ts';
import { createEnrolled, obtainTokens, withdraw } from '../support/visits.ts';
import { createWorld, findFreePort } from '../support/world.ts';
import { describeWithTool, findTool } from './find-tool.ts';

const what = 'deploy/pgbouncer';

function isNewEnough(program: string): boolean {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (/PgBouncer ([\d.]+)/.exec(stdout)?.[1] ?? '').split('.').map(Number);
  return major > 1 || minor >= 21;
}

/** Only from 1.21 on does it keep prepared statements apart. */
function findBouncer(): string | undefined {
  const found = findTool('pgbouncer', what);
  if (found === undefined || isNewEnough(found)) {
    return found;
  }
  reportNotCollected(what, 'this pgbouncer is older than 1.21');
  return undefined;
}

const bouncer = findBouncer();
const server = bouncer === undefined ? undefined : await startPostgres(what);

async function ask(url: string, text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** It refuses to run as root: it takes the user that the server and its socket belong to. */
function toUser(socket: string): readonly string[] {
  const rows = readFileSync('/etc/passwd', 'utf8').split('\n');
  const name = rows.find((row) => row.split(':')[2] === String(statSync(socket).uid))?.split(':')[0];
  return process.getuid?.() === 0 && name !== undefined ? ['-u', name] : [];
}

type Bounced = { readonly url: string; readonly stop: () => Promise<void> };

/** The file as it stands, but for places, the way to log in, and a pool that is soon too small. */
async function startBouncer(program: string, serverUrl: string): Promise<Bounced> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-pgbouncer-'));
  chmodSync(folder, 0o755);
  const port = await findFreePort();
  const socket = new URL(serverUrl).searchParams.get('host') ?? '';
  const ini = readFileSync('deploy/pgbouncer/pgbouncer.ini', 'utf8')
    .replace('host=127.0.0.1 port=5432 dbname=huwiya', `host=${socket} dbname=huwiya`)
    .replace('listen_port = 6432', `listen_port = ${port}`)
    .replace('scram-sha-256', 'trust')
    .replace('/etc/pgbouncer/userlist.txt', join(folder, 'users'))
    .replace('default_pool_size = 40', 'default_pool_size = 3')
    .replace('reserve_pool_size = 5', 'reserve_pool_size = 0');
  writeFileSync(join(folder, 'users'), '"huwiya" ""\n');
  writeFileSync(join(folder, 'ini'), `${ini}\nunix_socket_dir =\nadmin_users = huwiya\n`);
  const child = spawn(program, ['-q', ...toUser(socket), join(folder, 'ini')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  const url = `postgres://huwiya@127.0.0.1:${port}/huwiya`;
  await vi.waitFor(async () => ask(url, 'SELECT 1'), { timeout: 10_000, interval: 50 });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

/** As the owner does it, past PgBouncer. Says how the database is reached without it. */
async function prepareDatabase(serverUrl: string): Promise<string> {
  const direct = serverUrl.replace('/postgres?', '/huwiya?');
  await ask(serverUrl, 'CREATE DATABASE huwiya');
  await ask(direct, "ALTER ROLE huwiya SET statement_timeout = '30s'");
  const owner = openStorage({ kind: 'postgres', url: direct });
  await owner.migrate(createMovableClock());
  await owner.close();
  return direct;
}

async function countConnections(direct: string, bounced: string): Promise<{ readonly lent: number; readonly taken: number }> {
  const [used] = await ask(
    direct,
    "SELECT count(*) AS connections FROM pg_stat_activity WHERE datname = 'huwiya' AND pid <> pg_backend_pid()",
  );
  const pools = await ask(bounced.replace(/huwiya$/, 'pgbouncer'), 'SHOW POOLS');
  return { lent: Number(used?.['connections']), taken: Number(pools.find(({ database }) => database === 'huwiya')?.['cl_active']) };
}

describeWithTool('PgBouncer between nodes and PostgreSQL', server === undefined ? undefined : bouncer, (program) => {
  const serverUrl = server?.url ?? '';

  afterAll(async () => {
    await server?.stop();
  });

  it('lends three connections to two nodes and a crowd, and nothing is lost or mixed up', async () => {
    const direct = await prepareDatabase(serverUrl);
    const bounced = await startBouncer(program, serverUrl);
    const world = await createWorld({ database: bounced.url });
    const second = await startSecondNode(world);
    const people = await Promise.all(Array.from({ length: 8 }, async () => createEnrolled(world)));
    const tokens = await Promise.all(
      people.map(async (one) => (await obtainTokens(one, 'permit', { attributes: ['email'] })).body['access_token']),
    );
    expect(tokens.map((token) => typeof token)).toEqual(people.map(() => 'string'));
    const { host } = new URL(world.issuer);
    const read = async (token: unknown): Promise<number> =>
      (await sendRaw({ port: second.port, path: '/me', headers: { host, authorization: `Bearer ${String(token)}` } })).status;
    const answers = await Promise.all(tokens.flatMap((token) => [1, 2, 3].map(async () => read(token))));
    expect(answers).toEqual(answers.map(() => 200));
    await Promise.all(people.slice(0, 1).map(async (one) => withdraw(one, 'permit')));
    expect([await read(tokens[0]), await read(tokens[1])]).toEqual([401, 200]);
    const { lent, taken } = await countConnections(direct, bounced.url);
    expect([lent <= 3, taken > 3]).toEqual([true, true]);
    expect(world.logLines.filter((line) => line.includes('unavailable'))).toEqual([]);
    await second.stop();
    await world.close();
    await bounced.stop();
  });
});
