// A PostgreSQL server of our own that can be killed and started again, and a wire to it that can be cut at the worst moment: after a commit was sent, before its answer.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, placeBinaries } from '../support/postgres-binaries.ts';
import type { Binaries } from '../support/postgres-binaries.ts';
import { findOwner } from '../support/postgres-server.ts';

export type Ways = {
  /** Of the runner itself, which nothing cuts. */
  readonly url: string;
  /** Of the processes that are killed. */
  readonly reach: string;
};

export type PostgresPlace = {
  readonly createDatabase: () => Promise<Ways>;
  readonly wire: Wire;
  /** As a machine that loses its power does, without a checkpoint; and starts it again. */
  readonly crash: (downMs: number) => Promise<void>;
  /** How many connections of the product it ended. */
  readonly killBackends: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

export type Wire = {
  readonly port: number;
  /** The commit after `passes` others gets through, and its answer does not. */
  readonly cutAfterCommit: (passes: number) => void;
  /** Every answer takes this long, in milliseconds. */
  delay: number;
  readonly hasCut: () => boolean;
  readonly close: () => Promise<void>;
};

const commit = Buffer.from('COMMIT\0');

/** Between a TCP port and the socket of a server. */
export async function startWire(socketFile: string): Promise<Wire> {
  let passes: number | undefined;
  let hasCut = false;
  const open = new Set<Socket>();
  const wire = { delay: 0 };
  const carry = (near: Socket): void => {
    const far = connect(socketFile);
    const end = (): void => {
      near.destroy();
      far.destroy();
      open.delete(near);
    };
    open.add(near);
    let isCut = false;
    near.on('data', (bytes: Buffer) => {
      far.write(bytes);
      if (passes !== undefined && bytes.includes(commit)) {
        passes -= 1;
        isCut = passes < 0;
        passes = isCut ? undefined : passes;
        hasCut ||= isCut;
      }
    });
    far.on('data', (bytes: Buffer) => {
      if (isCut) {
        end();
      } else {
        setTimeout(() => near.write(bytes), wire.delay);
      }
    });
    [near, far].forEach((side) => side.on('error', end).on('close', end));
  };
  const server = createServer(carry);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return Object.assign(wire, {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutAfterCommit: (after: number) => {
      passes = after;
      hasCut = false;
    },
    hasCut: () => hasCut,
    close: async () => {
      open.forEach((socket) => socket.destroy());
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  });
}

type Cluster = { readonly folder: string; readonly start: () => Promise<ChildProcess>; readonly url: string };

async function waitUntilAnswers(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && server.exitCode === null; tries += 1) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    const answers = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (answers) {
      return;
    }
    await sleep(50);
  }
  throw new Error('the PostgreSQL server does not start');
}

function createCluster(binaries: Binaries): Cluster {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-crash-'));
  const owner = findOwner();
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(folder, owner.uid, owner.gid);
  }
  const programs = placeBinaries(binaries, owner, folder);
  const options = { ...owner, cwd: folder, env: { ...process.env, ...programs.environment, LC_ALL: 'C' } };
  const data = join(folder, 'data');
  const made = spawnSync(join(programs.folder, 'initdb'), ['-D', data, '-U', 'huwiya', '--auth=trust', '-E', 'UTF8', '--no-locale', '-N'], {
    ...options,
    encoding: 'utf8',
  });
  if (made.status !== 0) {
    throw new Error(`initdb failed: ${made.stderr}`);
  }
  const url = `postgres://huwiya@localhost/postgres?host=${encodeURIComponent(folder)}`;
  const settings = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=100', '-c', 'restart_after_crash=on'];
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(join(programs.folder, 'postgres'), settings, { ...options, stdio: 'ignore' });
    await waitUntilAnswers(url, server);
    return server;
  };
  return { folder, start, url };
}

async function ask(url: string, text: string, values: readonly string[] = []): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows.length;
  } finally {
    await client.end();
  }
}

const endBackends = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = $1';

async function end(server: ChildProcess, signal: 'SIGQUIT' | 'SIGINT'): Promise<void> {
  if (server.exitCode !== null) {
    return;
  }
  const ended = new Promise((resolve) => {
    server.once('exit', resolve);
  });
  server.kill(signal);
  await ended;
}

/** Undefined when no PostgreSQL is to be had. */
export async function startPostgresPlace(): Promise<PostgresPlace | undefined> {
  const [binaries] = findBinaries();
  if (binaries === undefined) {
    return undefined;
  }
  const { folder, start, url } = createCluster(binaries);
  let server = await start();
  const wire = await startWire(join(folder, '.s.PGSQL.5432'));
  let databases = 0;
  return {
    createDatabase: async () => {
      databases += 1;
      const name = `block_${databases}`;
      await ask(url, `CREATE DATABASE ${name}`);
      return { url: url.replace('/postgres?', `/${name}?`), reach: `postgres://huwiya@127.0.0.1:${wire.port}/${name}` };
    },
    wire,
    crash: async (downMs) => {
      await end(server, 'SIGQUIT');
      await sleep(downMs);
      server = await start();
    },
    killBackends: async () => ask(url, endBackends, ['client backend']),
    stop: async () => {
      await wire.close();
      await end(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
