// People, their invitations and their subjects in the database. Personal data arrives sealed and leaves sealed.

import type { PersonStatus, StoredPerson } from '../domain/people/person.ts';
import type { Invitation, PeopleStore, StatusSaid, StatusTurn } from '../domain/people/store.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { endUnderWay } from './end-under-way.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { lockPerson } from './lock-person.ts';
import type { Value } from './row.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

const replaceData =
  'ON CONFLICT (registry_digest) DO UPDATE SET kind = excluded.kind, wrapped_key = excluded.wrapped_key, ciphertext = excluded.ciphertext, updated_at = excluded.updated_at, registry_status = excluded.registry_status';

export function createPeopleStore(engine: Engine): PeopleStore {
  const { people } = engine.tables;
  const find = async (where: string, value: Value): Promise<StoredPerson | undefined> => {
    const row = await findOne(engine, selectFrom(people, where, [value]));
    return row === undefined ? undefined : toPerson(row);
  };
  return {
    savePeople: async (imported, events, turns = []) =>
      engine.atomic(function* () {
        for (const person of imported) {
          yield insertInto(people, toRow(person), replaceData);
        }
        yield* appendEvents(engine.tables, events);
        for (const turn of turns) {
          yield* turnStatus(engine, turn);
        }
      }),
    findPerson: async (id) => find('WHERE id = ?', id),
    findPersonByRegistry: async (registryDigest) => find('WHERE registry_digest = ?', registryDigest),
    findPersonByHandle: async (handle) => find('WHERE handle = ?', handle),
    saveStatus: async (personId, status, said) => engine.atomic(() => saveStatus(engine, { personId, status, ...said })),
    turnStatus: async (turn) => engine.atomic(() => turnStatus(engine, turn)),
    hasFreeze: async (personId) => (await engine.read(standingFreezes(personId))).length > 0,
    saveLanguage: async (personId, language) =>
      engine.atomic(function* () {
        yield { text: 'UPDATE people SET language = ? WHERE id = ?', values: [language, personId] };
      }),
    ...createInvitations(engine),
    listSubjects: async (registryDigest) => {
      const rows = await findAll(
        engine,
        selectFrom(engine.tables.personSubjects, 'WHERE registry_digest = ? ORDER BY sector', [registryDigest]),
      );
      return rows.map(({ sector, subject }) => ({ sector, subject }));
    },
    getSubject: async (registryDigest, sector, proposed) => getSubject(engine, { registryDigest, sector, subject: proposed }),
  };
}

type StatusChange = StatusSaid & { readonly personId: string; readonly status: PersonStatus };

function* saveStatus(engine: Engine, change: StatusChange): Act<void> {
  yield* writeStatus(engine, change);
  yield* keepFreezes(engine.tables, change);
}

/**
 * Whoever stops being active loses sessions, tokens, links, codes and recoveries for good, and the services are told: becoming active again brings back none that
 * somebody else may hold.
 */
function* writeStatus(engine: Engine, { personId, status, event, ends }: StatusChange): Act<void> {
  const changed = yield {
    text: 'UPDATE people SET status = ?, updated_at = ? WHERE id = ? RETURNING id',
    values: [status, event.at, personId],
  };
  if (changed.length === 0) {
    throw new Fault('person/unknown', 'no person to change the status of');
  }
  if (status !== 'active') {
    yield* endUnderWay(engine, {
      personId,
      at: event.at,
      reason: 'status',
      sealSessionEnd: () => ends.sealSessionEnd(personId),
      sealRecoveryEnd: ends.sealRecoveryEnd,
    });
  }
  yield* appendEvents(engine.tables, [event]);
}

const standingFreezes = (personId: string): Statement => ({
  text: 'SELECT authority FROM freezes WHERE person_id = ? AND lifted_at IS NULL',
  values: [personId],
});

/** Who may lift what: ADR-0077. */
function* keepFreezes({ freezes }: Tables, { personId, status, event: { id, at } }: StatusChange): Act<void> {
  const nobody = { unfreezeBy: null, unfreezeBegunAt: null, unfreezeAt: null, liftedAt: null };
  if (status === 'frozen') {
    yield insertInto(freezes, { id, personId, authority: 'ordered', how: 'command', frozenAt: at, ...nobody }, 'ON CONFLICT DO NOTHING');
  }
  if (status === 'active') {
    yield {
      text: "UPDATE freezes SET lifted_at = ? WHERE person_id = ? AND authority = 'ordered' AND lifted_at IS NULL",
      values: [at, personId],
    };
    assertBeneath(status, yield standingFreezes(personId));
  }
}

/** The two words that say whether a freeze stands. */
function assertBeneath(status: PersonStatus, standing: readonly unknown[]): void {
  if ((status === 'active' && standing.length > 0) || (status === 'frozen' && standing.length === 0)) {
    throw new Fault('store/conflict', 'the status says something else of freezes than there is');
  }
}

/** The row is held until the commit by a write that changes nothing. */
function* turnStatus(engine: Engine, { personId, from, to, ...said }: StatusTurn): Act<void> {
  const [row] = yield { text: 'UPDATE people SET status = status WHERE id = ? RETURNING status', values: [personId] };
  if (row?.['status'] !== from) {
    throw new Fault('store/conflict', 'the status of a person was changed meanwhile');
  }
  assertBeneath(to, yield standingFreezes(personId));
  yield* writeStatus(engine, { personId, status: to, ...said });
}

function createInvitations(engine: Engine): Pick<PeopleStore, 'saveInvitation' | 'findInvitation'> {
  const { invitations } = engine.tables;
  return {
    saveInvitation: async (invitation, event) =>
      engine.atomic(function* () {
        yield lockPerson(invitation.personId);
        if (!(yield* isActive(invitation.personId))) {
          return 'person/unknown';
        }
        yield* replaceInvitation(engine.tables, invitation);
        yield* appendEvents(engine.tables, [event]);
        return 'saved';
      }),
    findInvitation: async (digest, now) => {
      const row = await findOne(engine, selectFrom(invitations, 'WHERE digest = ? AND used_at IS NULL AND expires_at > ?', [digest, now]));
      if (row === undefined) {
        return undefined;
      }
      const { usedAt: _usedAt, ...invitation } = row;
      return invitation;
    },
  };
}

/** Whoever calls it holds the person's row. */
export function* isActive(personId: string): Act<boolean> {
  const active = yield { text: "SELECT id FROM people WHERE id = ? AND status = 'active'", values: [personId] };
  return active.length > 0;
}

/** Whoever calls it holds the person's row. */
export function* replaceInvitation(tables: Tables, invitation: Invitation): Act<void> {
  yield { text: 'DELETE FROM invitations WHERE person_id = ? AND used_at IS NULL', values: [invitation.personId] };
  yield insertInto(tables.invitations, { ...invitation, usedAt: null });
}

/** Whoever inserts first decides; everybody, the loser of the race included, reads what was stored. */
async function getSubject(engine: Engine, proposed: RowOf<Tables['personSubjects']>): Promise<string> {
  const { personSubjects } = engine.tables;
  const stored = selectFrom(personSubjects, 'WHERE registry_digest = ? AND sector = ?', [proposed.registryDigest, proposed.sector]);
  const known = await findOne(engine, stored);
  if (known !== undefined) {
    return known.subject;
  }
  return engine.atomic(function* () {
    yield insertInto(personSubjects, proposed, 'ON CONFLICT (registry_digest, sector) DO NOTHING');
    const [row] = yield stored;
    if (row === undefined) {
      throw new Fault('store/unavailable', 'a subject that was just stored is not there');
    }
    return stored.decode(row).subject;
  });
}

function toRow(person: StoredPerson): RowOf<Tables['people']> {
  const { sealed, declared, ...columns } = person;
  const own = { declaredKey: declared?.wrappedKey ?? null, declaredCiphertext: declared?.ciphertext ?? null };
  return { ...columns, wrappedKey: sealed.wrappedKey, ciphertext: sealed.ciphertext, ...own, signInsSince: null };
}

export function toPerson(row: RowOf<Tables['people']>): StoredPerson {
  const { wrappedKey, ciphertext, declaredKey, declaredCiphertext, signInsSince: _since, ...person } = row;
  const hasDeclared = declaredKey !== null && declaredCiphertext !== null;
  return {
    ...person,
    sealed: { wrappedKey, ciphertext },
    declared: hasDeclared ? { wrappedKey: declaredKey, ciphertext: declaredCiphertext } : null,
  };
}
