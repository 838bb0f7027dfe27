// What both databases are made of: the columns that the code names, and triggers that keep evidence as it was written.

import { toNotice } from '../../src/domain/consent/notice.ts';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { sequenceEvents } from '../../src/domain/ledger/sequence.ts';
import { toColumns, toTableName, toTables } from '../../src/storage/dialect.ts';
import type { Engine } from '../../src/storage/engine.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createSigner } from '../support/ledger-samples.ts';
import { createDecision, createConsent, createEvent, createName, createScene } from '../support/store-samples.ts';

type ColumnFact = { readonly name: string; readonly kind: string; readonly isNullable: boolean };

const tables = Object.values(toTables('sqlite'));

const kinds: Readonly<Record<string, string>> = {
  INTEGER: 'whole',
  bigint: 'whole',
  integer: 'whole',
  boolean: 'whole',
  TEXT: 'text',
  text: 'text',
};

/** Without the place that PostgreSQL gives each entry by itself, which SQLite has as rowid and no code names but the sequencer. */
async function readColumns(engine: Engine, table: string): Promise<readonly ColumnFact[]> {
  const sqlite = 'SELECT name, type, "notnull" = 0 AS is_nullable FROM pragma_table_info(?) ORDER BY name';
  const postgres = `SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS is_nullable FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = ? AND is_identity = 'NO' ORDER BY column_name`;
  const rows = await engine.read({ text: engine.dialect === 'sqlite' ? sqlite : postgres, values: [table] });
  const facts = rows.map((row) => ({
    name: String(row['name']),
    kind: kinds[String(row['type'])] ?? String(row['type']),
    isNullable: Boolean(row['is_nullable']),
  }));
  return facts.toSorted((a, b) => a.name.localeCompare(b.name));
}

async function readNames(engine: Engine, what: 'tables' | 'indexes'): Promise<readonly string[]> {
  const sqlite = `SELECT name FROM sqlite_schema WHERE type = '${what === 'tables' ? 'table' : 'index'}' AND name NOT LIKE 'sqlite_%'`;
  const postgres =
    what === 'tables'
      ? 'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()'
      : `SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()
          AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace)`;
  const rows = await engine.read({ text: engine.dialect === 'sqlite' ? sqlite : postgres, values: [] });
  return rows.map((row) => String(row['name'])).toSorted();
}

/** Every index by name: a new one has to come to both databases. */
const indexes = [
  'artefacts_offline',
  'artefacts_requests',
  'audit_case_members_officer',
  'audit_case_people_person',
  'audit_cases_keys',
  'audit_exports_case',
  'audit_facts_actor',
  'audit_facts_elapsed',
  'audit_facts_person',
  'audit_facts_record',
  'audit_facts_service',
  'audit_facts_service_type',
  'audit_facts_type',
  'audit_searches_case',
  'audit_searches_officer',
  'audit_terms_term',
  'breach_lists_case',
  'breach_lists_open',
  'breach_people_person',
  'case_links_expiry',
  'case_links_person',
  'ceremonies_expiry',
  'checkpoint_signatures_witness',
  'consent_versions_person',
  'consents_person',
  'consents_service',
  'consents_standing',
  'consents_untold',
  'contact_changes_expiry',
  'contact_codes_destination',
  'contact_codes_expiry',
  'contact_codes_person',
  'duties_message',
  'duties_person',
  'duties_service',
  'duties_unanswered',
  'entries_index',
  'entries_pending',
  'entries_service',
  'entry_attributes_attribute',
  'entry_secrets_person',
  'erasures_begun',
  'former_addresses_expiry',
  'former_addresses_person',
  'freezes_due',
  'freezes_standing',
  'invitations_person',
  'kept_back_entries_person',
  'kept_back_entries_until',
  'level_codes_expiry',
  'level_codes_person',
  'limit_counts_expiry',
  'notices_digest',
  'officer_invitations_officer',
  'officer_passkeys_officer',
  'officers_active',
  'outbox_due',
  'outbox_expiry',
  'outbox_recipient',
  'passkey_names_person',
  'passkeys_judged',
  'passkeys_person',
  'proofings_person',
  'purposes_current',
  'recoveries_code',
  'recoveries_expiry',
  'recoveries_open',
  'recoveries_person',
  'recovery_codes_expiry',
  'recovery_codes_person',
  'reports_open',
  'reports_person',
  'security_notices_cases',
  'security_notices_person',
  'service_sessions_expiry',
  'service_sessions_person',
  'sessions_passkey',
  'sessions_person',
  'sessions_previous_key',
  'spare_offers_expiry',
  'spare_offers_person',
  'staff_sessions_officer',
  'submissions_waiting',
  'suspensions_case',
  'suspensions_open',
  'suspensions_standing',
  'trace_counts_expiry',
  'traces_expiry',
  'traces_service',
  'traces_visit',
  'unmaskings_case',
  'unmaskings_open',
  'unmaskings_person',
];

export function describeSchema(get: () => OpenedDatabase): void {
  describe('the schema', () => {
    it('has the tables and indexes that the other database has', async () => {
      expect(await readNames(get().engine, 'tables')).toEqual(tables.map(toTableName).toSorted());
      expect(await readNames(get().engine, 'indexes')).toEqual(indexes);
    });

    it.each(tables.map((table) => [toTableName(table), table] as const))(
      'has the columns of %s that the code names',
      async (name, table) => {
        const expected = toColumns(table).map((column) => ({ name: column.name, kind: column.kind, isNullable: column.isNullable }));
        expect(await readColumns(get().engine, name)).toEqual(expected.toSorted((a, b) => a.name.localeCompare(b.name)));
      },
    );
  });
  describeAppendOnly(get);
}

const signing = { signer: createSigner('ledger.example/evidence'), clock: systemClock };

/** The words of our triggers; P0001 is what PostgreSQL's raise. */
const refusal = expect.stringMatching(/append-only|only grow|only go|P0001/);

const changes: readonly string[] = [
  "UPDATE entries SET body = 'changed'",
  "UPDATE entries SET log_index = 7, leaf_hash = 'h', body = 'changed' WHERE log_index IS NULL",
  'UPDATE entries SET log_index = 7 WHERE log_index IS NULL',
  'UPDATE entries SET log_index = NULL, leaf_hash = NULL WHERE log_index IS NOT NULL',
  'UPDATE entries SET log_index = log_index + 100 WHERE log_index IS NOT NULL',
  'DELETE FROM entries',
  "INSERT INTO entries (id, type, at, attributes, body, commitment, log_index) VALUES ('forged', 't', 1, '[]', '{}', 'c', 9)",
  "UPDATE entry_secrets SET salt = 'changed'",
  "UPDATE entry_attributes SET attribute = 'changed'",
  'DELETE FROM entry_attributes',
  "UPDATE consent_versions SET jws = 'changed'",
  "UPDATE consent_versions SET jws = '', person_id = ''",
  'DELETE FROM consent_versions',
  "UPDATE notices SET text = 'changed'",
  'DELETE FROM notices',
  'UPDATE service_versions SET since = 1',
  'DELETE FROM service_versions',
  "UPDATE checkpoints SET root = 'changed'",
  'DELETE FROM checkpoints',
  "UPDATE ledger_tiles SET hashes = 'AAAA'",
  'UPDATE ledger_tiles SET hashes = substr(hashes, 1, 10)',
  "UPDATE ledger_tiles SET hashes = 'x' || hashes",
  'DELETE FROM ledger_tiles',
];

const dialectChanges: Readonly<Record<Engine['dialect'], readonly string[]>> = {
  sqlite: [
    ...['entries', 'consent_versions', 'checkpoints', 'entry_secrets', 'ledger_tiles', 'service_versions'].map(
      (table) => `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`,
    ),
    "INSERT OR REPLACE INTO notices SELECT digest, language, client_id, purpose_id, purpose_version, 'changed' FROM notices",
  ],
  postgres: [
    'entries',
    'consent_versions',
    'checkpoints',
    'entry_secrets',
    'entry_attributes',
    'ledger_tiles',
    'notices',
    'service_versions',
  ].map((table) => `TRUNCATE ${table} CASCADE`),
};

function describeAppendOnly(get: () => OpenedDatabase): void {
  const attempt = async (text: string): Promise<void> =>
    get().engine.atomic(function* () {
      yield { text, values: [] };
    });

  /** One numbered and one pending entry, a tile, a checkpoint and a receipt. */
  const fill = async (): Promise<void> => {
    const { storage } = get();
    const scene = await createScene(storage);
    const notice = toNotice(scene.purpose, 'en', 'What was shown');
    await storage.consents.saveDecision({ ...createDecision(createConsent(scene), null), notice });
    await sequenceEvents({ ...signing, store: storage.ledger });
    await get().append([createEvent('data.released', { attributes: ['email'] })]);
  };

  describe('evidence', () => {
    it.each(changes)('refuses: %s', async (text) => {
      await fill();
      await expect(attempt(text)).rejects.toMatchObject({ detail: refusal });
    });

    it('refuses what only this database can say', async () => {
      await fill();
      for (const text of dialectChanges[get().engine.dialect]) {
        await expect(attempt(text)).rejects.toMatchObject({ detail: refusal });
      }
    });

    it('can lose its salts and references to a person, and stays numbered and readable', async () => {
      const { storage, append } = get();
      const event = createEvent('data.released', { personRef: createName() });
      await append([event]);
      await sequenceEvents({ ...signing, store: storage.ledger });
      await attempt(`DELETE FROM entry_secrets WHERE entry_id = '${event.id}'`);
      expect(await storage.ledger.findEntryByEventId(event.id)).toMatchObject({ salt: null, personRef: null, body: event.body });
    });
  });
}
