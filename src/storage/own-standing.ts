// Who may see what, of all records of one person at once: for a person with thousands of them only the columns that tell it are read.

import { toGranted } from '../domain/consent/consent.ts';
import type { StandingConsent } from '../domain/home/store.ts';
import type { Engine } from './engine.ts';
import { runs } from './own-consents.ts';
import { selectColumns } from './statements.ts';

export async function readStanding(engine: Engine, personId: string, now: number): Promise<readonly StandingConsent[]> {
  const query = selectColumns(engine.tables.consents, ['id', 'clientId', 'decidedAt', 'attributes'], {
    tail: `WHERE person_id = ? AND ${runs} AND expires_at > ?`,
    values: [personId, now],
  });
  // Many records say the same of their attributes: each text is read once.
  const known = new Map<string, readonly string[]>();
  return (await engine.read(query)).map((row) => {
    const text = String(row['attributes']);
    const granted = known.get(text) ?? toGranted(query.decode(row));
    known.set(text, granted);
    return { id: String(row['id']), clientId: String(row['client_id']), decidedAt: Number(row['decided_at']), granted };
  });
}
