// Changes a SQLite database behind the back of the product, as somebody with the file could: past the triggers that refuse it.

import Database from 'better-sqlite3';

export function damageDatabase(path: string, script: string, triggers: readonly string[]): void {
  const database = new Database(path);
  try {
    triggers.forEach((name) => database.exec(`DROP TRIGGER IF EXISTS ${name}`));
    database.exec(script);
  } finally {
    database.close();
  }
}
