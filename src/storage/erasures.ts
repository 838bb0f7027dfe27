// Destroying what leads back to a person. The key goes first: from that commit on nobody can read what it sealed, here or in any copy of the rows.

import { dayMs } from '../domain/kernel/clock.ts';
import { createToken, systemRandom } from '../domain/kernel/ids.ts';
import { sealAccount } from '../domain/ledger/erasure-account.ts';
import type { Destroyed } from '../domain/ledger/erasure-account.ts';
import type { Erasure, ErasureStore } from '../domain/home/close-account.ts';
import { appendEvents } from './append-events.ts';
import { forgetPerson } from './audit-terms.ts';
import { detachPerson, detachVersions } from './detach-person.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { tellServices } from './logouts-store.ts';
import { lockPerson } from './lock-person.ts';

/** Rows of one act, so that nobody waits for it long. */
const batchSize = 2000;

/** In the order in which their references let them go. */
const ownedTables = [
  'passkey_names',
  'spare_offers',
  'level_codes',
  'passkeys',
  'invitations',
  'proofings',
  'ceremonies',
  'contact_changes',
  'contact_codes',
  'freezes',
  'freeze_codes',
  'security_notices',
  'known_devices',
  'former_addresses',
  'recoveries',
  'recovery_codes',
  'audit_case_people',
  'unmaskings',
  'breach_people',
  'kept_back_entries',
  'case_links',
] as const;

/** What was under way when the account was closed has ended by then. */
const lateMs = dayMs;

const destroyed = '';

const destroySecrets = (personId: string): Statement => ({
  text: `DELETE FROM entry_secrets WHERE entry_id IN (SELECT entry_id FROM entry_secrets WHERE person_ref = ? LIMIT ${batchSize}) RETURNING entry_id`,
  values: [personId],
});

export function createErasureStore(engine: Engine): ErasureStore {
  return {
    erasePerson: async (erasure) => engine.atomic(() => erasePerson(engine, erasure)),
    continueErasures: async (now) => engine.atomic(() => continueErasures(engine, now)),
    listClosed: async () => {
      const rows = await engine.read({ text: 'SELECT person_id FROM erasures ORDER BY begun_at, person_id', values: [] });
      return rows.map((row) => String(row['person_id']));
    },
    scrub: async () => {
      if (engine.dialect === 'sqlite') {
        // Copies the pages into the database and empties the file beside it, which still holds them as they were.
        await engine.read({ text: 'PRAGMA wal_checkpoint(TRUNCATE)', values: [] });
      }
    },
  };
}

/** What a person could still withdraw: afterwards nobody could, and its agency would never be told. */
const withdrawable = `SELECT id FROM consents WHERE person_id = ? AND basis = 'consent' AND state IN ('given', 'notified', 'paused') AND expires_at > ? LIMIT 1`;

function* erasePerson(engine: Engine, { personId, handle, registryDigest, event }: Erasure): Act<'erased' | 'standing' | 'unknown'> {
  yield lockPerson(personId);
  const standing = yield { text: withdrawable, values: [personId, event.at] };
  if (standing.length > 0) {
    yield undo;
    return 'standing';
  }
  // First, while the subjects by which the services know this person can still be found.
  yield* tellServices(engine, { personId }, event.at);
  const closed = yield {
    text: `UPDATE people SET wrapped_key = ?, ciphertext = ?, declared_key = NULL, declared_ciphertext = NULL, registry_status = NULL, handle = ?, registry_digest = ?,
      language = NULL, status = 'closed', updated_at = ? WHERE id = ? AND status <> 'closed' RETURNING id`,
    values: [destroyed, destroyed, handle, registryDigest, event.at, personId],
  };
  if (closed.length === 0) {
    yield undo;
    return 'unknown';
  }
  const ended = "ended_at = ?, payload = '{}', person_id = NULL";
  yield { text: `UPDATE sessions SET ${ended}, device = NULL, passkey_id = NULL WHERE person_id = ?`, values: [event.at, personId] };
  yield { text: `UPDATE artefacts SET ${ended}, consent_id = NULL WHERE person_id = ?`, values: [event.at, personId] };
  yield {
    text: `UPDATE reports SET words_key = '', words_text = '', answer_key = CASE WHEN answer_key IS NULL THEN NULL ELSE '' END,
      answer_text = CASE WHEN answer_text IS NULL THEN NULL ELSE '' END, entry_id = NULL WHERE person_id = ?`,
    values: [personId],
  };
  const approvals = 'DELETE FROM recovery_approvals WHERE recovery_id IN (SELECT id FROM recoveries WHERE person_id = ?)';
  yield { text: approvals, values: [personId] };
  for (const table of ownedTables) {
    yield { text: `DELETE FROM ${table} WHERE person_id = ?`, values: [personId] };
  }
  yield* detachPerson(personId);
  yield { text: 'INSERT INTO erasures (person_id, begun_at, done_at) VALUES (?, ?, NULL)', values: [personId, event.at] };
  yield* appendEvents(engine.tables, [event]);
  const { ids } = yield* destroyBatch(engine, personId);
  yield* account(engine, { ids, at: event.at, seed: `${event.salt} account` });
  return 'erased';
}

/** Says in the log, in the act that destroys it, what nobody can open any more. */
function* account(engine: Engine, destroyed: Destroyed): Act<void> {
  if (destroyed.ids.length > 0) {
    yield* appendEvents(engine.tables, [sealAccount(destroyed)]);
  }
}

type Batch = {
  readonly changed: number;
  /** Of the entries that nobody can open any more. */
  readonly ids: readonly string[];
};

function* destroyBatch(engine: Engine, personId: string): Act<Batch> {
  const secrets = yield destroySecrets(personId);
  const versions = yield detachVersions(personId, batchSize);
  yield* forgetPerson(engine, personId);
  return { changed: secrets.length + versions.length, ids: secrets.map((row) => String(row['entry_id'])) };
}

function* continueErasures(engine: Engine, now: number): Act<number> {
  const begun = yield { text: 'SELECT person_id, begun_at FROM erasures WHERE done_at IS NULL ORDER BY begun_at LIMIT 20', values: [] };
  const ids: string[] = [];
  let count = 0;
  for (const row of begun) {
    const personId = String(row['person_id']);
    const batch = yield* destroyBatch(engine, personId);
    ids.push(...batch.ids);
    count += batch.changed;
    if (batch.changed === 0 && Number(row['begun_at']) + lateMs < now) {
      yield* detachPerson(personId);
      yield { text: 'UPDATE erasures SET done_at = ? WHERE person_id = ?', values: [now, personId] };
      count += 1;
    }
  }
  yield* account(engine, { ids, at: now, seed: createToken(systemRandom) });
  if (count === 0) {
    yield undo;
  }
  return count;
}
