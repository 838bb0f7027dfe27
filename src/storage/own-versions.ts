// Every record of one person with all its versions, for the file that they take along.

import type { StoredConsent } from '../domain/consent/consent.ts';
import type { OwnVersion } from '../domain/home/store.ts';
import { toConsent } from './read-records.ts';
import type { Engine } from './engine.ts';
import { findAll, selectFrom } from './statements.ts';

export async function readAllConsents(
  engine: Engine,
  personId: string,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly StoredConsent[]> {
  const query = selectFrom(engine.tables.consents, 'WHERE person_id = ? AND id > ? ORDER BY id LIMIT ?', [
    personId,
    page.after ?? '',
    page.limit,
  ]);
  return (await findAll(engine, query)).map(toConsent);
}

export async function readVersions(engine: Engine, consentIds: readonly string[]): Promise<readonly OwnVersion[]> {
  if (consentIds.length === 0) {
    return [];
  }
  const places = consentIds.map(() => '?').join(', ');
  const rows = await findAll(
    engine,
    selectFrom(engine.tables.consentVersions, `WHERE consent_id IN (${places}) ORDER BY consent_id, version`, consentIds),
  );
  return rows.map(({ jws: _jws, eventId: _eventId, personId: _personId, createdAt: _createdAt, ...version }) => version);
}
