// Rows of artefacts and sessions as the engine's port names them, and back.

import type { Artefact, EngineSession } from '../oidc/store.ts';
import type { RowOf, Tables } from './dialect.ts';

type ArtefactRow = RowOf<Tables['artefacts']>;
type SessionRow = RowOf<Tables['sessions']>;

/** How long the cookie value before a rotation still finds its session, so that a second tab survives. */
const previousLifeMs = 10_000;

export function toArtefact(row: ArtefactRow): Artefact {
  const { consentRun: _run, endedAt: _ended, ...artefact } = row;
  return artefact;
}

/** Without the run of its record, which the statement that writes it looks up. */
export function toArtefactRow(artefact: Artefact): ArtefactRow {
  return { ...artefact, consentRun: null, endedAt: null };
}

export function toSession(row: SessionRow): EngineSession {
  const { previousKey: _key, previousUntil: _until, endedAt: _ended, ...session } = row;
  return session;
}

export function toSessionRow(write: {
  readonly session: EngineSession;
  readonly previousKey: string | null;
  readonly at: number;
}): SessionRow {
  const previousUntil = write.previousKey === null ? write.at : write.at + previousLifeMs;
  return { ...write.session, previousKey: write.previousKey, previousUntil, endedAt: null };
}

/** What stays of a session: its uid, so that nothing in flight brings it back. */
export function toTombstone(uid: string, at: number): SessionRow {
  const empty = { previousKey: null, previousUntil: null, payload: '{}', personId: null, device: null, isShared: false, passkeyId: null };
  return { uid, key: `ended:${uid}`, ...empty, expiresAt: at, lastSeenAt: at, startedAt: at, endedAt: at };
}
