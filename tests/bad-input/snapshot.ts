// The whole database as one text, to show that a refused request changed nothing. What every look at a page leaves behind is named here, and left out.

import type { OpenDatabase } from '../support/open-database.ts';

/** What may differ, and why that is harmless. */
export const harmless: Readonly<Record<string, string>> = {
  artefacts: 'questions that wait for an answer (model Interaction)',
  sessions: 'when and how a session was last seen, and sessions in which nobody is signed in',
  ceremonies: 'challenges, which are given out and used up once',
  replays: 'identifiers of assertions and proofs, remembered so that they count once',
  person_subjects: 'the random name of a person towards a sector, made once and told to nobody without a consent',
  entries:
    'the number and hash that the sequencer gives to what was committed before, that an officer looked at a person or at the files of a case, and that somebody looked for a request and found none',
  entry_secrets: 'the salt of such a look',
  ledger_tiles: 'as above',
  checkpoints: 'as above',
  traces: 'that a request of a service was refused, for its developers; no evidence, and of no person',
  trace_counts: 'how many such there were on a day',
  limit_counts: 'that something failed, under a digest, for some minutes',
  audit_facts: 'what entries say, laid out for questions while they are numbered; made again from them at any time',
  audit_terms: 'as above',
  audit_marks: 'as above',
  audit_blocks: 'as above',
  audit_days: 'as above',
  audit_ceremonies: 'as above',
  outbox: 'how far letters to people are on their way, which they go by themselves; none may be added, and none taken away',
};

/** A form of a counter that comes back shows its person again, which is a look; and so does a form of the files of a case. */
const isLook = `(type = 'person.looked_up' OR type = 'trace.viewed' AND json_extract(body, '$.payload.found') = 0
  OR type = 'record.searched' AND json_extract(body, '$.payload.exports') IS NOT NULL
  OR type = 'record.viewed' AND json_extract(body, '$.payload.export') IS NOT NULL)`;

/** What a letter is from the beginning. What becomes of it is written whenever it leaves, which may be between two looks. */
const letter = 'id, topic, client_id, created_at, give_up_at';
const isLetter = "topic IN ('mail', 'notice')";
const toDelivery = (members: readonly string[]): string =>
  members.map((member) => `CASE WHEN ${isLetter} THEN NULL ELSE ${member} END AS ${member}`).join(', ');
const delivery = toDelivery([
  'body',
  'person_id',
  'state',
  'attempts',
  'next_attempt_at',
  'lease_id',
  'lease_until',
  'sent_at',
  'failure',
  'expires_at',
]);

const queries: Readonly<Record<string, string | null>> = {
  artefacts:
    "SELECT key, model, consumed_at, ended_at, person_id, client_id, consent_id, session_uid FROM artefacts WHERE model <> 'Interaction'",
  sessions: 'SELECT uid, person_id, ended_at FROM sessions WHERE person_id IS NOT NULL',
  ceremonies: null,
  replays: null,
  person_subjects: null,
  entries: `SELECT id, type, at, service, purpose, attributes, body, commitment FROM entries WHERE NOT ${isLook}`,
  entry_secrets: `SELECT * FROM entry_secrets WHERE entry_id NOT IN (SELECT id FROM entries WHERE ${isLook})`,
  ledger_tiles: null,
  checkpoints: null,
  traces: null,
  trace_counts: null,
  limit_counts: null,
  audit_facts: null,
  audit_terms: null,
  audit_marks: null,
  audit_blocks: null,
  audit_days: null,
  audit_ceremonies: null,
  outbox: `SELECT ${letter}, ${delivery} FROM outbox`,
};

/** Every table, whatever is added later: table name → its rows. */
export function takeSnapshot(database: OpenDatabase): Readonly<Record<string, readonly string[]>> {
  const tables = database
    .rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .map(({ name }) => String(name));
  const asked = tables.map((table) => [table, queries[table] === undefined ? `SELECT * FROM ${table}` : queries[table]] as const);
  return Object.fromEntries(
    asked.flatMap(([table, query]) =>
      query === null
        ? []
        : [
            [
              table,
              database
                .rows(query)
                .map((row) => JSON.stringify(row))
                .toSorted(),
            ] as const,
          ],
    ),
  );
}
