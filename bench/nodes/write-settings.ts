// The settings of a node of the benchmark on PostgreSQL: those of its world, with another database and another door.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HuwiyaWorld } from '../huwiya-world.ts';

/** The file it wrote. */
export function writeSettings(world: HuwiyaWorld, url: string, port: number): string {
  const file = join(world.folder, 'node', `node-${port}.env`);
  const kept = readFileSync(world.settingsFile, 'utf8')
    .split('\n')
    .filter((line) => !/^HUWIYA_(?:DATABASE|LISTEN|VERIFY_HOUR)=/.test(line));
  const own = [`HUWIYA_DATABASE=${url}`, `HUWIYA_LISTEN=127.0.0.1:${port}`, 'HUWIYA_VERIFY_HOUR=off'];
  writeFileSync(file, [...kept, ...own, ''].join('\n'), { mode: 0o600 });
  return file;
}
