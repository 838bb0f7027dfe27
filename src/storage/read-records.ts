// Records with all their versions and the bodies of their entries, page by page: to be held against the log.

import type { StoredConsent } from '../domain/consent/consent.ts';
import type { ConsentStore, StoredRecord, StoredVersion } from '../domain/consent/store.ts';
import type { RowOf, Tables } from './dialect.ts';
import type { Engine } from './engine.ts';
import type { Value } from './row.ts';
import { findAll, selectFrom } from './statements.ts';

export function toConsent(row: RowOf<Tables['consents']>): StoredConsent {
  const { run: _run, periodFrom: _from, periodUses: _uses, expiryToldAt: _told, ...consent } = row;
  return consent;
}

type Range = { readonly where: string; readonly values: readonly Value[] };

async function readVersions(engine: Engine, { where, values }: Range): Promise<ReadonlyMap<string, readonly StoredVersion[]>> {
  const rows = await findAll(engine, selectFrom(engine.tables.consentVersions, `WHERE ${where} ORDER BY consent_id, version`, values));
  const entries = await engine.read({
    text: `SELECT id, body FROM entries WHERE id IN (SELECT event_id FROM consent_versions WHERE ${where})`,
    values,
  });
  const bodies = new Map(entries.map(({ body, id }) => [String(id), String(body)]));
  const toVersion = (row: RowOf<Tables['consentVersions']>): StoredVersion => ({ ...row, body: bodies.get(row.eventId) ?? null });
  return new Map([...Map.groupBy(rows, ({ consentId }) => consentId)].map(([id, group]) => [id, group.map(toVersion)]));
}

/** The next of them after this id. */
async function readRecords(engine: Engine, after: string, limit: number): Promise<readonly StoredRecord[]> {
  const rows = await findAll(engine, selectFrom(engine.tables.consents, 'WHERE id > ? ORDER BY id LIMIT ?', [after, limit]));
  const last = rows.at(-1);
  const versions = last && (await readVersions(engine, { where: 'consent_id > ? AND consent_id <= ?', values: [after, last.id] }));
  return rows.map((row) => ({ consent: toConsent(row), versions: versions?.get(row.id) ?? [] }));
}

async function readRecord(engine: Engine, id: string): Promise<StoredRecord | undefined> {
  const [row] = await findAll(engine, selectFrom(engine.tables.consents, 'WHERE id = ?', [id]));
  const versions = row && (await readVersions(engine, { where: 'consent_id = ?', values: [id] }));
  return row && { consent: toConsent(row), versions: versions?.get(id) ?? [] };
}

async function countRecords(engine: Engine): Promise<number> {
  const [row] = await engine.read({ text: 'SELECT count(*) AS records FROM consents', values: [] });
  return Number(row?.['records'] ?? 0);
}

export function createRecordReader(engine: Engine): Pick<ConsentStore, 'countRecords' | 'readRecord' | 'readRecords'> {
  return {
    readRecords: async (after, limit) => readRecords(engine, after, limit),
    readRecord: async (id) => readRecord(engine, id),
    countRecords: async () => countRecords(engine),
  };
}
