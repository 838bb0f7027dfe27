// One PostgreSQL server that can be ended in every way and started again, and a copy of it that follows it.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { placeBinaries } from './postgres-binaries.ts';
import type { Binaries } from './postgres-binaries.ts';
import { findOwner } from './postgres-server.ts';

export type Cluster = {
  readonly folder: string;
  readonly socketFile: string;
  /** By its socket, around every wire. */
  readonly url: string;
  /** Resolves when it answers. */
  readonly start: () => Promise<void>;
  /** SIGQUIT: without a checkpoint; SIGINT: cleanly. */
  readonly end: (signal: 'SIGQUIT' | 'SIGINT') => Promise<void>;
  /** As when its machine dies: all its processes at once. */
  readonly kill: () => Promise<void>;
  /** It goes on living, and answers nothing until it is thawed. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Another one with the same data and settings, which follows this one, running, as soon as it is started. Its name is `standby`. */
  readonly copyAsStandby: () => Promise<Cluster>;
  readonly remove: () => Promise<void>;
};

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

export async function askCluster(url: string, text: string, values: readonly string[] = []): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Fourth field of proc(5) stat, behind a name in brackets that may hold anything. */
function findParent(processId: string): number {
  try {
    const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

/** Most children end by themselves as soon as their parent is gone. */
function signalOne(processId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(processId, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) {
      throw error;
    }
  }
}

function signalAll(processId: number, signal: NodeJS.Signals): void {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && findParent(name) === processId);
  [processId, ...children.map(Number)].forEach((each) => signalOne(each, signal));
}

type Place = { readonly folder: string; readonly programs: Binaries };

const toOptions = ({ folder, programs }: Place) => ({
  ...findOwner(),
  cwd: folder,
  env: { ...process.env, ...programs.environment, LC_ALL: 'C' },
});

function createPlace(binaries: Binaries): Place {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-cluster-'));
  const owner = findOwner();
  if (owner.uid !== undefined && owner.gid !== undefined) {
    chownSync(folder, owner.uid, owner.gid);
  }
  return { folder, programs: placeBinaries(binaries, owner, folder) };
}

function run(place: Place, program: string, args: readonly string[]): void {
  const ended = spawnSync(program, [...args], { ...toOptions(place), encoding: 'utf8' });
  if (ended.status !== 0) {
    throw new Error(`${program} failed: ${ended.stderr}`);
  }
}

/** As an operator makes one, while the other runs. What npm brings has no program for it: there the files are copied, of a server that rests. */
async function fillStandby(place: Place, from: Place, rest: (act: () => void) => Promise<void>): Promise<void> {
  const data = join(place.folder, 'data');
  const conninfo = `host=${from.folder} user=huwiya application_name=standby`;
  const basebackup = join(place.programs.folder, 'pg_basebackup');
  if (existsSync(basebackup)) {
    run(place, basebackup, ['-d', conninfo, '-D', data, '-R', '-c', 'fast', '-N']);
    return;
  }
  await rest(() => run(place, 'cp', ['-a', join(from.folder, 'data'), data]));
  writeFileSync(join(data, 'standby.signal'), '');
  appendFileSync(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${conninfo}'\n`);
}

async function waitForEnd(server: ChildProcess, begin: () => void): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) {
    return;
  }
  const ended = new Promise((resolve) => {
    server.once('exit', resolve);
  });
  begin();
  await ended;
}

function toCluster(binaries: Binaries, place: Place): Cluster {
  const { folder, programs } = place;
  const data = join(folder, 'data');
  const url = `postgres://huwiya@localhost/postgres?host=${encodeURIComponent(folder)}`;
  const common = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=100', '-c', 'restart_after_crash=on'];
  let server: ChildProcess | undefined;
  const leave = async (begin: (running: ChildProcess) => void): Promise<void> => {
    const running = server;
    await (running && waitForEnd(running, () => begin(running)));
    server = undefined;
  };
  const signal = (name: NodeJS.Signals): void => {
    if (server?.pid !== undefined) {
      signalAll(server.pid, name);
    }
  };
  const end: Cluster['end'] = async (signal) => leave((running) => void running.kill(signal));
  const start = async (): Promise<void> => {
    server = spawn(join(programs.folder, 'postgres'), common, { ...toOptions(place), stdio: 'ignore' });
    await waitUntilAnswers(url, server);
  };
  return {
    folder,
    socketFile: join(folder, '.s.PGSQL.5432'),
    url,
    start,
    end,
    kill: async () => leave((running) => signalAll(running.pid ?? 0, 'SIGKILL')),
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    copyAsStandby: async () => {
      const other = createPlace(binaries);
      await fillStandby(other, place, async (act) => {
        await end('SIGINT');
        act();
        await start();
      });
      return toCluster(binaries, other);
    },
    remove: async () => {
      signal('SIGCONT');
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Begun, and not started. */
export function createCluster(binaries: Binaries): Cluster {
  const place = createPlace(binaries);
  const flags = ['-D', join(place.folder, 'data'), '-U', 'huwiya', '--auth=trust', '-E', 'UTF8', '--no-locale', '-N'];
  const made = spawnSync(join(place.programs.folder, 'initdb'), flags, { ...toOptions(place), encoding: 'utf8' });
  if (made.status !== 0) {
    throw new Error(`initdb failed: ${made.stderr}`);
  }
  return toCluster(binaries, place);
}
