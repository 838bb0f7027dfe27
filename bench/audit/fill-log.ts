// A long log as facts, made inside the database: sign-ins of many people at many services over a year. For measuring alone; nothing of it verifies.

import Database from 'better-sqlite3';

type Extent = { readonly entries: number; readonly services: number };

export const startAt = Date.UTC(2025, 0, 1) - 3 * 3_600_000;
export const yearMs = 365 * 86_400_000;

const types = ['session.started', 'consent.requested', 'consent.given', 'service.entered', 'data.released'];
const attributes = Array.from({ length: 20 }, (_, at) => `attribute_${at}`);
/** One release in so many holds it. */
const rareEach = 20_000;

/** Where the numbers of each kind begin. */
const places = {
  type: 1,
  kind: 10,
  service: 100,
  purpose: 10_000,
  attribute: 20_000,
  rare: 20_100,
  flaw: 20_200,
  person: 1_000_000,
  record: 20_000_000,
};

type Made = { readonly kind: string; readonly sql: string };

const toPeople = ({ entries }: Extent): number => Math.max(100, Math.floor(entries / 50));

/** Few services are visited by many, many by few. */
function toNumbers(extent: Extent): string {
  const { services, entries } = extent;
  const people = toPeople(extent);
  return `WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?),
    v AS (SELECT i, i % 5 AS k, i / 5 AS g, ((i / 5) * 48271) % 2147483647 AS h FROM n),
    w AS (SELECT i, k, g, h, (h % ${people}) AS p, CAST(${services} * ((h % 1000) / 1000.0) * ((h % 1000) / 1000.0) AS integer) AS s,
      ${startAt} + CAST(i * ${yearMs / entries} AS integer) AS at FROM v)`;
}

const insertFacts = (extent: Extent): string => `INSERT INTO audit_facts
  (log_index, at, type, service, purpose, purpose_version, reason, person, record, actor_kind, actor, acted_by, ends_at, elapsed)
  ${toNumbers(extent)} SELECT i, at, k + ${places.type}, s + ${places.service}, s + ${places.purpose}, 1, NULL, p + ${places.person},
    CASE k WHEN 0 THEN NULL ELSE p * 8 + s % 8 + ${places.record} END, ${places.kind}, CASE k WHEN 1 THEN s + ${places.service} WHEN 4 THEN s + ${places.service} END,
    NULL, NULL, CASE k WHEN 2 THEN 2000 + h % 60000 END FROM w`;

const insertMarks = (extent: Extent, term: string, where: string): string =>
  `INSERT OR IGNORE INTO audit_marks (term, log_index) ${toNumbers(extent)} SELECT ${term}, i FROM w WHERE ${where}`;

const insertEntries = (extent: Extent): string => `INSERT INTO entries
  (id, type, at, service, purpose, attributes, body, commitment, log_index, leaf_hash)
  ${toNumbers(extent)} SELECT printf('%012x-0000-7000-8000-000000000000', i), (SELECT term FROM audit_terms WHERE id = k + ${places.type}), at, 'service-' || s, 'purpose-' || s,
    CASE k WHEN 4 THEN '["attribute_' || (h % 20) || '"]' ELSE '[]' END,
    '{"acted_by":"self","actor":{"kind":"person","ref":null},"payload":{"basis":"consent"},"purpose_version":1,"reason":null,"record":"record-' || (p * 8 + s % 8) || '"}',
    '', i, '' FROM w`;

const insertSecrets = (extent: Extent): string => `INSERT INTO entry_secrets (entry_id, person_ref, salt)
  ${toNumbers(extent)} SELECT printf('%012x-0000-7000-8000-000000000000', i), 'person-' || p, '' FROM w`;

function fillTerms(database: Database.Database, extent: Extent): void {
  const insert = database.prepare('INSERT INTO audit_terms (id, kind, term, state) VALUES (?, ?, ?, NULL)');
  const insertAll = (kind: string, terms: readonly string[], from: number): void =>
    terms.forEach((term, at) => insert.run(from + at, kind, term));
  insertAll('type', types, places.type);
  insertAll('actor-kind', ['person'], places.kind);
  insertAll(
    'service',
    Array.from({ length: extent.services }, (_, at) => `service-${at}`),
    places.service,
  );
  insertAll(
    'purpose',
    Array.from({ length: extent.services }, (_, at) => `purpose-${at}`),
    places.purpose,
  );
  insertAll('attribute', attributes, places.attribute);
  insertAll('attribute', ['rare'], places.rare);
  insertAll('flaw', ['hasty'], places.flaw);
  const many: readonly Made[] = [
    { kind: 'person', sql: `${places.person} + i` },
    { kind: 'record', sql: `${places.record} + i` },
  ];
  for (const { kind, sql } of many) {
    const count = toPeople(extent) * (kind === 'record' ? 8 : 1);
    database.exec(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})
      INSERT INTO audit_terms (id, kind, term, state) SELECT ${sql}, '${kind}', '${kind}-' || i, NULL FROM n`);
  }
}

const summing = [
  `INSERT INTO audit_blocks (block, min_at, max_at) SELECT log_index / 1024, min(at), max(at) FROM audit_facts GROUP BY 1`,
  `INSERT INTO audit_days (day, type, service, purpose, purpose_version, mark, n)
    SELECT (at + 10800000) / 86400000, type, service, purpose, purpose_version, 0, count(*) FROM audit_facts GROUP BY 1, 2, 3, 4, 5`,
  `INSERT INTO audit_days (day, type, service, purpose, purpose_version, mark, n)
    SELECT (f.at + 10800000) / 86400000, f.type, f.service, f.purpose, f.purpose_version, m.term, count(*)
    FROM audit_marks m JOIN audit_facts f ON f.log_index = m.log_index GROUP BY 1, 2, 3, 4, 5, 6`,
];

type Definition = { readonly type: string; readonly name: string; readonly sql: string };

/** Indexes and triggers stand aside while rows come, and come back as they were. */
function withoutIndexes(database: Database.Database, work: () => void): void {
  const tables = "('audit_facts', 'entries', 'entry_secrets')";
  const definitions = database
    .prepare<[], Definition>(
      `SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN ${tables} AND type IN ('index', 'trigger') AND sql IS NOT NULL`,
    )
    .all();
  definitions.forEach(({ type, name }) => database.exec(`DROP ${type} ${name}`));
  work();
  definitions.forEach(({ sql }) => database.exec(sql));
}

const chunk = 100_000;

/** The file MUST be migrated and empty. */
export function fillLog(file: string, extent: Extent): void {
  const database = new Database(file);
  ['synchronous=OFF', 'journal_mode=OFF', 'cache_size=-400000', 'temp_store=MEMORY'].forEach((setting) => database.pragma(setting));
  fillTerms(database, extent);
  const marks = [0, 1, 2].map((at) => insertMarks(extent, `${places.attribute} + (h / ${at + 1}) % 20`, 'k = 4'));
  const more = [
    insertMarks(extent, String(places.rare), `k = 4 AND g % ${rareEach} = 7`),
    insertMarks(extent, String(places.flaw), 'k = 2 AND h % 97 = 0'),
  ];
  const statements = [insertFacts(extent), insertEntries(extent), insertSecrets(extent), ...marks, ...more];
  withoutIndexes(database, () => {
    for (let from = 0; from < extent.entries; from += chunk) {
      statements.forEach((text) => database.prepare(text).run(from, Math.min(from + chunk, extent.entries)));
    }
    summing.forEach((text) => database.exec(text));
  });
  database.close();
}
