// What a database was begun with, kept beside the data: the first use writes it, every later one must bring the same.

import type { Act, Engine } from './engine.ts';
import { insertInto } from './statements.ts';

/** Names with values that are the same for the life of a database. A value MUST NOT be a secret. */
export type InstallationFacts = Readonly<Record<string, string>>;

/** Names of the facts that differ from those the database was begun with; unknown ones are written. */
export async function claimInstallation(engine: Engine, facts: InstallationFacts): Promise<readonly string[]> {
  return engine.atomic(() => claim(engine, facts));
}

/** The facts that are written down already. Changes nothing. */
export async function readInstallation(engine: Pick<Engine, 'read'>): Promise<InstallationFacts> {
  const rows = await engine.read({ text: 'SELECT name, value FROM installation_facts', values: [] });
  return Object.fromEntries(rows.map((row) => [String(row['name']), String(row['value'])]));
}

function* claim(engine: Engine, facts: InstallationFacts): Act<readonly string[]> {
  const different: string[] = [];
  for (const [name, value] of Object.entries(facts)) {
    yield insertInto(engine.tables.installationFacts, { name, value }, 'ON CONFLICT (name) DO NOTHING');
    const [row] = yield { text: 'SELECT value FROM installation_facts WHERE name = ?', values: [name] };
    if (row?.['value'] !== value) {
      different.push(name);
    }
  }
  return different;
}
