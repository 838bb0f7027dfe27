// Auditors' cases in the database. Whether a case goes on is asked in the statement that writes; the triggers of the tables refuse what would still get past.

import { keyRetentionMs } from '../domain/audit/case.ts';
import type { AuditCase, CaseScope } from '../domain/audit/case.ts';
import type { CasePerson, CasesStore } from '../domain/audit/case-store.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { appendEvents } from './append-events.ts';
import { listWaiting } from './audit-waiting.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import type { Value } from './row.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

/** Keys destroyed in one act. */
const destroyedAtOnce = 50;

export function createAuditCasesStore(engine: Engine): CasesStore {
  const { auditCases, auditCaseMembers, auditCasePeople } = engine.tables;
  const find = async (where: string, values: readonly Value[]): Promise<AuditCase | undefined> => {
    const row = await findOne(engine, selectFrom(auditCases, where, values));
    return row && toCase(row);
  };
  return {
    findCase: async (id) => find('WHERE id = ?', [id]),
    findCaseByNumber: async (number) => find('WHERE number = ?', [number]),
    readCasesOf: async (officerId, page) => readCasesOf(engine, officerId, page),
    listWaiting: async (officerId, now) => listWaiting(engine, officerId, now),
    listMembers: async (caseId) =>
      findAll(engine, selectFrom(auditCaseMembers, 'WHERE case_id = ? ORDER BY added_at, officer_id', [caseId])),
    saveCase: async (opened) => saveCaseAlone(engine, opened),
    saveMember: async (added) => engine.atomic(() => saveMember(engine, added)),
    saveClosed: async (closed) => engine.atomic(() => saveClosed(engine, closed)),
    rememberPeople: async (caseId, people) => (people.length === 0 ? undefined : engine.atomic(() => rememberPeople(caseId, people))),
    findCasePerson: async (caseId, pseudonym) => {
      const row = await findOne(engine, selectFrom(auditCasePeople, 'WHERE case_id = ? AND pseudonym = ?', [caseId, pseudonym]));
      return row && toPerson(row);
    },
    listFound: async (caseId) => {
      const tail = 'WHERE case_id = ? AND found_at IS NOT NULL ORDER BY found_at, pseudonym';
      return (await findAll(engine, selectFrom(auditCasePeople, tail, [caseId]))).map(toPerson);
    },
    destroyKeys: async (now) => engine.atomic(() => destroyKeys(now)),
  };
}

function toScope({ scope, agencyId }: Pick<RowOf<Tables['auditCases']>, 'scope' | 'agencyId'>): CaseScope {
  if (scope !== 'agency') {
    return { kind: scope };
  }
  if (agencyId === null) {
    throw new Fault('internal/unexpected', 'a case of an agency without the agency');
  }
  return { kind: 'agency', agencyId };
}

function toCase({ scope, agencyId, coversFrom, coversTo, ...row }: RowOf<Tables['auditCases']>): AuditCase {
  return { ...row, scope: toScope({ scope, agencyId }), covers: { from: coversFrom, to: coversTo } };
}

function toRow({ scope, covers, ...opened }: AuditCase): RowOf<Tables['auditCases']> {
  return {
    ...opened,
    scope: scope.kind,
    agencyId: scope.kind === 'agency' ? scope.agencyId : null,
    coversFrom: covers.from,
    coversTo: covers.to,
  };
}

function toPerson({ foundAt, foundBy, foundWay, personId, ...row }: RowOf<Tables['auditCasePeople']>): CasePerson {
  const found = foundAt === null || foundBy === null || foundWay === null ? null : { at: foundAt, by: foundBy, way: foundWay };
  return { ...row, personRef: personId, found };
}

type CasesPage = Parameters<CasesStore['readCasesOf']>[1];

async function readCasesOf(engine: Engine, officerId: string, { after, limit }: CasesPage): ReturnType<CasesStore['readCasesOf']> {
  const own = 'JOIN audit_case_members ON audit_case_members.case_id = audit_cases.id WHERE audit_case_members.officer_id = ?';
  const before = after === null ? '' : ' AND (audit_cases.opened_at < ? OR (audit_cases.opened_at = ? AND audit_cases.id < ?))';
  const tail = `${own}${before} ORDER BY audit_cases.opened_at DESC, audit_cases.id DESC LIMIT ?`;
  const place = after === null ? [] : [after.openedAt, after.openedAt, after.id];
  const rows = await findAll(engine, selectFrom(engine.tables.auditCases, tail, [officerId, ...place, limit + 1]));
  const cases = rows.slice(0, limit).map(toCase);
  const last = rows.length > limit ? cases.at(-1) : undefined;
  return { cases, next: last === undefined ? null : { openedAt: last.openedAt, id: last.id } };
}

type Opened = Parameters<CasesStore['saveCase']>[0];

/** Of two that open the same number at once the constraint lets one through; the other is refused like one who came later. */
async function saveCaseAlone(engine: Engine, opened: Opened): ReturnType<CasesStore['saveCase']> {
  try {
    return await engine.atomic(() => saveCase(engine, opened));
  } catch (error) {
    if (error instanceof Fault && error.code === 'store/conflict') {
      return 'audit/case-number-taken';
    }
    throw error;
  }
}

function* saveCase(engine: Engine, { opened, event }: Opened): Act<'saved' | 'audit/case-number-taken'> {
  const { auditCases, auditCaseMembers } = engine.tables;
  const taken = yield { text: 'SELECT id FROM audit_cases WHERE number = ?', values: [opened.number] };
  if (taken.length > 0) {
    return 'audit/case-number-taken';
  }
  yield insertInto(auditCases, toRow(opened));
  const { id: caseId, openedBy: officerId, openedAt: addedAt } = opened;
  yield insertInto(auditCaseMembers, { caseId, officerId, addedBy: officerId, addedAt });
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

const lockGoing = 'UPDATE audit_cases SET number = number WHERE id = ? AND closed_at IS NULL AND ends_at > ? RETURNING id';
const lockAuditor = "UPDATE officers SET status = status WHERE id = ? AND role = 'auditor' AND status = 'active' RETURNING id";

type Added = Parameters<CasesStore['saveMember']>[0];

function* saveMember(engine: Engine, { member, event }: Added): Act<'saved' | 'audit/case-ended' | 'audit/member-unfit'> {
  const going = yield { text: lockGoing, values: [member.caseId, member.addedAt] };
  if (going.length === 0) {
    yield undo;
    return 'audit/case-ended';
  }
  const auditor = yield { text: lockAuditor, values: [member.officerId] };
  const known = 'SELECT officer_id FROM audit_case_members WHERE case_id = ? AND officer_id = ?';
  const members = yield { text: known, values: [member.caseId, member.officerId] };
  const adders = yield { text: known, values: [member.caseId, member.addedBy] };
  if (auditor.length === 0 || members.length > 0 || adders.length === 0) {
    yield undo;
    return 'audit/member-unfit';
  }
  yield insertInto(engine.tables.auditCaseMembers, member);
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

type Closed = Parameters<CasesStore['saveClosed']>[0];

function* saveClosed(engine: Engine, { caseId, event }: Closed): Act<'saved' | 'audit/case-ended'> {
  const text = 'UPDATE audit_cases SET closed_at = ? WHERE id = ? AND closed_at IS NULL AND ends_at > ? RETURNING id';
  const closed = yield { text, values: [event.at, caseId, event.at] };
  if (closed.length === 0) {
    yield undo;
    return 'audit/case-ended';
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

type Remembered = Parameters<CasesStore['rememberPeople']>[1];

/** Of somebody whose account was closed meanwhile nothing is remembered any more. */
const remember = `INSERT INTO audit_case_people (case_id, pseudonym, person_id)
  SELECT CAST(? AS text), CAST(? AS text), CAST(? AS text) WHERE EXISTS (SELECT 1 FROM people WHERE id = ? AND status <> 'closed')
  ON CONFLICT DO NOTHING`;

function* rememberPeople(caseId: string, people: Remembered): Act<void> {
  for (const { pseudonym, personRef } of people) {
    yield { text: remember, values: [caseId, pseudonym, personRef, personRef] };
  }
}

function* destroyKeys(now: number): Act<number> {
  const over = `SELECT id FROM audit_cases WHERE sealed_key <> '' AND (ends_at <= ? OR closed_at <= ?) ORDER BY ends_at LIMIT ${destroyedAtOnce}`;
  const rows = yield { text: over, values: [now - keyRetentionMs, now - keyRetentionMs] };
  for (const { id } of rows) {
    yield { text: "UPDATE audit_cases SET sealed_key = '' WHERE id = ?", values: [String(id)] };
    yield { text: 'DELETE FROM audit_case_people WHERE case_id = ?', values: [String(id)] };
    const listed = 'DELETE FROM breach_people WHERE list_id IN (SELECT id FROM breach_lists WHERE case_id = ?)';
    yield { text: listed, values: [String(id)] };
  }
  if (rows.length === 0) {
    yield undo;
  }
  return rows.length;
}
