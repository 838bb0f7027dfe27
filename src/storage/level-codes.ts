// Level codes in the database. One statement takes a code, and only one caller can win; it counts in an open session of its person alone.

import type { LevelCode, LevelCodesStore, RaisedPasskey } from '../domain/passkeys/store.ts';
import { appendEvents } from './append-events.ts';
import type { Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { lockPerson } from './lock-person.ts';
import { findOne, insertInto, selectFrom } from './statements.ts';

const takeCode = `DELETE FROM level_codes WHERE digest = ? AND person_id = ? AND expires_at > ?
  AND EXISTS (SELECT 1 FROM people WHERE people.id = level_codes.person_id AND people.status = 'active') RETURNING digest`;

/** Gives a row back where it was there to be taken. */
export function toTakeLevelCode(digest: string, personId: string, now: number): Statement {
  return { text: takeCode, values: [digest, personId, now] };
}

/** Whoever calls it holds the person's row. */
export function* replaceLevelCode({ levelCodes }: Tables, code: LevelCode): Act<void> {
  yield { text: 'DELETE FROM level_codes WHERE person_id = ?', values: [code.personId] };
  yield insertInto(levelCodes, code);
}

const findOpenSession = 'SELECT uid FROM sessions WHERE uid = ? AND person_id = ? AND ended_at IS NULL AND expires_at > ?';

export function* isSessionOpen(uid: string, personId: string, now: number): Act<boolean> {
  return (yield { text: findOpenSession, values: [uid, personId, now] }).length === 1;
}

export function createLevelCodesStore(engine: Engine): LevelCodesStore {
  return {
    findLevelCode: async (digest, now) =>
      findOne(engine, selectFrom(engine.tables.levelCodes, 'WHERE digest = ? AND expires_at > ?', [digest, now])),
    raisePasskey: async (raised) => engine.atomic(() => raisePasskey(engine, raised)),
  };
}

const raiseCeiling = "UPDATE passkeys SET ceiling = 'high' WHERE id = ? AND person_id = ? AND ended_at IS NULL RETURNING id";

function* raisePasskey(engine: Engine, raised: RaisedPasskey): Act<Awaited<ReturnType<LevelCodesStore['raisePasskey']>>> {
  const { passkeyId, personId, codeDigest, sessionUid, now, event } = raised;
  yield lockPerson(personId);
  if (!(yield* isSessionOpen(sessionUid, personId, now))) {
    return 'session/ended';
  }
  if ((yield toTakeLevelCode(codeDigest, personId, now)).length === 0) {
    return 'level-code/refused';
  }
  const done = yield { text: raiseCeiling, values: [passkeyId, personId] };
  if (done.length === 0) {
    yield undo;
    return 'passkey/gone';
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}
