// An empty database that was migrated already. Migrating one takes longer than everything else that makes a world; copying it is a moment. Tests of migrating itself begin
// with an empty file.

import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';

async function createTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'migrated.db');
  const engine = openSqlite(file);
  await migrate(engine, systemClock);
  await engine.close();
  return file;
}

/** One for each process of the test run; it ends with the process. */
let template: Promise<string> | undefined;

/** Does nothing where there is a file already. */
export async function placeMigratedFile(file: string): Promise<void> {
  template ??= createTemplate();
  const from = await template;
  if (!existsSync(file)) {
    copyFileSync(from, file);
  }
}
