// `npm start` in an empty folder, until it answers: setting up keys, database and made-up people included.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../tests/support/world.ts';

const project = resolve(import.meta.dirname, '..', '..');
const giveUpMs = 60_000;

async function isAnswered(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Milliseconds. */
export async function measureStart(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-start-'));
  const port = await findFreePort();
  const begun = performance.now();
  const child = spawn('npm', ['start', '--', '--dir', join(folder, 'demo'), '--port', String(port)], {
    cwd: project,
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done());
  });
  try {
    while (!(await isAnswered(`http://localhost:${port}/healthz`))) {
      if (performance.now() - begun > giveUpMs || child.exitCode !== null) {
        throw new Error('npm start did not answer');
      }
      await sleep(10);
    }
    return performance.now() - begun;
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
