// Proofings in the database: evidence arrives sealed and leaves sealed, and a code is handed out only together with what it rests on.

import type { StoredProofing } from '../domain/proofing/proofing.ts';
import type { ProofingStore, ProvenEnrolment, ProvenLevel } from '../domain/proofing/store.ts';
import { appendEvents } from './append-events.ts';
import type { Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { replaceLevelCode } from './level-codes.ts';
import { lockPerson } from './lock-person.ts';
import { isActive, replaceInvitation } from './people-store.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const replaceIssuer = `ON CONFLICT (issuer) DO UPDATE SET name = excluded.name, jwks = excluded.jwks, trust_framework = excluded.trust_framework,
  assurance_levels = excluded.assurance_levels, check_methods = excluded.check_methods, high_methods = excluded.high_methods, since = excluded.since,
  ended_at = excluded.ended_at`;

export function createProofingStore(engine: Engine): ProofingStore {
  const { proofings, proofingIssuers } = engine.tables;
  return {
    listProofings: async (personId) => {
      const rows = await findAll(engine, selectFrom(proofings, 'WHERE person_id = ? ORDER BY at DESC, id DESC', [personId]));
      return rows.map(({ wrappedKey, ciphertext, ...columns }) => ({ ...columns, sealed: { wrappedKey, ciphertext } }));
    },
    saveIssuer: async (issuer, event) =>
      engine.atomic(function* () {
        yield insertInto(proofingIssuers, issuer, replaceIssuer);
        yield* appendEvents(engine.tables, [event]);
      }),
    findIssuer: async (issuer) => findOne(engine, selectFrom(proofingIssuers, 'WHERE issuer = ? AND ended_at IS NULL', [issuer])),
    listIssuers: async () => findAll(engine, selectFrom(proofingIssuers, 'ORDER BY issuer', [])),
    saveEnrolment: async (enrolment) => engine.atomic(() => saveEnrolment(engine.tables, enrolment)),
    saveLevelCode: async (proven) => engine.atomic(() => saveLevelCode(engine.tables, proven)),
  };
}

/** A statement of a greater act. */
export function insertProofing({ proofings }: Tables, { sealed, ...columns }: StoredProofing): Statement {
  return insertInto(proofings, { ...columns, ...sealed });
}

type Saved = Awaited<ReturnType<ProofingStore['saveEnrolment']>>;

function* saveEnrolment(tables: Tables, { proofing, invitation, events, once }: ProvenEnrolment): Act<Saved> {
  const hindrance = (yield* findHindrance(proofing.personId)) ?? (yield* takeOnce(tables, once));
  if (hindrance !== null) {
    yield undo;
    return hindrance;
  }
  yield insertProofing(tables, proofing);
  yield* replaceInvitation(tables, invitation);
  yield* appendEvents(tables, events);
  return 'saved';
}

function* takeOnce({ replays }: Tables, once: ProvenEnrolment['once']): Act<'proofing/statement-refused' | null> {
  if (once === null) {
    return null;
  }
  const taken = yield insertInto(replays, once, 'ON CONFLICT (key) DO NOTHING RETURNING key');
  return taken.length === 0 ? 'proofing/statement-refused' : null;
}

/** Asked under the lock of the person's row, which whoever registers a passkey or changes the status takes too. */
function* findHindrance(personId: string): Act<'person/enrolled' | 'person/unknown' | null> {
  yield lockPerson(personId);
  const isOpen = yield* isActive(personId);
  // Ended ones count: whoever lost the last comes back by recovery, and never by one officer or one statement alone.
  const held = yield { text: 'SELECT id FROM passkeys WHERE person_id = ? LIMIT 1', values: [personId] };
  if (!isOpen) {
    return 'person/unknown';
  }
  return held.length > 0 ? 'person/enrolled' : null;
}

function* saveLevelCode(tables: Tables, { proofing, code, events }: ProvenLevel): Act<Awaited<ReturnType<ProofingStore['saveLevelCode']>>> {
  const { personId } = proofing;
  yield lockPerson(personId);
  if (!(yield* isActive(personId))) {
    return 'person/unknown';
  }
  const held = yield { text: 'SELECT id FROM passkeys WHERE person_id = ? AND ended_at IS NULL LIMIT 1', values: [personId] };
  if (held.length === 0) {
    return 'person/without-passkey';
  }
  yield insertProofing(tables, proofing);
  yield* replaceLevelCode(tables, code);
  yield* appendEvents(tables, events);
  return 'saved';
}
