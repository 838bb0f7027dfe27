// The last step of a restore on SQLite: the old file goes aside, whole and closed, and the new one stands where it was.

import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from '../../config/config.ts';
import { systemClock, toTimestamp } from '../../domain/kernel/clock.ts';
import { sqliteFiles, toBuildingPlace } from '../../storage/restore-target.ts';
import { isHeldByOthers } from '../../storage/sqlite-alone.ts';

/** Whether a node or command has the database open, which would go on writing to the file that went aside. */
export function isInUse(database: Database): boolean {
  return database.kind === 'sqlite' && existsSync(database.path) && isHeldByOthers(database.path);
}

/** Where the old database went; undefined where there was none. */
export function takePlace(database: Database): string | undefined {
  if (database.kind !== 'sqlite') {
    return undefined;
  }
  const aside = `${database.path}.replaced-${toTimestamp(systemClock.now()).replaceAll(/[-:]|\.\d+/g, '')}`;
  const places = sqliteFiles(database.path).map((file, place) => ({ file, to: sqliteFiles(aside)[place] ?? aside }));
  const there = places.filter(({ file }) => existsSync(file));
  there.forEach(({ file, to }) => renameSync(file, to));
  renameSync(toBuildingPlace(database.path), database.path);
  const folder = openSync(dirname(database.path), 'r');
  fsyncSync(folder);
  closeSync(folder);
  return there.length === 0 ? undefined : aside;
}
