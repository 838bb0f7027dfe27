// A throw-away PostgreSQL server on a socket of its own, for what only real concurrency shows. HUWIYA_TEST_POSTGRES names one that runs already.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, placeBinaries } from './postgres-binaries.ts';
import type { Binaries, Owner } from './postgres-binaries.ts';
import { reportNotCollected } from './not-collected.ts';

export type PostgresServer = { readonly url: string; readonly stop: () => Promise<void> };

/** Undefined, and reported, when there is no server to be had. */
export async function startPostgres(what: string): Promise<PostgresServer | undefined> {
  const given = process.env['HUWIYA_TEST_POSTGRES'];
  if (given !== undefined && given !== '') {
    return { url: given, stop: async () => undefined };
  }
  const reasons: string[] = [];
  for (const binaries of findBinaries()) {
    try {
      return await startCluster(binaries);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  reportNotCollected(what, reasons.length === 0 ? 'no PostgreSQL server was found' : `no PostgreSQL server starts (${reasons.join('; ')})`);
  return undefined;
}

async function startCluster(binaries: Binaries): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-postgres-'));
  const owner = findOwner();
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(folder, owner.uid, owner.gid);
  }
  const programs = placeBinaries(binaries, owner, folder);
  const options = { ...owner, cwd: folder, env: { ...process.env, ...programs.environment, LC_ALL: 'C' } };
  const data = join(folder, 'data');
  const flags = ['-D', data, '-U', 'huwiya', '--auth=trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  const made = spawnSync(join(programs.folder, 'initdb'), flags, { ...options, encoding: 'utf8' });
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${(made.stderr ?? '').trim().split('\n').at(-1) ?? ''}`);
  }
  const settings = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=100'];
  const server = spawn(join(programs.folder, 'postgres'), settings, { ...options, stdio: 'ignore' });
  const end = (): void => {
    server.kill('SIGQUIT');
  };
  process.once('exit', end);
  const url = `postgres://huwiya@localhost/postgres?host=${encodeURIComponent(folder)}`;
  const stop = async (): Promise<void> => {
    process.off('exit', end);
    await stopServer(server);
    rmSync(folder, { recursive: true, force: true });
  };
  await waitUntilReady(url, server).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, stop };
}

/** PostgreSQL refuses to run as root. */
export function findOwner(): Owner {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const rows = readFileSync('/etc/passwd', 'utf8').split('\n');
  const row = ['postgres', 'nobody'].map((name) => rows.find((line) => line.startsWith(`${name}:`))).find((line) => line !== undefined);
  const [, , uid, gid] = row?.split(':') ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

async function waitUntilReady(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100 && server.exitCode === null; tries += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch {
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error(`the server ended or did not answer (exit code ${server.exitCode ?? 'none'})`);
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) {
    return;
  }
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
  });
  server.kill('SIGINT');
  await ended;
}
