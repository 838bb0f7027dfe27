// The engine's artefacts and sessions in the database. Reads join everything a row rests on, so that a withdrawal, a suspension or a logout counts
// at the next read and nothing has to be searched for and ended. Must never answer from memory.

import type { EngineStore, RestingToken } from '../oidc/store.ts';
import type { Engine } from './engine.ts';
import { commitWrites } from './engine-commit.ts';
import { toArtefact, toSession } from './engine-rows.ts';
import { createRememberedStore } from './remembered-store.ts';
import type { Row } from './row.ts';
import { stands } from './standing.ts';
import { findAll, findOne, selectColumns, selectFrom } from './statements.ts';

const findArtefact = `WHERE artefacts.key = ? AND artefacts.model = ? AND artefacts.expires_at > ? AND artefacts.ended_at IS NULL AND ${stands}`;

const findResting = `SELECT artefacts.person_id, artefacts.client_id, artefacts.consent_id, artefacts.expires_at, artefacts.payload, artefacts.consent_run, consents.run,
  consents.purpose_id, consents.purpose_version, consents.version, consents.state, consents.expires_at AS consent_expires_at
  FROM artefacts JOIN consents ON consents.id = artefacts.consent_id
  WHERE artefacts.key = ? AND artefacts.model = ? AND artefacts.expires_at > ? AND artefacts.ended_at IS NULL AND artefacts.consumed_at IS NULL`;

function toResting(row: Row): RestingToken {
  const toText = (name: string): string => String(row[name]);
  const toNumber = (name: string): number => Number(row[name]);
  return {
    personId: toText('person_id'),
    clientId: toText('client_id'),
    consentId: toText('consent_id'),
    expiresAt: toNumber('expires_at'),
    purposeId: toText('purpose_id'),
    purposeVersion: toNumber('purpose_version'),
    version: toNumber('version'),
    state: toText('state'),
    consentExpiresAt: toNumber('consent_expires_at'),
    payload: toText('payload'),
    isSameRun: toNumber('run') === toNumber('consent_run'),
  };
}

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
    findRestingToken: async (model, key, now) => {
      const [row] = await engine.read({ text: findResting, values: [key, model, now] });
      return row && toResting(row);
    },
    findSpent: async (model, key) => {
      const columns = ['clientId', 'expiresAt', 'consumedAt', 'payload'] as const;
      return findOne(engine, selectColumns(artefacts, columns, { tail: 'WHERE key = ? AND model = ?', values: [key, model] }));
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
    ...createRememberedStore(engine),
    hasReplay: async (key, now) => {
      const rows = await engine.read({ text: 'SELECT key FROM replays WHERE key = ? AND expires_at > ?', values: [key, now] });
      return rows.length === 1;
    },
  };
}
