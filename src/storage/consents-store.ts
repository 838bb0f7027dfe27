// Consents in the database: the current projection, every version with its receipt, and what goes to the outbox, written in one act with their events.

import { isStanding } from '../domain/consent/consent.ts';
import type { Change, Consent } from '../domain/consent/consent.ts';
import type { ConsentStore, Decision, Receipt, SubjectRecord, SubjectsAsked } from '../domain/consent/store.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { personKinds } from '../domain/people/person.ts';
import type { PersonKind } from '../domain/people/person.ts';
import { appendEvents } from './append-events.ts';
import { forShare } from './dialect.ts';
import type { RowOf, Tables } from './dialect.ts';
import { insertDuty } from './duties-store.ts';
import type { Act, Engine } from './engine.ts';
import { insertMessage } from './insert-message.ts';
import { createUpkeepReader } from './consents-upkeep.ts';
import { createRecordReader, toConsent } from './read-records.ts';
import type { Row } from './row.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

// A record that stops or starts to stand, or no longer allows access while the person is away, begins a new run: what rested on an earlier one stays dead.
const changeConsent = `UPDATE consents SET purpose_version = ?, version = ?, state = ?, change = ?, attributes = ?, basis = ?, language = ?, person_kind = ?, level = ?, is_offline = (CAST(? AS integer) = 1), acted_by = ?,
  decided_at = ?, expires_at = ?, run = CASE WHEN state IN ('given', 'notified') AND expires_at > ? AND CAST(? AS integer) = 1 AND NOT (is_offline AND CAST(? AS integer) = 0) THEN run ELSE run + 1 END,
  uses = CASE WHEN CAST(? AS integer) = 1 THEN 0 ELSE uses END, expiry_told_at = NULL
  WHERE id = ? AND version = ? AND person_id = ? AND client_id = ? AND purpose_id = ? RETURNING id`;

export function createConsentsStore(engine: Engine): ConsentStore {
  const { consents, consentVersions } = engine.tables;
  return {
    saveDecision: async (decision) => saveDecision(engine, decision),
    findConsentFor: async (personId, clientId, purposeId) => {
      const rows = await findAll(
        engine,
        selectFrom(consents, 'WHERE person_id = ? AND client_id = ? AND purpose_id = ?', [personId, clientId, purposeId]),
      );
      return rows.map(toConsent).toSorted(compareRecords)[0];
    },
    findConsent: async (id) => {
      const row = await findOne(engine, selectFrom(consents, 'WHERE id = ?', [id]));
      return row && toConsent(row);
    },
    listConsents: async (personId) => {
      const rows = await findAll(engine, selectFrom(consents, 'WHERE person_id = ? ORDER BY decided_at DESC, id DESC', [personId]));
      return rows.map(toConsent);
    },
    ...createRecordReader(engine),
    ...createUpkeepReader(engine),
    listReceipts: async (personId) => {
      const rows = await findAll(
        engine,
        selectFrom(consentVersions, 'WHERE person_id = ? ORDER BY created_at DESC, receipt_id DESC', [personId]),
      );
      return rows.map(toReceipt);
    },
    listDecisions: async (consentId) => {
      const rows = await findAll(engine, selectFrom(consentVersions, 'WHERE consent_id = ? ORDER BY version', [consentId]));
      return rows.map(({ version, state, change, decidedAt, eventId }) => ({ version, state, change, decidedAt, eventId }));
    },
    ...createNoticeReader(engine),
    listOfSubjects: async (asked) => listOfSubjects(engine, asked),
    findReceipt: async (id) => {
      const row = await findOne(engine, selectFrom(consentVersions, 'WHERE receipt_id = ?', [id]));
      return row && toReceipt(row);
    },
  };
}

function createNoticeReader(engine: Engine): Pick<ConsentStore, 'findNotice' | 'findNoticeIn'> {
  const { notices } = engine.tables;
  return {
    findNotice: async (digest) => findOne(engine, selectFrom(notices, 'WHERE digest = ? ORDER BY purpose_version LIMIT 1', [digest])),
    findNoticeIn: async ({ clientId, purposeId, purposeVersion }, language) => {
      const where = 'WHERE client_id = ? AND purpose_id = ? AND purpose_version = ? AND language = ? ORDER BY digest LIMIT 1';
      return findOne(engine, selectFrom(notices, where, [clientId, purposeId, purposeVersion, language]));
    },
  };
}

/** The standing record first, then the one decided last. */
function compareRecords(a: Pick<Consent, 'state' | 'decidedAt'>, b: Pick<Consent, 'state' | 'decidedAt'>): number {
  return Number(isStanding(b)) - Number(isStanding(a)) || b.decidedAt - a.decidedAt;
}

const subjectsPerQuery = 100;

async function listOfSubjects(engine: Engine, asked: SubjectsAsked): Promise<readonly SubjectRecord[]> {
  const subjects = [...new Set(asked.subjects)];
  const found: SubjectRecord[] = [];
  for (let from = 0; from < subjects.length; from += subjectsPerQuery) {
    found.push(...(await listGroup(engine, { ...asked, subjects: subjects.slice(from, from + subjectsPerQuery) })));
  }
  return found;
}

/** One text for groups of any size, because statements are prepared: what is missing is repeated. */
function toMarks(values: readonly string[]): { readonly marks: string; readonly padded: readonly string[] } {
  const padded = Array.from({ length: subjectsPerQuery }, (_, place) => values[place] ?? values[0] ?? '');
  return { marks: padded.map(() => '?').join(', '), padded };
}

async function listGroup(engine: Engine, { clientId, sector, subjects }: SubjectsAsked): Promise<readonly SubjectRecord[]> {
  const asked = toMarks(subjects);
  const rows = await engine.read({
    text: `SELECT s.subject AS subject, p.id AS id, p.kind AS kind FROM person_subjects s JOIN people p ON p.registry_digest = s.registry_digest
      WHERE s.sector = ? AND p.status = 'active' AND s.subject IN (${asked.marks})`,
    values: [sector, ...asked.padded],
  });
  const known = new Map(rows.map((row) => [String(row['id']), toKnown(row)]));
  const { marks, padded } = toMarks([...known.keys()]);
  const { consents } = engine.tables;
  const records = await findAll(engine, selectFrom(consents, `WHERE client_id = ? AND person_id IN (${marks})`, [clientId, ...padded]));
  const counting = new Map<string, RowOf<Tables['consents']>>();
  for (const record of records.toSorted(compareRecords)) {
    const key = `${record.personId}\n${record.purposeId}`;
    counting.set(key, counting.get(key) ?? record);
  }
  return [...counting.values()].flatMap((row) => {
    const person = known.get(row.personId);
    return person === undefined ? [] : [{ ...person, consent: toConsent(row), period: { from: row.periodFrom, uses: row.periodUses } }];
  });
}

function toKnown(row: Row): { readonly subject: string; readonly kind: PersonKind } {
  const kind = personKinds.find((each) => each === row['kind']);
  if (kind === undefined) {
    throw new Fault('store/unavailable', 'a person is of a kind that is not known');
  }
  return { subject: String(row['subject']), kind };
}

type Saved = 'saved' | 'store/conflict';

async function saveDecision(engine: Engine, decision: Decision): Promise<Saved> {
  try {
    return await engine.atomic(() => decide(engine, decision));
  } catch (error) {
    // Two first decisions at once: the unique index let one through.
    if (error instanceof Fault && error.code === 'store/conflict') {
      return 'store/conflict';
    }
    throw error;
  }
}

function* decide(engine: Engine, decision: Decision): Act<Saved> {
  const { consent, receipt } = decision;
  const isFree = yield* areParticipantsActive(engine, consent);
  if (!isFree) {
    return 'store/conflict';
  }
  const written = yield decision.expectedVersion === null
    ? insertInto(engine.tables.consents, { ...consent, ...unused }, 'ON CONFLICT DO NOTHING RETURNING id')
    : { text: changeConsent, values: toChange(consent, decision.expectedVersion) };
  if (written.length === 0) {
    return 'store/conflict';
  }
  yield insertInto(engine.tables.consentVersions, toVersionRow(consent, receipt));
  if (decision.notice !== null) {
    yield insertInto(engine.tables.notices, decision.notice, 'ON CONFLICT DO NOTHING');
  }
  for (const message of decision.outbox) {
    yield insertMessage(engine.tables, message);
  }
  for (const duty of decision.duties) {
    yield insertDuty(engine.tables, duty);
  }
  yield* appendEvents(engine.tables, decision.events);
  return 'saved';
}

const unused = { run: 1, uses: 0, lastUsedAt: null, periodFrom: 0, periodUses: 0, expiryToldAt: null } as const;

const lessening: ReadonlySet<Change> = new Set(['withdrawn', 'paused', 'narrowed']);
const agreedAnew: ReadonlySet<Change> = new Set(['given', 'notified', 'renewed']);
const ending: ReadonlySet<Change> = new Set(['revoked', 'invalidated']);

/** Whoever takes something back needs nobody's leave: a suspended service cannot keep a person from it, and nobody's status an authority. */
function* areParticipantsActive(engine: Engine, { change, clientId, personId }: Consent): Act<boolean> {
  const lock = forShare(engine.dialect);
  const persons = yield { text: `SELECT status FROM people WHERE id = ?${lock}`, values: [personId] };
  if (ending.has(change)) {
    return true;
  }
  const isActive = persons[0]?.['status'] === 'active';
  if (lessening.has(change)) {
    return isActive;
  }
  const services = yield { text: `SELECT client_id FROM services WHERE client_id = ? AND status = 'active'${lock}`, values: [clientId] };
  return isActive && services.length === 1;
}

function toChange(consent: Consent, expectedVersion: number): readonly (string | number)[] {
  // A paused record stands and releases nothing: pausing and resuming each end the run.
  const stands = consent.state === 'given' || consent.state === 'notified' ? 1 : 0;
  const changed = [
    consent.purposeVersion,
    consent.version,
    consent.state,
    consent.change,
    JSON.stringify(consent.attributes),
    consent.basis,
    consent.language,
    consent.personKind,
    consent.level,
    consent.isOffline ? 1 : 0,
  ];
  const runs = [consent.decidedAt, stands, consent.isOffline ? 1 : 0, agreedAnew.has(consent.change) ? 1 : 0];
  const times = [consent.actedBy, consent.decidedAt, consent.expiresAt, ...runs];
  return [...changed, ...times, consent.id, expectedVersion, consent.personId, consent.clientId, consent.purposeId];
}

function toVersionRow(consent: Consent, receipt: Receipt): RowOf<Tables['consentVersions']> {
  const { personId, purposeVersion, state, change, attributes, basis, language, actedBy, decidedAt, expiresAt } = consent;
  const { consentId, version, id: receiptId, jws, eventId, createdAt } = receipt;
  const decided = { personId, purposeVersion, state, change, attributes, basis, language, actedBy, decidedAt, expiresAt };
  return { consentId, version, ...decided, receiptId, jws, eventId, createdAt };
}

function toReceipt(row: RowOf<Tables['consentVersions']>): Receipt {
  const { receiptId: id, consentId, personId, version, jws, eventId, createdAt } = row;
  return { id, consentId, personId, version, jws, eventId, createdAt };
}
