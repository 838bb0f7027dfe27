// Fifty commits, one after the other, on a file that was made before. Arguments: path, and "naive" for a connection as better-sqlite3 opens it.

import Database from 'better-sqlite3';
import { openSqlite } from '../../src/storage/sqlite.ts';

const [, , path = '', form = ''] = process.argv;
const insert = 'INSERT INTO replays (key, expires_at) VALUES (hex(randomblob(8)), 1)';

if (form === 'naive') {
  const database = new Database(path);
  for (let count = 0; count < 50; count += 1) {
    database.exec(insert);
  }
  database.close();
} else {
  const engine = openSqlite(path);
  for (let count = 0; count < 50; count += 1) {
    await engine.atomic(function* () {
      yield { text: insert, values: [] };
    });
  }
  await engine.close();
}
