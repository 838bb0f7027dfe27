// Commits until the write-ahead log has to be copied into the file, and says what became of the database. Argument: path.

import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite } from '../../src/storage/sqlite.ts';

const [, , path = ''] = process.argv;
const engine = openSqlite(path);
for (let count = 0; count < 20; count += 1) {
  const kept = await engine
    .atomic(function* () {
      yield {
        text: "INSERT INTO replays (key, expires_at) VALUES (hex(randomblob(8)) || replace(hex(zeroblob(500000)), '0', 'x'), 1)",
        values: [],
      };
      return true;
    })
    .catch(() => false);
  if (!kept) {
    break;
  }
}
console.log(await Promise.race([engine.broken, sleep(1000, 'goes on')]));
process.exit(0);
