// FIDO metadata in the database, and which passkeys have to be judged by them anew.

import type { Model } from '../domain/metadata/model.ts';
import type { Edition, Judged, MetadataStore, StandingCounts, Unjudged } from '../domain/metadata/store.ts';
import { holdLock } from './advisory-locks.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import type { Act, Engine } from './engine.ts';
import { toStanding } from './judged-standing.ts';
import type { Row } from './row.ts';
import { findAll, insertInto, selectFrom } from './statements.ts';

const replaceSource = `ON CONFLICT (source) DO UPDATE SET name = excluded.name, number = excluded.number, next_update = excluded.next_update,
  digest = excluded.digest, imported_at = excluded.imported_at`;

const replaceModel = `ON CONFLICT (aaguid, source) DO UPDATE SET description = excluded.description, is_listed = excluded.is_listed,
  is_warned = excluded.is_warned, status = excluded.status, status_since = excluded.status_since, roots = excluded.roots,
  user_verification = excluded.user_verification, key_protection = excluded.key_protection,
  attestation_types = excluded.attestation_types, version = excluded.version`;

const holders = { person: 'passkeys', officer: 'officer_passkeys' } as const;
type Holder = keyof typeof holders;

const living = { person: ' AND passkeys.ended_at IS NULL', officer: ' AND officer_passkeys.ended_at IS NULL' } as const;

const toUnjudgedFrom = (holder: Holder): string => `FROM ${holders[holder]}
  JOIN (SELECT aaguid, max(version) AS version FROM metadata_models GROUP BY aaguid) AS models
  ON models.aaguid = ${holders[holder]}.aaguid AND ${holders[holder]}.judged_version < models.version${living[holder]}`;

export function createMetadataStore(engine: Engine): MetadataStore {
  const { metadataSources, metadataModels } = engine.tables;
  return {
    listSources: async () => findAll(engine, selectFrom(metadataSources, 'ORDER BY source', [])),
    listModels: async () => (await findAll(engine, selectFrom(metadataModels, 'ORDER BY aaguid, source', []))).map(toModel),
    findModels: async (aaguid) =>
      (await findAll(engine, selectFrom(metadataModels, 'WHERE aaguid = ? ORDER BY source', [aaguid]))).map(toModel),
    saveEdition: async (edition) => engine.atomic(() => saveEdition(engine, edition)),
    listUnjudged: async (limit) => listUnjudged(engine, limit),
    countUnjudged: async () => (await countUnjudged(engine, 'person')) + (await countUnjudged(engine, 'officer')),
    saveJudged: async (judged) => engine.atomic(() => saveJudged(judged)),
    countStandings: async () => ({ person: await countStandings(engine, 'person'), officer: await countStandings(engine, 'officer') }),
  };
}

function toModel({ version: _version, ...model }: RowOf<Tables['metadataModels']>): Model {
  return model;
}

function* saveEdition(engine: Engine, { source, models, event }: Edition): Act<'saved' | 'older'> {
  yield* holdLock(engine, 'metadata');
  const [known] = yield { text: 'SELECT number FROM metadata_sources WHERE source = ?', values: [source.source] };
  if (known !== undefined && Number(known['number']) >= source.number) {
    return 'older';
  }
  const { metadataModels, metadataSources } = engine.tables;
  yield insertInto(metadataSources, source, replaceSource);
  const [newest] = yield { text: 'SELECT coalesce(max(version), 0) AS version FROM metadata_models', values: [] };
  const version = Number(newest?.['version'] ?? 0) + 1;
  const held = selectFrom(metadataModels, 'WHERE source = ?', [source.source]);
  const rows = (yield held).map((row) => toModel(held.decode(row)));
  for (const model of findChanged(rows, models)) {
    yield insertInto(metadataModels, { ...model, version }, replaceModel);
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

/** With those that are no longer listed, whatever else was known of them: a warning stays. */
function findChanged(known: readonly Model[], models: readonly Model[]): readonly Model[] {
  const before = new Map(known.map((model) => [model.aaguid, toComparable(model)]));
  const listed = new Set(models.map(({ aaguid }) => aaguid));
  const gone = known.filter(({ aaguid, isListed }) => isListed && !listed.has(aaguid)).map((model) => ({ ...model, isListed: false }));
  return [...models.filter((model) => before.get(model.aaguid) !== toComparable(model)), ...gone];
}

function toComparable(model: Model): string {
  return JSON.stringify(Object.entries(model).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

async function listUnjudged(engine: Engine, limit: number): Promise<readonly Unjudged[]> {
  const found = await listUnjudgedOf(engine, 'officer', limit);
  return found.length < limit ? [...found, ...(await listUnjudgedOf(engine, 'person', limit - found.length))] : found;
}

async function listUnjudgedOf(engine: Engine, holder: Holder, limit: number): Promise<readonly Unjudged[]> {
  const name = holders[holder];
  const columns = ['id', 'aaguid', 'attestation', 'is_statement_verified', 'created_at'].map((column) => `${name}.${column}`);
  const text = `SELECT ${columns.join(', ')}, models.version ${toUnjudgedFrom(holder)} LIMIT ?`;
  const rows = await engine.read({ text, values: [limit] });
  return rows.map((row) => toUnjudged(row, holder));
}

function toUnjudged(row: Row, holder: Holder): Unjudged {
  return {
    id: String(row['id']),
    holder,
    aaguid: String(row['aaguid']),
    attestation: String(row['attestation']),
    isStatementVerified: Boolean(row['is_statement_verified']),
    createdAt: Number(row['created_at']),
    version: Number(row['version']),
  };
}

async function countUnjudged(engine: Engine, holder: Holder): Promise<number> {
  const [row] = await engine.read({ text: `SELECT count(*) AS waiting ${toUnjudgedFrom(holder)}`, values: [] });
  return Number(row?.['waiting'] ?? 0);
}

/** Never back to an older version: of two that judge one passkey, the one with the newer metadata is right. */
function* saveJudged(judged: readonly Judged[]): Act<void> {
  for (const { id, holder, version, isTrusted } of judged) {
    const text = `UPDATE ${holders[holder]} SET standing = ?, judged_version = ? WHERE id = ? AND judged_version < ?`;
    yield { text, values: [isTrusted ? 'trusted' : 'unknown', version, id, version] };
  }
}

async function countStandings(engine: Engine, holder: Holder): Promise<StandingCounts[Holder]> {
  const name = holders[holder];
  const judged = `SELECT ${toStanding(name)} FROM ${name} WHERE 1 = 1${living[holder]}`;
  const rows = await engine.read({ text: `SELECT standing, count(*) AS held FROM (${judged}) AS judged GROUP BY standing`, values: [] });
  const held = new Map(rows.map((row) => [String(row['standing']), Number(row['held'])]));
  return { trusted: held.get('trusted') ?? 0, unknown: held.get('unknown') ?? 0, revoked: held.get('revoked') ?? 0 };
}
