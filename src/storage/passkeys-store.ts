// Passkeys and pending ceremonies in the database. A challenge and an invitation are each taken by one statement that only one caller can win.

import type { Level } from '../domain/kernel/levels.ts';
import { mostPasskeys } from '../domain/passkeys/passkey.ts';
import type { EndedPasskey, Passkey } from '../domain/passkeys/passkey.ts';
import type { CeremoniesStore, EndedPasskeys, PasskeysStore, RegistrationRefusal, SavedRegistration } from '../domain/passkeys/store.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { endSessions } from './end-sessions.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { selectPasskeys } from './judged-standing.ts';
import { lockPerson } from './lock-person.ts';
import { createLevelCodesStore, isSessionOpen, toTakeLevelCode } from './level-codes.ts';
import { createPasskeyNamesStore } from './passkey-names.ts';
import { createSpareOffersStore, openOffer, toTakeOffer } from './spare-offers.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

// A freeze that comes first leaves nothing to be bound.
const takeInvitation = `UPDATE invitations SET used_at = ? WHERE digest = ? AND person_id = ? AND used_at IS NULL AND expires_at > ?
  AND EXISTS (SELECT 1 FROM people WHERE people.id = invitations.person_id AND status = 'active') RETURNING *`;

// An authenticator that does not count says zero every time (WebAuthn L3 §6.1.1).
const saveUse = `UPDATE passkeys SET counter = ?, is_backed_up = ?, last_used_at = ?
  WHERE id = ? AND ended_at IS NULL AND (counter < ? OR (counter = 0 AND CAST(? AS bigint) = 0)) RETURNING id`;

function createCeremoniesStore(engine: Engine): CeremoniesStore {
  const { ceremonies } = engine.tables;
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
  };
}

export function createPasskeysStore(engine: Engine): PasskeysStore {
  const list = async (personId: string, which: 'IS NULL' | 'IS NOT NULL'): Promise<readonly PasskeyRow[]> =>
    findAll(engine, selectPasskeys(engine.tables, `WHERE person_id = ? AND ended_at ${which} ORDER BY created_at, id`, [personId]));
  return {
    ...createPasskeyNamesStore(engine),
    ...createSpareOffersStore(engine),
    ...createLevelCodesStore(engine),
    ...createCeremoniesStore(engine),
    findPasskey: async (id) => {
      const row = await findOne(engine, selectPasskeys(engine.tables, 'WHERE id = ? AND ended_at IS NULL', [id]));
      return row && toPasskey(row);
    },
    findEndedPasskey: async (id) => {
      const row = await findOne(engine, selectPasskeys(engine.tables, 'WHERE id = ? AND ended_at IS NOT NULL', [id]));
      return row && toPasskey(row);
    },
    listPasskeys: async (personId) => (await list(personId, 'IS NULL')).map(toPasskey),
    listEndedPasskeys: async (personId) => (await list(personId, 'IS NOT NULL')).flatMap(toEnded),
    endPasskeys: async (ended) => engine.atomic(() => endPasskeys(engine, ended)),
    savePasskey: async (registration) => engine.atomic(() => savePasskey(engine, registration)),
    saveUse: async (use) =>
      engine.atomic(function* () {
        const saved = yield { text: saveUse, values: [use.counter, use.isBackedUp, use.at, use.id, use.counter, use.counter] };
        return saved.length === 1;
      }),
  };
}

/** How far the link, the offer or the session lets the passkey reach; undefined where it leads nowhere any more, or the person is not active. */
function* takeRight(engine: Engine, registration: SavedRegistration): Act<Level | undefined> {
  const { passkey, invitationDigest, offerDigest, now } = registration;
  const { personId } = passkey;
  if (!(yield* isOpen(personId))) {
    return undefined;
  }
  if (invitationDigest !== null) {
    const [taken] = yield { text: takeInvitation, values: [now, invitationDigest, personId, now] };
    return taken && selectFrom(engine.tables.invitations, '', []).decode(taken).ceiling;
  }
  if (typeof offerDigest !== 'string') {
    return (yield* isInOpenSession(registration)) ? yield* takeInSession(registration) : undefined;
  }
  const [taken] = yield toTakeOffer(offerDigest, personId, now);
  return taken && selectFrom(engine.tables.spareOffers, '', []).decode(taken).ceiling;
}

/** The challenge may be older than the end of the session: what ended it must not be outlived by a passkey that was asked for in it (EN-09). */
function* isInOpenSession({ passkey, sessionUid, codeDigest, now }: SavedRegistration): Act<boolean> {
  // A level code is worth nothing without a session.
  return typeof sessionUid === 'string' ? yield* isSessionOpen(sessionUid, passkey.personId, now) : typeof codeDigest !== 'string';
}

/** As far as the session lets it reach, or the level code that is taken in it. */
function* takeInSession({ passkey, codeDigest, now }: SavedRegistration): Act<Level | undefined> {
  if (typeof codeDigest !== 'string') {
    return passkey.ceiling;
  }
  return (yield toTakeLevelCode(codeDigest, passkey.personId, now)).length === 1 ? 'high' : undefined;
}

function toRefusal({ invitationDigest, sessionUid, codeDigest }: SavedRegistration): RegistrationRefusal {
  if (invitationDigest !== null) {
    return 'enrolment/invalid-link';
  }
  if (typeof codeDigest === 'string') {
    return 'level-code/refused';
  }
  return typeof sessionUid === 'string' ? 'session/ended' : 'enrolment/offer-ended';
}

function* hasRoom(personId: string): Act<boolean> {
  const [row] = yield { text: 'SELECT COUNT(*) AS held FROM passkeys WHERE person_id = ? AND ended_at IS NULL', values: [personId] };
  return Number(row?.['held'] ?? 0) < mostPasskeys;
}

function* savePasskey(engine: Engine, registration: SavedRegistration): Act<'saved' | RegistrationRefusal> {
  const { passkey, opens } = registration;
  yield lockPerson(passkey.personId);
  const ceiling = yield* takeRight(engine, registration);
  if (ceiling === undefined) {
    return toRefusal(registration);
  }
  if (!(yield* hasRoom(passkey.personId))) {
    yield undo;
    return 'passkey/too-many';
  }
  const saved = yield insertInto(
    engine.tables.passkeys,
    { ...passkey, ceiling, judgedVersion: 0, endedAt: null, endReason: null },
    'ON CONFLICT (id) DO NOTHING RETURNING id',
  );
  if (saved.length === 0) {
    yield undo;
    return 'passkey/already-registered';
  }
  if (opens !== undefined && opens !== null) {
    yield* openOffer(engine, { ...opens, ceiling });
  }
  yield* appendEvents(engine.tables, [registration.event]);
  return 'saved';
}

/** A freeze that came first leaves no way to add a key. */
function* isOpen(personId: string): Act<boolean> {
  const [person] = yield { text: 'SELECT status FROM people WHERE id = ?', values: [personId] };
  return person?.['status'] === 'active';
}

type PasskeyRow = RowOf<Tables['passkeys']>;

function toPasskey({ endedAt: _at, endReason: _reason, judgedVersion: _version, ...passkey }: PasskeyRow): Passkey {
  return passkey;
}

function toEnded(row: PasskeyRow): readonly EndedPasskey[] {
  return row.endReason === null ? [] : [{ ...toPasskey(row), endReason: row.endReason }];
}

/** For an act that may have locked the person already. */
export function* endPasskeys(engine: Engine, { personId, ids, reason, at, keepsOne, events, sealSessionEnd }: EndedPasskeys): Act<boolean> {
  yield lockPerson(personId);
  const rows = yield { text: 'SELECT id FROM passkeys WHERE person_id = ? AND ended_at IS NULL', values: [personId] };
  const alive = rows.map((row) => String(row['id']));
  const named = ids ?? alive;
  const isPossible = named.every((id) => alive.includes(id)) && !(keepsOne && alive.every((id) => named.includes(id)));
  if (!isPossible) {
    return false;
  }
  for (const id of named) {
    yield { text: 'UPDATE passkeys SET ended_at = ?, end_reason = ? WHERE id = ?', values: [at, reason, id] };
    yield* endSessions(engine, { by: 'passkey', name: id, at, seal: sealSessionEnd });
  }
  yield* appendEvents(engine.tables, events);
  return true;
}
