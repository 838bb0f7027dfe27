// Everything in a database that one word leads to, over any row of any table: what somebody with the database in hand can bring together.

import type { OpenDatabase } from './open-database.ts';

/** Public, the same for everybody, or about no person. */
const common: ReadonlySet<string> = new Set([
  'agencies',
  'services',
  'purposes',
  'notices',
  'submissions',
  'officers',
  'officer_passkeys',
  'installation_facts',
  'entry_attributes',
  'ledger_tiles',
  'checkpoints',
  'migrations',
]);

/** Long enough to be one of a kind. */
const names = /(?!0{8}-)[\w-]{20,}/g;

const toNames = (values: readonly unknown[]): readonly string[] => values.flatMap((value) => String(value).match(names) ?? []);

/** A signed receipt is read as what it says. */
function toReadable(value: unknown): unknown {
  const parts = typeof value === 'string' && value.startsWith('eyJ') ? value.split('.') : [];
  return parts.length === 3 ? Buffer.from(parts[1] ?? '', 'base64url').toString() : value;
}

function readLinks(database: OpenDatabase, among: readonly string[]): readonly (readonly string[])[] {
  const shared = new Set(toNames(database.rows('SELECT digest FROM notices').map(({ digest }) => digest)));
  return database
    .rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .map(({ name }) => String(name))
    .filter((table) => !common.has(table) && !among.includes(table))
    .flatMap((table) => database.rows(`SELECT * FROM ${table}`))
    .map((row) => toNames(Object.values(row).map(toReadable)).filter((word) => !shared.has(word)));
}

/** Every word that rows lead to from `start`, over as many rows as it takes; `without` are tables left aside. */
export function findJoined(database: OpenDatabase, start: string, without: readonly string[] = []): ReadonlySet<string> {
  const links = readLinks(database, without);
  const known = new Set([start]);
  let size = 0;
  while (size < known.size) {
    size = known.size;
    for (const link of links.filter((words) => words.some((word) => known.has(word)))) {
      link.forEach((word) => known.add(word));
    }
  }
  return known;
}
