// One person's consents, receipts and services, page by page: for the person's own page.

import { dayMs } from '../domain/kernel/clock.ts';
import { changes } from '../domain/consent/consent.ts';
import type { StoredConsent } from '../domain/consent/consent.ts';
import type {
  ConsentGroup,
  ConsentPlace,
  DecisionPlace,
  OwnConsents,
  OwnDecision,
  OwnReceipts,
  OwnServices,
  ReceiptPlace,
  ServiceFilter,
  ServicePlace,
} from '../domain/home/store.ts';
import { toConsent } from './read-records.ts';
import type { Dialect } from './dialect.ts';
import type { Engine } from './engine.ts';
import type { Row, Value } from './row.ts';
import { findAll, selectFrom } from './statements.ts';

const soonMs = 14 * dayMs;

type Condition = { readonly text: string; readonly values: readonly Value[] };

export const runs = "state IN ('given', 'notified')";

function toGroupCondition(group: ConsentGroup | undefined, now: number): Condition {
  switch (group) {
    case undefined:
      return { text: '', values: [] };
    case 'valid':
      return { text: " AND state = 'given' AND expires_at > ?", values: [now] };
    case 'law':
      return { text: " AND state = 'notified' AND expires_at > ?", values: [now] };
    case 'ends-soon':
      return { text: ` AND ${runs} AND expires_at > ? AND expires_at < ?`, values: [now, now + soonMs] };
    case 'paused':
      return { text: " AND state = 'paused' AND expires_at > ?", values: [now] };
    case 'refused':
      return { text: " AND state IN ('refused', 'deferred')", values: [] };
    case 'ended':
      return {
        text: " AND (state IN ('withdrawn', 'revoked', 'invalidated') OR (state IN ('given', 'notified', 'paused') AND expires_at <= ?))",
        values: [now],
      };
  }
}

/** A name of the register in each language. It is kept as JSON, whose marks are no words. */
const namesIn: Readonly<Record<Dialect, (table: string) => readonly string[]>> = {
  sqlite: (table) => ['ar', 'en'].map((language) => `json_extract(${table}.name, '$.${language}')`),
  postgres: (table) => ['ar', 'en'].map((language) => `(${table}.name::json ->> '${language}')`),
};

function toWordsCondition(dialect: Dialect, words: string | undefined): Condition {
  if (words === undefined) {
    return { text: '', values: [] };
  }
  const names = [...namesIn[dialect]('services'), ...namesIn[dialect]('agencies')];
  const pattern = `%${words.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const isLike = names.map((name) => String.raw`lower(${name}) LIKE ? ESCAPE '\'`).join(' OR ');
  return {
    text: ` AND client_id IN (SELECT services.client_id FROM services JOIN agencies ON agencies.id = services.agency_id WHERE ${isLike})`,
    values: names.map(() => pattern),
  };
}

type ServicesAsked = {
  readonly filter: ServiceFilter;
  readonly page: { readonly now: number; readonly after: ServicePlace | null; readonly limit: number };
};

export async function readServices(engine: Engine, personId: string, { filter, page }: ServicesAsked): Promise<OwnServices> {
  const group = toGroupCondition(filter.group, page.now);
  const words = toWordsCondition(engine.dialect, filter.words);
  const { after } = page;
  const grouped = `SELECT client_id, MAX(decided_at) AS decided_at,
      MAX(CASE WHEN ${runs} AND expires_at > ? THEN 2 WHEN state = 'paused' THEN 1 ELSE 0 END) AS stands
    FROM consents WHERE person_id = ?${group.text}${words.text} GROUP BY client_id`;
  const values = [page.now, personId, ...group.values, ...words.values];
  const place = after === null ? '' : 'WHERE (stands, decided_at, client_id) < (CAST(? AS integer), CAST(? AS bigint), ?)';
  const rows = await engine.read({
    text: `WITH own AS (${grouped}) SELECT own.*, (SELECT count(*) FROM own) AS total FROM own ${place}
      ORDER BY stands DESC, decided_at DESC, client_id DESC LIMIT ?`,
    values: [...values, ...(after === null ? [] : [after.stands, after.decidedAt, after.clientId]), page.limit + 1],
  });
  const shown = rows.slice(0, page.limit);
  return {
    clientIds: shown.map((row) => String(row['client_id'])),
    next: rows.length > page.limit ? toServicePlace(shown.at(-1)) : null,
    count: Number(rows[0]?.['total'] ?? 0),
  };
}

function toServicePlace(row: Row | undefined): ServicePlace | null {
  return row === undefined
    ? null
    : { stands: Number(row['stands']), decidedAt: Number(row['decided_at']), clientId: String(row['client_id']) };
}

const toPlaceholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

type OfServices = { readonly now: number; readonly group?: ConsentGroup | undefined; readonly perService: number };

export async function readConsentsOf(
  engine: Engine,
  personId: string,
  { clientIds, asked }: { readonly clientIds: readonly string[]; readonly asked: OfServices },
): Promise<readonly StoredConsent[]> {
  if (clientIds.length === 0) {
    return [];
  }
  const group = toGroupCondition(asked.group, asked.now);
  const stands = `CASE WHEN ${runs} AND expires_at > ? THEN 2 WHEN state = 'paused' THEN 1 ELSE 0 END`;
  const ranked = `SELECT id, row_number() OVER (PARTITION BY client_id ORDER BY ${stands} DESC, decided_at DESC, id DESC) AS place
    FROM consents WHERE person_id = ? AND client_id IN (${toPlaceholders(clientIds)})${group.text}`;
  const query = selectFrom(
    engine.tables.consents,
    `JOIN (${ranked}) AS ranked ON ranked.id = consents.id WHERE ranked.place <= ? ORDER BY ranked.place`,
    [asked.now, personId, ...clientIds, ...group.values, asked.perService],
  );
  return (await findAll(engine, query)).map(toConsent);
}

export async function readConsents(
  engine: Engine,
  personId: string,
  asked: { readonly clientId: string; readonly page: { readonly after: ConsentPlace | null; readonly limit: number } },
): Promise<OwnConsents> {
  const { after, limit } = asked.page;
  const place = after === null ? '' : 'AND (decided_at, id) < (CAST(? AS bigint), ?) ';
  const query = selectFrom(
    engine.tables.consents,
    `WHERE person_id = ? AND client_id = ? ${place}ORDER BY decided_at DESC, id DESC LIMIT ?`,
    [personId, asked.clientId, ...(after === null ? [] : [after.decidedAt, after.id]), limit + 1],
  );
  const found = (await findAll(engine, query)).map(toConsent);
  const consents = found.slice(0, limit);
  const last = consents.at(-1);
  return { consents, next: found.length > limit && last !== undefined ? { decidedAt: last.decidedAt, id: last.id } : null };
}

export async function readEnding(
  engine: Engine,
  personId: string,
  asked: { readonly now: number; readonly until: number; readonly limit: number },
): Promise<readonly StoredConsent[]> {
  const query = selectFrom(
    engine.tables.consents,
    `WHERE person_id = ? AND ${runs} AND expires_at > ? AND expires_at < ? ORDER BY expires_at, id LIMIT ?`,
    [personId, asked.now, asked.until, asked.limit],
  );
  return (await findAll(engine, query)).map(toConsent);
}

export async function readRecords(engine: Engine, personId: string, ids: readonly string[]): Promise<readonly StoredConsent[]> {
  if (ids.length === 0) {
    return [];
  }
  const query = selectFrom(engine.tables.consents, `WHERE person_id = ? AND id IN (${toPlaceholders(ids)})`, [personId, ...ids]);
  return (await findAll(engine, query)).map(toConsent);
}

const decided = `consent_versions.consent_id, consent_versions.person_id, consent_versions.version, consent_versions.receipt_id,
  consent_versions.event_id, consent_versions.created_at, consent_versions.change, consent_versions.acted_by`;

function toDecision(row: Row): OwnDecision {
  return {
    id: String(row['receipt_id']),
    consentId: String(row['consent_id']),
    personId: String(row['person_id']),
    version: Number(row['version']),
    eventId: String(row['event_id']),
    createdAt: Number(row['created_at']),
    change: changes.find((change) => change === row['change']) ?? 'given',
    actedBy: row['acted_by'] === 'authority' ? 'authority' : 'self',
  };
}

export async function readReceipts(
  engine: Engine,
  personId: string,
  page: { readonly after: ReceiptPlace | null; readonly limit: number },
): Promise<OwnReceipts> {
  const { after, limit } = page;
  const place = after === null ? '' : 'AND (consent_versions.created_at, consent_versions.receipt_id) < (CAST(? AS bigint), ?) ';
  const rows = await engine.read({
    text: `SELECT ${decided}, consent_versions.jws FROM consent_versions
      WHERE consent_versions.person_id = ? ${place}ORDER BY consent_versions.created_at DESC, consent_versions.receipt_id DESC LIMIT ?`,
    values: [personId, ...(after === null ? [] : [after.createdAt, after.id]), limit + 1],
  });
  const receipts = rows.slice(0, limit).map((row) => ({ ...toDecision(row), jws: String(row['jws']) }));
  const last = receipts.at(-1);
  return { receipts, next: rows.length > limit && last !== undefined ? { createdAt: last.createdAt, id: last.id } : null };
}

export async function readDecisions(engine: Engine, consentIds: readonly string[], perConsent: number): Promise<readonly OwnDecision[]> {
  if (consentIds.length === 0) {
    return [];
  }
  const ranked = `SELECT consent_id, version, row_number() OVER (PARTITION BY consent_id ORDER BY version DESC) AS place
    FROM consent_versions WHERE consent_id IN (${toPlaceholders(consentIds)})`;
  const rows = await engine.read({
    text: `SELECT ${decided} FROM (${ranked}) AS ranked
      JOIN consent_versions ON consent_versions.consent_id = ranked.consent_id AND consent_versions.version = ranked.version
      WHERE ranked.place <= ? ORDER BY consent_versions.version DESC`,
    values: [...consentIds, perConsent],
  });
  return rows.map(toDecision);
}

export async function readDecisionsAt(engine: Engine, personId: string, places: readonly DecisionPlace[]): Promise<readonly OwnDecision[]> {
  if (places.length === 0) {
    return [];
  }
  const isThere = places.map(() => '(consent_versions.consent_id = ? AND consent_versions.version = ?)').join(' OR ');
  const rows = await engine.read({
    text: `SELECT ${decided} FROM consent_versions
      WHERE (${isThere}) AND consent_versions.person_id = ?`,
    values: [...places.flatMap(({ consentId, version }) => [consentId, version]), personId],
  });
  return rows.map(toDecision);
}
