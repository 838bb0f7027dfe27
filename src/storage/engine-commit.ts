// The writes of one request as one act: all or nothing, every condition checked again inside it. Must never trust what was read before it began.

import type { Artefact, CommitFailure, EngineWrite } from '../oidc/store.ts';
import { holdSessions } from './advisory-locks.ts';
import { appendEvents } from './append-events.ts';
import { forShare } from './dialect.ts';
import type { RowOf, Tables } from './dialect.ts';
import { capSessions } from './cap-sessions.ts';
import { endEngineSession } from './end-engine-session.ts';
import { endSignIns, isSinceEnd } from './end-sign-ins.ts';
import { toArtefactRow, toSessionRow } from './engine-rows.ts';
import { enterService } from './logouts-store.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { endOffers } from './spare-offers.ts';
import { readStanding } from './standing.ts';
import { insertInto } from './statements.ts';

// Saving an interaction again changes what it holds, never whether it was consumed or ended.
const saveArtefact = `ON CONFLICT (key) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at
  WHERE artefacts.model = excluded.model AND artefacts.ended_at IS NULL RETURNING key`;

const consume =
  'UPDATE artefacts SET consumed_at = ? WHERE key = ? AND model = ? AND consumed_at IS NULL AND ended_at IS NULL RETURNING key';

const destroy = "UPDATE artefacts SET ended_at = ?, payload = '{}' WHERE key = ? AND ended_at IS NULL RETURNING key";

// A request that still holds the key before the last rotation must not bring it back.
const saveSession = `ON CONFLICT (uid) DO UPDATE SET
  key = CASE WHEN excluded.key = sessions.previous_key THEN sessions.key ELSE excluded.key END,
  previous_key = CASE WHEN excluded.key IN (sessions.key, sessions.previous_key) THEN sessions.previous_key ELSE sessions.key END,
  previous_until = CASE WHEN excluded.key IN (sessions.key, sessions.previous_key) THEN sessions.previous_until ELSE excluded.previous_until END,
  started_at = CASE WHEN sessions.person_id IS NOT DISTINCT FROM excluded.person_id THEN sessions.started_at ELSE excluded.started_at END,
  device = CASE WHEN sessions.person_id IS NOT DISTINCT FROM excluded.person_id THEN sessions.device ELSE excluded.device END,
  is_shared = excluded.is_shared OR (sessions.is_shared AND sessions.person_id IS NOT DISTINCT FROM excluded.person_id), passkey_id = excluded.passkey_id,
  payload = excluded.payload, person_id = excluded.person_id, expires_at = excluded.expires_at, last_seen_at = excluded.last_seen_at
  WHERE sessions.ended_at IS NULL RETURNING uid`;

const touchSession = 'UPDATE sessions SET last_seen_at = ? WHERE uid = ? AND last_seen_at < ? AND ended_at IS NULL';

const endTokens = `ON CONFLICT (session_uid, client_id) DO UPDATE SET
  ended_before = CASE WHEN excluded.ended_before > ended_tokens.ended_before THEN excluded.ended_before ELSE ended_tokens.ended_before END,
  offline_ended_before = CASE WHEN excluded.offline_ended_before > ended_tokens.offline_ended_before
    THEN excluded.offline_ended_before ELSE ended_tokens.offline_ended_before END`;

type Failure = CommitFailure | undefined;
type Committed = { readonly ok: true } | { readonly ok: false; readonly failure: CommitFailure };
type Write<Kind extends EngineWrite['kind']> = Extract<EngineWrite, { readonly kind: Kind }>;

/** What one commit knows: its engine, its time, and the runs of the consents that its artefacts rest on. */
type Commit = { readonly engine: Engine; readonly now: number; readonly runs: ReadonlyMap<string, number> };

export function* commitWrites(engine: Engine, writes: readonly EngineWrite[], now: number): Act<Committed> {
  const saved = writes.filter((write) => write.kind === 'save-artefact').map((write) => write.artefact);
  const sessions = writes.filter((write) => write.kind === 'save-session').map((write) => write.session.uid);
  yield* holdPersons(engine, writes);
  const runs = yield* lockParents(engine, saved, new Set(sessions));
  const commit = { engine, now, runs };
  for (const write of writes) {
    const failure = yield* applyWrite(commit, write);
    if (failure !== undefined) {
      return yield* fail(failure);
    }
  }
  for (const artefact of saved) {
    // At the end, because the session may be saved by the same commit.
    const failure = yield* checkStanding(commit, artefact.key);
    if (failure !== undefined) {
      return yield* fail(failure);
    }
  }
  return { ok: true };
}

function* fail(failure: CommitFailure): Act<Committed> {
  yield undo;
  return { ok: false, failure };
}

/** Of tokens that only have to stand. Before their session and their record: whoever freezes or suspends holds the person first, and each would wait for the other. */
function* holdPersons(engine: Engine, writes: readonly EngineWrite[]): Act<void> {
  const lock = forShare(engine.dialect);
  for (const { key } of lock === '' ? [] : writes.filter((write) => write.kind === 'require-artefact')) {
    yield { text: `SELECT id FROM people WHERE id = (SELECT person_id FROM artefacts WHERE key = ?)${lock}`, values: [key] };
  }
}

/** Holds person, consent and session as they are until the commit: whoever withdraws, suspends or logs out comes wholly before or wholly after. */
function* lockParents(engine: Engine, saved: readonly Artefact[], written: ReadonlySet<string>): Act<ReadonlyMap<string, number>> {
  const lock = forShare(engine.dialect);
  const namesOf = (pick: (artefact: Artefact) => string | null): readonly string[] =>
    [...new Set(saved.map(pick).filter((name) => name !== null))].toSorted();
  if (lock !== '') {
    for (const id of namesOf((artefact) => artefact.personId)) {
      yield { text: `SELECT id FROM people WHERE id = ?${lock}`, values: [id] };
    }
  }
  const runs = new Map<string, number>();
  for (const id of namesOf((artefact) => artefact.consentId)) {
    const [row] = yield { text: `SELECT run FROM consents WHERE id = ?${lock}`, values: [id] };
    runs.set(id, Number(row?.['run'] ?? 0));
  }
  // A session that this commit writes is held by the write; sharing it first would make two tabs wait for each other.
  const held = namesOf((artefact) => (artefact.isOffline ? null : artefact.sessionUid)).filter((uid) => !written.has(uid));
  if (lock !== '') {
    for (const uid of held) {
      yield { text: `SELECT uid FROM sessions WHERE uid = ?${lock}`, values: [uid] };
    }
  }
  return runs;
}

type ArtefactWrite = Write<'save-artefact' | 'consume' | 'destroy' | 'require-artefact'>;

const artefactKinds: readonly string[] = ['save-artefact', 'consume', 'destroy', 'require-artefact'];

function isArtefactWrite(write: EngineWrite): write is ArtefactWrite {
  return artefactKinds.includes(write.kind);
}

type SessionWrite = Write<'save-session' | 'touch-session' | 'end-session' | 'end-sign-ins' | 'enter-service'>;

const sessionKinds: readonly string[] = ['save-session', 'touch-session', 'end-session', 'end-sign-ins', 'enter-service'];

function isSessionWrite(write: EngineWrite): write is SessionWrite {
  return sessionKinds.includes(write.kind);
}

function* applyWrite(commit: Commit, write: EngineWrite): Act<Failure> {
  if (isArtefactWrite(write)) {
    return yield* applyArtefactWrite(commit, write);
  }
  const { engine } = commit;
  if (isSessionWrite(write)) {
    return yield* applySessionWrite(engine, write);
  }
  switch (write.kind) {
    case 'end-tokens':
      yield insertInto(engine.tables.endedTokens, toEndedRow(write), endTokens);
      return undefined;
    case 'save-replay':
      return yield* applyReplay(engine, write);
    case 'use-consent':
      return yield* useConsent(engine, write);
    case 'append-event':
      yield* appendEvents(engine.tables, [write.event]);
      return undefined;
  }
}

function* applySessionWrite(engine: Engine, write: SessionWrite): Act<Failure> {
  switch (write.kind) {
    case 'save-session':
      return yield* saveEngineSession(engine, write);
    case 'touch-session':
      yield { text: touchSession, values: [write.at, write.uid, write.at] };
      return undefined;
    case 'end-session':
      yield* endEngineSession(engine, write);
      return undefined;
    case 'end-sign-ins':
      yield* endSignIns(engine, write);
      return undefined;
    case 'enter-service':
      yield* enterService(engine, write.entered);
      return undefined;
  }
}

function* applyArtefactWrite(commit: Commit, write: ArtefactWrite): Act<Failure> {
  switch (write.kind) {
    case 'save-artefact':
      return yield* applySave(commit, write.artefact);
    case 'consume':
      return yield* applyConsume(commit, write);
    case 'destroy':
      return yield* applyDestroy(commit, write);
    case 'require-artefact':
      return yield* requireArtefact(commit, write.key);
  }
}

function* saveEngineSession(engine: Engine, write: Write<'save-session'>): Act<Failure> {
  const { personId } = write.session;
  const signedIn = write.isSignIn ? personId : null;
  if (signedIn !== null) {
    yield* holdSessions(engine, signedIn);
  }
  if (write.isSignIn && !(yield* holdPasskey(engine, write))) {
    return 'session-ended';
  }
  const saved = yield insertInto(engine.tables.sessions, toSessionRow(write), saveSession);
  if (saved.length === 0) {
    return 'session-ended';
  }
  if (signedIn !== null) {
    yield endOffers(signedIn);
    yield* capSessions(engine, write);
  }
  return undefined;
}

/** Until the commit, so that the end of the passkey, or a freeze of its person, comes wholly before or wholly after. */
function* holdPasskey(engine: Engine, { session, answeredAt = 0 }: Write<'save-session'>): Act<boolean> {
  const lock = forShare(engine.dialect);
  const text = `SELECT id FROM passkeys WHERE id = ? AND ended_at IS NULL AND EXISTS (SELECT 1 FROM people
    WHERE people.id = passkeys.person_id AND people.status = 'active' AND ${isSinceEnd}${lock})${lock}`;
  const held = yield { text, values: [session.passkeyId, answeredAt, session.uid] };
  return held.length === 1;
}

function toEndedRow({ sessionUid, clientId, at, includesOffline }: Write<'end-tokens'>): RowOf<Tables['endedTokens']> {
  return { sessionUid, clientId, endedBefore: at, offlineEndedBefore: includesOffline ? at : -1 };
}

const hasPurpose = `EXISTS (SELECT 1 FROM purposes
  WHERE purposes.client_id = consents.client_id AND purposes.id = consents.purpose_id AND purposes.is_current)`;

// The person is held until the commit, so that a suspension comes wholly before or wholly after; the record by the writing itself.
const toUse = (engine: Engine): string => `UPDATE consents SET uses = uses + 1, last_used_at = ?,
  period_uses = CASE WHEN period_from + ? > ? THEN period_uses + 1 ELSE 1 END, period_from = CASE WHEN period_from + ? > ? THEN period_from ELSE ? END
  WHERE id = ? AND version = ? AND state IN ('given', 'notified') AND expires_at > ? AND uses < ? AND (period_from + ? <= ? OR period_uses < ?)
  AND EXISTS (SELECT 1 FROM people WHERE people.id = consents.person_id AND people.status = 'active'${forShare(engine.dialect)})
  AND EXISTS (SELECT 1 FROM services WHERE services.client_id = consents.client_id AND services.status = 'active') AND ${hasPurpose} RETURNING id`;

const findUses = `SELECT uses FROM consents WHERE id = ? AND version = ? AND state IN ('given', 'notified') AND expires_at > ?
  AND EXISTS (SELECT 1 FROM people WHERE people.id = consents.person_id AND people.status = 'active')
  AND EXISTS (SELECT 1 FROM services WHERE services.client_id = consents.client_id AND services.status = 'active') AND ${hasPurpose}`;

function* useConsent(engine: Engine, write: Write<'use-consent'>): Act<Failure> {
  const { at, consentId, limits, version } = write;
  const most = limits.mostUses ?? Number.MAX_SAFE_INTEGER;
  const { perMillis, times } = limits.frequency ?? { perMillis: 0, times: Number.MAX_SAFE_INTEGER };
  const values = [at, perMillis, at, perMillis, at, at, consentId, version, at, most, perMillis, at, times];
  const used = yield { text: toUse(engine), values };
  if (used.length === 1) {
    return undefined;
  }
  const [row] = yield { text: findUses, values: [consentId, version, at] };
  if (row === undefined) {
    return 'grant-ended';
  }
  return Number(row['uses']) >= most ? 'used-up' : 'too-often';
}

function* applySave(commit: Commit, artefact: Artefact): Act<Failure> {
  const run = artefact.consentId === null ? null : (commit.runs.get(artefact.consentId) ?? null);
  const saved = yield insertInto(commit.engine.tables.artefacts, toArtefactRow(artefact, run), saveArtefact);
  return saved.length === 0 ? 'already-consumed' : undefined;
}

function* applyConsume(commit: Commit, write: Write<'consume'>): Act<Failure> {
  const consumed = yield { text: consume, values: [write.at, write.key, write.model] };
  if (consumed.length === 1) {
    return yield* checkStanding(commit, write.key);
  }
  const [row] = yield { text: 'SELECT ended_at FROM artefacts WHERE key = ? AND consumed_at IS NULL', values: [write.key] };
  return row === undefined ? 'already-consumed' : 'grant-ended';
}

function* applyDestroy({ now }: Commit, { key, isOnce }: Write<'destroy'>): Act<Failure> {
  const ended = yield { text: destroy, values: [now, key] };
  return isOnce && ended.length === 0 ? 'already-consumed' : undefined;
}

function* applyReplay(engine: Engine, write: Write<'save-replay'>): Act<Failure> {
  const saved = yield insertInto(
    engine.tables.replays,
    { key: write.key, expiresAt: write.expiresAt },
    'ON CONFLICT (key) DO NOTHING RETURNING key',
  );
  return saved.length === 0 ? 'replayed' : undefined;
}

/** Holds it and its session until the commit: a revocation or a sign-out comes wholly before or wholly after. */
function* requireArtefact(commit: Commit, key: string): Act<Failure> {
  const lock = forShare(commit.engine.dialect);
  if (lock !== '') {
    yield { text: `SELECT key FROM artefacts WHERE key = ?${lock}`, values: [key] };
    yield { text: `SELECT uid FROM sessions WHERE uid = (SELECT session_uid FROM artefacts WHERE key = ?)${lock}`, values: [key] };
  }
  return yield* checkStanding(commit, key);
}

function* checkStanding(commit: Commit, key: string): Act<Failure> {
  const [row] = yield { text: readStanding, values: [commit.now, key] };
  const standing = row?.['standing'];
  if (standing === 'stands') {
    return undefined;
  }
  return standing === 'session-ended' ? 'session-ended' : 'grant-ended';
}
