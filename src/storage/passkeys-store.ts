// Passkeys and pending ceremonies in the database. A challenge and an invitation are each taken by one statement that only one caller can win.

import type { PasskeysStore } from '../domain/passkeys/store.ts';
import { appendEvents } from './append-events.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { lockPerson } from './lock-person.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const takeInvitation =
  'UPDATE invitations SET used_at = ? WHERE digest = ? AND person_id = ? AND used_at IS NULL AND expires_at > ? RETURNING digest';

// An authenticator that does not count says zero every time (WebAuthn L3 §6.1.1).
const saveUse = `UPDATE passkeys SET counter = ?, is_backed_up = ?, last_used_at = ?
  WHERE id = ? AND (counter < ? OR (counter = 0 AND CAST(? AS bigint) = 0)) RETURNING id`;

export function createPasskeysStore(engine: Engine): PasskeysStore {
  const { ceremonies, passkeys } = engine.tables;
  return {
    saveCeremony: async (ceremony) =>
      engine.atomic(function* () {
        yield insertInto(ceremonies, ceremony);
      }),
    takeCeremony: async (id) =>
      engine.atomic(function* () {
        const shape = selectFrom(ceremonies, '', []);
        const [row] = yield { text: 'DELETE FROM ceremonies WHERE id = ? RETURNING *', values: [id] };
        return row && shape.decode(row);
      }),
    findPasskey: async (id) => findOne(engine, selectFrom(passkeys, 'WHERE id = ?', [id])),
    listPasskeys: async (personId) => findAll(engine, selectFrom(passkeys, 'WHERE person_id = ? ORDER BY created_at, id', [personId])),
    savePasskey: async (registration) => engine.atomic(() => savePasskey(engine, registration)),
    saveUse: async (use) =>
      engine.atomic(function* () {
        const saved = yield { text: saveUse, values: [use.counter, use.isBackedUp, use.at, use.id, use.counter, use.counter] };
        return saved.length === 1;
      }),
  };
}

type Registration = Parameters<PasskeysStore['savePasskey']>[0];

function* savePasskey(engine: Engine, registration: Registration): Act<Awaited<ReturnType<PasskeysStore['savePasskey']>>> {
  const { passkey, invitationDigest, now } = registration;
  yield lockPerson(passkey.personId);
  if (invitationDigest !== null) {
    const taken = yield { text: takeInvitation, values: [now, invitationDigest, passkey.personId, now] };
    if (taken.length === 0) {
      return 'enrolment/invalid-link';
    }
  }
  const saved = yield insertInto(engine.tables.passkeys, passkey, 'ON CONFLICT (id) DO NOTHING RETURNING id');
  if (saved.length === 0) {
    yield undo;
    return 'passkey/already-registered';
  }
  yield* appendEvents(engine.tables, [registration.event]);
  return 'saved';
}
