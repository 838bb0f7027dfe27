// Officers, their links, passkeys and sessions in the database. The officer's row is the lock of every act that gives an officer something, so that a
// suspension at the same time leaves nothing open.

import type { ListedOfficer, OfficerNamed, StaffStore } from '../domain/staff/store.ts';
import type { OfficerPasskey } from '../domain/staff/officer.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { appendEvents } from './append-events.ts';
import { closeDesk } from './close-desk.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { endSuspensions } from './end-suspensions.ts';
import { selectOfficerPasskeys } from './judged-standing.ts';
import { createStaffSessions, toKeyFacts } from './staff-sessions.ts';
import type { Value } from './row.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const takeInvitation =
  'UPDATE officer_invitations SET used_at = ? WHERE digest = ? AND officer_id = ? AND used_at IS NULL AND expires_at > ? RETURNING digest';

const lockActive = "UPDATE officers SET status = status WHERE id = ? AND status = 'active' RETURNING id";

const suspendActive = "UPDATE officers SET status = 'suspended' WHERE id = ? AND status = 'active' RETURNING id";

const endPasskey =
  'UPDATE officer_passkeys SET ended_at = ?, end_reason = ? WHERE id = ? AND officer_id = ? AND ended_at IS NULL RETURNING id';

/** Another active officer of the same name, role and agency; values: name, role, agency or '', id. */
const findNamesake =
  "SELECT id FROM officers WHERE name = ? AND role = ? AND coalesce(agency_id, '') = ? AND status = 'active' AND id <> ? LIMIT 1";

export function createStaffStore(engine: Engine): StaffStore {
  const { officers, officerInvitations } = engine.tables;
  return {
    findOfficer: async (id) => findOne(engine, selectFrom(officers, 'WHERE id = ?', [id])),
    findActiveOfficer: async (named) => findActiveOfficer(engine, named),
    hasEnrolled: async (role) => {
      const text =
        'SELECT 1 AS found FROM officers JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id WHERE officers.role = ? LIMIT 1';
      return (await engine.read({ text, values: [role] })).length > 0;
    },
    listOfficers: async () => listOfficers(engine, 'ORDER BY officers.created_at, officers.id', []),
    findAppointment: async (officerId) => {
      const row = await findOne(engine, selectFrom(engine.tables.caseExperts, 'WHERE officer_id = ?', [officerId]));
      return row && { caseId: row.caseId, endsAt: row.endsAt };
    },
    saveInvitation: async (invited) => engine.atomic(() => saveInvitation(engine, invited)),
    findInvitation: async (digest, now) => {
      const unused = 'WHERE digest = ? AND used_at IS NULL AND expires_at > ?';
      const row = await findOne(engine, selectFrom(officerInvitations, unused, [digest, now]));
      return row && { digest: row.digest, officerId: row.officerId, createdAt: row.createdAt, expiresAt: row.expiresAt };
    },
    findPasskey: async (id) => {
      const row = await findOne(engine, selectOfficerPasskeys(engine.tables, 'WHERE id = ?', [id]));
      return row && toPasskey(row);
    },
    listPasskeys: async (officerId) => {
      const rows = await findAll(engine, selectOfficerPasskeys(engine.tables, 'WHERE officer_id = ? ORDER BY created_at, id', [officerId]));
      return rows.map(toPasskey);
    },
    savePasskey: async (registration) => engine.atomic(() => savePasskey(engine, registration)),
    saveStatus: async (changed) => saveStatusAlone(engine, changed),
    suspendForPasskey: async (suspended) => engine.atomic(() => suspendForPasskey(engine, suspended)),
    saveLanguage: async (officerId, language) =>
      engine.atomic(function* () {
        yield { text: 'UPDATE officers SET language = ? WHERE id = ?', values: [language, officerId] };
      }),
    ...createStaffSessions(engine),
  };
}

async function listOfficers(engine: Engine, tail: string, values: readonly Value[]): Promise<readonly ListedOfficer[]> {
  const found = selectFrom(engine.tables.officers, tail, values);
  const rows = await engine.read(found);
  const passkeys = await findAll(engine, selectOfficerPasskeys(engine.tables, 'ORDER BY created_at, id', []));
  const held = Map.groupBy(passkeys, ({ officerId }) => officerId);
  return rows
    .map((row) => found.decode(row))
    .map((officer) => ({
      ...officer,
      passkeys: (held.get(officer.id) ?? []).map(toKeyFacts),
      passkeyCount: held.get(officer.id)?.length ?? 0,
    }));
}

function toPasskey({ judgedVersion: _version, ...passkey }: RowOf<Tables['officerPasskeys']>): OfficerPasskey {
  return passkey;
}

async function findActiveOfficer(engine: Engine, { name, role, agencyId }: OfficerNamed): Promise<ListedOfficer | undefined> {
  const tail = "WHERE name = ? AND role = ? AND coalesce(agency_id, '') = ? AND status = 'active'";
  const [officer] = await listOfficers(engine, tail, [name, role, agencyId ?? '']);
  return officer;
}

type Invited = Parameters<StaffStore['saveInvitation']>[0];

/** False for one whose appointment is another. */
function* appoint({ tables }: Engine, { officer, appointed }: Invited): Act<boolean> {
  if (appointed === undefined) {
    return true;
  }
  const { appointment, event } = appointed;
  const row = { ...appointment, officerId: officer.id, appointedAt: event.at };
  const added = yield insertInto(tables.caseExperts, row, 'ON CONFLICT (officer_id) DO NOTHING RETURNING officer_id');
  yield* appendEvents(tables, added.length === 0 ? [] : [event]);
  const values = [officer.id, appointment.caseId, appointment.endsAt];
  const held = yield { text: 'SELECT officer_id FROM case_experts WHERE officer_id = ? AND case_id = ? AND ends_at = ?', values };
  return held.length === 1;
}

function* saveInvitation(engine: Engine, invited: Invited): Act<'saved' | 'officer/enrolled'> {
  const { officer, invitation, event } = invited;
  const { officers, officerInvitations } = engine.tables;
  yield insertInto(officers, officer, 'ON CONFLICT DO NOTHING');
  const active = yield { text: lockActive, values: [officer.id] };
  const held = yield { text: 'SELECT id FROM officer_passkeys WHERE officer_id = ? LIMIT 1', values: [officer.id] };
  if (active.length === 0 || held.length > 0 || !(yield* appoint(engine, invited))) {
    yield undo;
    return 'officer/enrolled';
  }
  yield { text: 'DELETE FROM officer_invitations WHERE officer_id = ? AND used_at IS NULL', values: [officer.id] };
  yield insertInto(officerInvitations, { ...invitation, usedAt: null });
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

type Registration = Parameters<StaffStore['savePasskey']>[0];

function* savePasskey(engine: Engine, registration: Registration): Act<Awaited<ReturnType<StaffStore['savePasskey']>>> {
  const { passkey, invitationDigest, now, event } = registration;
  const active = yield { text: lockActive, values: [passkey.officerId] };
  const taken = yield { text: takeInvitation, values: [now, invitationDigest, passkey.officerId, now] };
  if (active.length === 0 || taken.length === 0) {
    yield undo;
    return 'officer/invalid-link';
  }
  const saved = yield insertInto(
    engine.tables.officerPasskeys,
    { ...passkey, judgedVersion: 0 },
    'ON CONFLICT (id) DO NOTHING RETURNING id',
  );
  if (saved.length === 0) {
    yield undo;
    return 'passkey/already-registered';
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

type StatusChange = Parameters<StaffStore['saveStatus']>[0];

/** Of two namesakes who become active at once the index lets one through; the other is refused like one who came later. */
async function saveStatusAlone(engine: Engine, changed: StatusChange): Promise<'saved' | 'officer/enrolled'> {
  try {
    return await engine.atomic(() => saveStatus(engine, changed));
  } catch (error) {
    if (error instanceof Fault && error.code === 'store/conflict') {
      return 'officer/enrolled';
    }
    throw error;
  }
}

/** Whoever stops being active loses sessions and open links for good: becoming active again brings none back. */
function* saveStatus(engine: Engine, { officerId, status, event }: StatusChange): Act<'saved' | 'officer/enrolled'> {
  if (status === 'active' && (yield* hasNamesake(engine, officerId))) {
    return 'officer/enrolled';
  }
  yield { text: 'UPDATE officers SET status = ? WHERE id = ?', values: [status, officerId] };
  yield endSuspensions({ kind: 'officer', id: officerId }, event.at);
  if (status !== 'active') {
    yield* closeDesk(officerId, event.at);
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

type Suspended = Parameters<StaffStore['suspendForPasskey']>[0];

function* suspendForPasskey(engine: Engine, { officerId, passkeyId, reason, event }: Suspended): Act<boolean> {
  const suspended = yield { text: suspendActive, values: [officerId] };
  const ended = yield { text: endPasskey, values: [event.at, reason, passkeyId, officerId] };
  if (suspended.length === 0 || ended.length === 0) {
    yield undo;
    return false;
  }
  yield* closeDesk(officerId, event.at);
  yield* appendEvents(engine.tables, [event]);
  return true;
}

function* hasNamesake(engine: Engine, officerId: string): Act<boolean> {
  const found = selectFrom(engine.tables.officers, 'WHERE id = ?', [officerId]);
  const [row] = yield found;
  if (row === undefined) {
    return false;
  }
  const { name, role, agencyId } = found.decode(row);
  const others = yield { text: findNamesake, values: [name, role, agencyId ?? '', officerId] };
  return others.length > 0;
}
