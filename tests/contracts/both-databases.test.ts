// Both databases keep the same promises: no contract is written that one of them is never held to.

import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('.', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

function listReached(file: string, reached = new Set<string>()): ReadonlySet<string> {
  for (const [, name = ''] of read(file).matchAll(/from '\.\/([a-z-]+\.contract\.ts)'/g)) {
    if (!reached.has(name)) {
      reached.add(name);
      listReached(name, reached);
    }
  }
  return reached;
}

/** What one database alone can show, by its name. */
const onlyPostgres = ['postgres-away.contract.ts', 'postgres-engine.contract.ts', 'postgres-roles.contract.ts', 'two-nodes.contract.ts'];

test('FT-27 every contract of a store runs on SQLite and on PostgreSQL; where no server starts, the stores’ own run on PGlite', () => {
  const files = readdirSync(folder);
  const contracts = files.filter((file) => file.endsWith('.contract.ts') && !onlyPostgres.includes(file));
  const reach = (names: RegExp): ReadonlySet<string> =>
    new Set(files.filter((file) => names.test(file)).flatMap((file) => [...listReached(file)]));
  const [sqlite, postgres] = [reach(/^(?:sqlite.*|races)\.test\.ts$/), reach(/^(?:postgres|races)\.test\.ts$/)];
  expect(contracts.length).toBeGreaterThan(40);
  expect(contracts.filter((file) => !sqlite.has(file))).toEqual([]);
  expect(contracts.filter((file) => !postgres.has(file))).toEqual([]);
  expect(read('postgres.test.ts')).toMatch(/server === undefined[^]*describeStores\(createPgliteDatabase\(\)\)[^]*else/);
  // The races open both by themselves.
  expect(read('races.test.ts')).toMatch(/sqlite[^]*postgres/i);
});
