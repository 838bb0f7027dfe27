// The engine's artefacts and sessions in the database. Reads join everything a row rests on, so that a withdrawal, a suspension or a logout counts
// at the next read and nothing has to be searched for and ended. Must never answer from memory.

import type { EngineStore } from '../oidc/store.ts';
import type { Engine } from './engine.ts';
import { commitWrites } from './engine-commit.ts';
import { toArtefact, toSession } from './engine-rows.ts';
import { stands } from './standing.ts';
import { findAll, findOne, selectFrom } from './statements.ts';

const findArtefact = `WHERE artefacts.key = ? AND artefacts.model = ? AND artefacts.expires_at > ? AND artefacts.ended_at IS NULL AND ${stands}`;

const isAlive = `sessions.ended_at IS NULL AND sessions.expires_at > ? AND sessions.last_seen_at >= ?
  AND (sessions.person_id IS NULL OR EXISTS (SELECT 1 FROM people WHERE people.id = sessions.person_id AND people.status = 'active'))`;

const findByKey = `WHERE sessions.uid = COALESCE(
    (SELECT uid FROM sessions WHERE key = ?),
    (SELECT uid FROM sessions WHERE previous_key = ? AND previous_until > ?)
  ) AND ${isAlive}`;

const findByUid = `WHERE sessions.uid = ? AND ${isAlive}`;

const listByPerson = `WHERE sessions.person_id = ? AND ${isAlive} ORDER BY sessions.last_seen_at DESC, sessions.uid LIMIT 100`;

export function createEngineStore(engine: Engine): EngineStore {
  const { artefacts, sessions } = engine.tables;
  return {
    commit: async (writes, now) => engine.atomic(() => commitWrites(engine, writes, now)),
    findArtefact: async (model, key, now) => {
      const row = await findOne(engine, selectFrom(artefacts, findArtefact, [key, model, now, now]));
      return row && toArtefact(row);
    },
    findSession: async (key, now, idleSince) => {
      const row = await findOne(engine, selectFrom(sessions, findByKey, [key, key, now, now, idleSince]));
      return row && toSession(row);
    },
    findSessionByUid: async (uid, now, idleSince) => {
      const row = await findOne(engine, selectFrom(sessions, findByUid, [uid, now, idleSince]));
      return row && toSession(row);
    },
    listSessions: async (personId, now, idleSince) => {
      const rows = await findAll(engine, selectFrom(sessions, listByPerson, [personId, now, idleSince]));
      return rows.map(toSession);
    },
    hasReplay: async (key, now) => {
      const rows = await engine.read({ text: 'SELECT key FROM replays WHERE key = ? AND expires_at > ?', values: [key, now] });
      return rows.length === 1;
    },
  };
}
