// How long the offline verifier, as anybody downloads it, takes for a log that `huwiya audit export` wrote.

import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const project = resolve(import.meta.dirname, '..', '..');
const newline = 10;

async function countLines(file: string): Promise<number> {
  let lines = 0;
  for await (const part of createReadStream(file)) {
    const bytes: Uint8Array = part;
    lines += bytes.reduce((sum, byte) => (byte === newline ? sum + 1 : sum), 0);
  }
  return lines;
}

export type LogTime = { readonly lines: number; readonly seconds: number };

/** Throws where the log is not whole. */
export async function measureLog(file: string): Promise<LogTime> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-verifier-'));
  const run = (command: readonly string[]) => spawnSync(process.execPath, command, { cwd: project, encoding: 'utf8' });
  try {
    const verifier = join(folder, 'huwiya-verify.mjs');
    writeFileSync(verifier, run(['src/cli/main.ts', 'audit', 'verifier']).stdout);
    const begun = performance.now();
    const { status, stdout } = run([verifier, resolve(file)]);
    if (status !== 0) {
      throw new Error(`the log is not whole: ${stdout.slice(0, 200)}`);
    }
    return { seconds: (performance.now() - begun) / 1000, lines: await countLines(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
