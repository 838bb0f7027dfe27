// SQLite files in a folder of their own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { placeMigratedFile } from './migrated-file.ts';
import { openDatabase } from './opened-database.ts';
import type { TestDatabase } from './opened-database.ts';

export type TestFolder = { readonly path: (name: string) => string; readonly remove: () => void };

export function createTestFolder(): TestFolder {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-test-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function createSqliteDatabase(): TestDatabase {
  const folder = createTestFolder();
  let count = 0;
  return {
    name: 'SQLite',
    open: async () => {
      const file = folder.path(`${(count += 1)}.db`);
      await placeMigratedFile(file);
      return openDatabase(openSqlite(file), async () => undefined);
    },
    stop: async () => folder.remove(),
  };
}
