// The writes of one request as one act: all or nothing, every condition checked again inside it. Must never trust what was read before it began.

import type { Artefact, CommitFailure, EngineWrite } from '../oidc/store.ts';
import { appendEvents } from './append-events.ts';
import { forShare } from './dialect.ts';
import type { Dialect, RowOf, Tables } from './dialect.ts';
import { endEngineSession } from './end-engine-session.ts';
import { endSignIns } from './end-sign-ins.ts';
import { toArtefactRow } from './engine-rows.ts';
import { enterService } from './logouts-store.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { saveEngineSession, touchEngineSession } from './save-session.ts';
import { checkStanding, standing, toFailure } from './standing.ts';
import { insertFinding, insertInto } from './statements.ts';

// Saving an interaction again changes what it holds, never whether it was consumed or ended.
const saveArtefact = `ON CONFLICT (key) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at
  WHERE artefacts.model = excluded.model AND artefacts.ended_at IS NULL RETURNING ${standing}`;

const consume = `UPDATE artefacts SET consumed_at = ? WHERE key = ? AND model = ? AND consumed_at IS NULL AND ended_at IS NULL
  RETURNING ${standing}`;

const destroy = "UPDATE artefacts SET ended_at = ?, payload = '{}' WHERE key = ? AND ended_at IS NULL RETURNING key";

const endTokens = `ON CONFLICT (session_uid, client_id) DO UPDATE SET
  ended_before = CASE WHEN excluded.ended_before > ended_tokens.ended_before THEN excluded.ended_before ELSE ended_tokens.ended_before END,
  offline_ended_before = CASE WHEN excluded.offline_ended_before > ended_tokens.offline_ended_before
    THEN excluded.offline_ended_before ELSE ended_tokens.offline_ended_before END`;

type Failure = CommitFailure | undefined;
type Committed = { readonly ok: true } | { readonly ok: false; readonly failure: CommitFailure };
type Write<Kind extends EngineWrite['kind']> = Extract<EngineWrite, { readonly kind: Kind }>;

/** What one commit knows: its engine and its time. */
type Commit = {
  readonly engine: Engine;
  readonly now: number;
  /** Keys of what did not stand when it was saved: its session may be saved by the same commit. */
  readonly unsettled: Set<string>;
};

/** Writes after which something that stood may stand no more. */
function isEnding(write: EngineWrite): boolean {
  return endingKinds.has(write.kind) || (write.kind === 'save-session' && write.isSignIn);
}

const endingKinds: ReadonlySet<EngineWrite['kind']> = new Set(['end-tokens', 'end-session', 'end-sign-ins', 'destroy']);

export function* commitWrites(engine: Engine, writes: readonly EngineWrite[], now: number): Act<Committed> {
  const saved = writes.filter((write) => write.kind === 'save-artefact').map((write) => write.artefact);
  const sessions = writes.flatMap(toWrittenSession);
  yield* holdPersons(engine, writes);
  yield* lockParents(engine, saved, new Set(sessions));
  const commit: Commit = { engine, now, unsettled: new Set() };
  for (const write of writes) {
    const failure = yield* applyWrite(commit, write);
    if (failure !== undefined) {
      return yield* fail(failure);
    }
  }
  const doubtful = writes.some(isEnding) ? saved.map(({ key }) => key) : commit.unsettled;
  for (const key of doubtful) {
    const failure = yield* checkStanding(commit.now, key);
    if (failure !== undefined) {
      return yield* fail(failure);
    }
  }
  return { ok: true };
}

function toWrittenSession(write: EngineWrite): readonly string[] {
  if (write.kind === 'save-session') {
    return [write.session.uid];
  }
  return write.kind === 'touch-session' ? [write.uid] : [];
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
function* lockParents(engine: Engine, saved: readonly Artefact[], written: ReadonlySet<string>): Act<void> {
  const lock = forShare(engine.dialect);
  if (lock === '') {
    return;
  }
  const namesOf = (pick: (artefact: Artefact) => string | null): readonly string[] =>
    [...new Set(saved.map(pick).filter((name) => name !== null))].toSorted();
  for (const id of namesOf((artefact) => artefact.personId)) {
    yield { text: `SELECT id FROM people WHERE id = ?${lock}`, values: [id] };
  }
  for (const id of namesOf((artefact) => artefact.consentId)) {
    yield { text: `SELECT id FROM consents WHERE id = ?${lock}`, values: [id] };
  }
  // A session that this commit writes is held by the write; sharing it first would make two tabs wait for each other.
  for (const uid of namesOf((artefact) => (artefact.isOffline ? null : artefact.sessionUid)).filter((name) => !written.has(name))) {
    yield { text: `SELECT uid FROM sessions WHERE uid = ?${lock}`, values: [uid] };
  }
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
      return yield* touchEngineSession(write);
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

function toEndedRow({ sessionUid, clientId, at, includesOffline }: Write<'end-tokens'>): RowOf<Tables['endedTokens']> {
  return { sessionUid, clientId, endedBefore: at, offlineEndedBefore: includesOffline ? at : -1 };
}

const hasPurpose = `EXISTS (SELECT 1 FROM purposes
  WHERE purposes.client_id = consents.client_id AND purposes.id = consents.purpose_id AND purposes.is_current)`;

// The person is held until the commit, so that a suspension comes wholly before or wholly after; the record by the writing itself.
const toUse = (dialect: Dialect): string => `UPDATE consents SET uses = uses + 1, last_used_at = ?,
  period_uses = CASE WHEN period_from + ? > ? THEN period_uses + 1 ELSE 1 END, period_from = CASE WHEN period_from + ? > ? THEN period_from ELSE ? END
  WHERE id = ? AND version = ? AND state IN ('given', 'notified') AND expires_at > ? AND uses < ? AND (period_from + ? <= ? OR period_uses < ?)
  AND EXISTS (SELECT 1 FROM people WHERE people.id = consents.person_id AND people.status = 'active'${forShare(dialect)})
  AND EXISTS (SELECT 1 FROM services WHERE services.client_id = consents.client_id AND services.status = 'active') AND ${hasPurpose} RETURNING id`;

const useConsents = { sqlite: toUse('sqlite'), postgres: toUse('postgres') } as const;

const findUses = `SELECT uses FROM consents WHERE id = ? AND version = ? AND state IN ('given', 'notified') AND expires_at > ?
  AND EXISTS (SELECT 1 FROM people WHERE people.id = consents.person_id AND people.status = 'active')
  AND EXISTS (SELECT 1 FROM services WHERE services.client_id = consents.client_id AND services.status = 'active') AND ${hasPurpose}`;

function* useConsent(engine: Engine, write: Write<'use-consent'>): Act<Failure> {
  const { at, consentId, limits, version } = write;
  const most = limits.mostUses ?? Number.MAX_SAFE_INTEGER;
  const { perMillis, times } = limits.frequency ?? { perMillis: 0, times: Number.MAX_SAFE_INTEGER };
  const values = [at, perMillis, at, perMillis, at, at, consentId, version, at, most, perMillis, at, times];
  const used = yield { text: useConsents[engine.dialect], values };
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
  const finding = { property: 'consentRun', query: 'SELECT run FROM consents WHERE id = ?', value: artefact.consentId };
  const { text, values } = insertFinding(commit.engine.tables.artefacts, toArtefactRow(artefact), { finding, tail: saveArtefact });
  const [saved] = yield { text, values: [...values, commit.now] };
  if (saved !== undefined && toFailure(saved) !== undefined) {
    commit.unsettled.add(artefact.key);
  }
  return saved === undefined ? 'already-consumed' : undefined;
}

function* applyConsume(commit: Commit, write: Write<'consume'>): Act<Failure> {
  const [consumed] = yield { text: consume, values: [write.at, write.key, write.model, commit.now] };
  if (consumed !== undefined) {
    return toFailure(consumed);
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
  return yield* checkStanding(commit.now, key);
}
