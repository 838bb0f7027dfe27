// Sessions of officers. Whether one lives is asked of the row and of its officer in the same statement, so that a suspension needs no search.

import type { KeyFacts, StaffStore } from '../domain/staff/store.ts';
import { appendEvents } from './append-events.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { selectOfficerPasskeys } from './judged-standing.ts';
import { findOne, insertInto, selectFrom } from './statements.ts';

type SessionsStore = Pick<StaffStore, 'startSession' | 'saveUse' | 'findSession' | 'saveLastSeen' | 'endSession'>;

// An authenticator that does not count says zero every time (WebAuthn L3 §6.1.1).
const saveUse = `UPDATE officer_passkeys SET counter = ?, is_backed_up = ?, last_used_at = ?
  WHERE id = ? AND officer_id = ? AND ended_at IS NULL AND (counter < ? OR (counter = 0 AND CAST(? AS bigint) = 0)) RETURNING id`;

const lives = `JOIN officers ON officers.id = staff_sessions.officer_id WHERE staff_sessions.digest = ? AND staff_sessions.ended_at IS NULL
  AND staff_sessions.expires_at > ? AND staff_sessions.last_seen_at > ? AND officers.status = 'active'`;

const endSession = 'UPDATE staff_sessions SET ended_at = ? WHERE digest = ? AND ended_at IS NULL RETURNING digest';

export const toKeyFacts = ({ standing, isBackupEligible, endedAt, endReason }: KeyFacts): KeyFacts => ({
  standing,
  isBackupEligible,
  endedAt,
  endReason,
});

export function createStaffSessions(engine: Engine): SessionsStore {
  const { officers, staffSessions } = engine.tables;
  return {
    startSession: async (start) => engine.atomic(() => startSession(engine, start)),
    saveUse: async (use) => engine.atomic(() => useAsActive(use)),
    findSession: async (digest, { now, idleSince }) => {
      const row = await findOne(engine, selectFrom(staffSessions, lives, [digest, now, idleSince]));
      const officer = row && (await findOne(engine, selectFrom(officers, "WHERE id = ? AND status = 'active'", [row.officerId])));
      const passkey = row && (await findOne(engine, selectOfficerPasskeys(engine.tables, 'WHERE id = ?', [row.passkeyId])));
      if (row === undefined || officer === undefined || passkey === undefined) {
        return undefined;
      }
      const { endedAt: _ended, passkeyId: _passkey, ...session } = row;
      return { officer, session, passkey: toKeyFacts(passkey) };
    },
    saveLastSeen: async (digest, at) =>
      engine.atomic(function* () {
        const later = 'UPDATE staff_sessions SET last_seen_at = ? WHERE digest = ? AND ended_at IS NULL AND last_seen_at < ?';
        yield { text: later, values: [at, digest, at] };
      }),
    endSession: async ({ digest, at, event }) =>
      engine.atomic(function* () {
        const ended = yield { text: endSession, values: [at, digest] };
        if (ended.length === 0) {
          yield undo;
          return;
        }
        yield* appendEvents(engine.tables, [event]);
      }),
  };
}

type Start = Parameters<StaffStore['startSession']>[0];

function* startSession(engine: Engine, { use, session, event }: Start): Act<boolean> {
  const { officerId, startedAt: at } = session;
  if (!(yield* useAsActive({ ...use, officerId, at }))) {
    return false;
  }
  yield insertInto(engine.tables.staffSessions, { ...session, passkeyId: use.passkeyId, endedAt: null });
  yield* appendEvents(engine.tables, [event]);
  return true;
}

/** Locks the officer's row: a suspension at the same time either comes first, or finds what was begun and ends it. */
function* useAsActive({ passkeyId, officerId, counter, isBackedUp, at }: Parameters<StaffStore['saveUse']>[0]): Act<boolean> {
  const lockActive = "UPDATE officers SET status = status WHERE id = ? AND status = 'active' RETURNING id";
  const active = yield { text: lockActive, values: [officerId] };
  const used = yield { text: saveUse, values: [counter, isBackedUp, at, passkeyId, officerId, counter, counter] };
  if (active.length === 0 || used.length === 0) {
    yield undo;
    return false;
  }
  return true;
}
