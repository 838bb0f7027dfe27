// What is heard of a disk that fails while the write-ahead log is copied into the file: by SQLite alone, nothing (ADR-0119).

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { reportNotCollected } from '../support/not-collected.ts';
import { openDatabase } from '../support/opened-database.ts';
import { createTestFolder } from '../support/sqlite-database.ts';

const folder = createTestFolder();
afterAll(() => folder.remove());

const worker = fileURLToPath(import.meta.resolve('../support/checkpoint-worker.ts'));

async function commitUnder(name: string, rules: readonly string[]): Promise<string | undefined> {
  const path = folder.path(`${name}.db`);
  await (await openDatabase(openSqlite(path), async () => undefined)).close();
  const traced = ['-f', '-P', path, '-o', folder.path(`${name}.trace`), '-e', 'trace=fsync,fdatasync', ...rules];
  const { status, stdout } = spawnSync('strace', [...traced, process.execPath, worker, path], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const whole = await commitUnder('whole', []);

function describeFailing(said: string): void {
  describe('A disk that does not keep what is copied into the file', () => {
    it('FT-04 ends the engine, as one does that does not keep a commit', async () => {
      expect(said).toBe('goes on');
      expect(await commitUnder('failing', ['-e', 'inject=fsync,fdatasync:error=EIO'])).toContain('SQLITE_IOERR_FSYNC');
    });
  });
}

if (whole === undefined) {
  reportNotCollected('a disk that fails at a checkpoint (FT-04)', 'strace is not there or may not trace');
} else {
  describeFailing(whole);
}
