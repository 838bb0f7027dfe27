// What came before an entry, looked up inside the act that turns it into a fact.

import type { Fact } from '../domain/audit/facts.ts';
import {
  chosenTypes,
  endingTypes,
  isAnswer,
  isChosen,
  isDecided,
  isOfCase,
  openingTypeOf,
  owedTypes,
  requestLifeMs,
  standingTypes,
  termsOf,
} from '../domain/audit/judge-fact.ts';
import type { Before } from '../domain/audit/judge-fact.ts';
import { levels } from '../domain/kernel/levels.ts';
import type { Act, Statement } from './engine.ts';
import { toNames } from './ledger-rows.ts';
import type { Row, Value } from './row.ts';
import type { TermBook } from './audit-terms.ts';
import type { DecisionBook, OnRecord } from './kept-decisions.ts';

export type FactNumbers = {
  readonly person: number | null;
  readonly record: number | null;
  readonly service: number | null;
  readonly purpose: number | null;
};

/** What is looked up again for a later entry of the same act, which holds the lock of all facts meanwhile. */
export type Asked = {
  readonly fact: Fact;
  readonly numbers: FactNumbers;
  readonly book: TermBook;
  readonly recent: Recent;
  readonly decisions: DecisionBook;
};

/** A fact as far as later ones ask for it. */
export type Earlier = FactNumbers & {
  readonly type: number;
  readonly at: number;
  readonly until: number | null;
  readonly attributes: readonly string[];
  readonly marks: readonly number[];
};

/** Facts of the act that is under way, none of which is stored yet, and what the register said. */
export type Recent = {
  readonly byPerson: Map<number, Earlier[]>;
  readonly byRecord: Map<number, Earlier[]>;
  readonly register: Map<string, readonly Row[]>;
};

export const createRecent = (): Recent => ({ byPerson: new Map(), byRecord: new Map(), register: new Map() });

function push(lists: Map<number, Earlier[]>, key: number | null, fact: Earlier): void {
  if (key !== null) {
    lists.set(key, [...(lists.get(key) ?? []), fact]);
  }
}

export function remember({ byPerson, byRecord }: Recent, fact: Earlier): void {
  push(byPerson, fact.person, fact);
  push(byRecord, fact.record, fact);
}

/** The register does not change while the lock is held: versions are immutable, and a later one does not reach back. */
function* readRegister({ recent }: Asked, statement: Statement): Act<readonly Row[]> {
  const key = JSON.stringify([statement.text, ...statement.values]);
  const rows = recent.register.get(key) ?? (yield statement);
  recent.register.set(key, rows);
  return rows;
}

const toTypes = ({ book }: Asked, types: readonly string[]): readonly number[] => types.map((type) => book.intern('type', type).id);

const toMarks = (values: readonly Value[]): string => values.map(() => '?').join(', ');

const toNumber = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** Which facts of the record count: all, or those alone that are about what the fact itself is about. */
type Own = { readonly isOwn: (each: FactNumbers) => boolean } & Statement;

const anything: Own = { isOwn: () => true, text: '', values: [] };

/** The same service, purpose and person. Whose person was erased may be anybody's. */
function toSame({ service, purpose, person }: FactNumbers): Own {
  const isSame = (each: FactNumbers): boolean =>
    service !== null && each.service === service && purpose !== null && each.purpose === purpose;
  const about = { text: 'AND +f.service = ? AND +f.purpose = ?', values: [service, purpose] };
  return person === null
    ? { isOwn: isSame, ...about }
    : {
        isOwn: (each) => isSame(each) && (each.person ?? person) === person,
        text: `${about.text} AND coalesce(f.person, ?) = ?`,
        values: [...about.values, person, person],
      };
}

/** Of the act that is under way. */
function findRecent(asked: Asked, types: readonly string[], { isOwn }: Own): OnRecord | undefined {
  const { numbers, recent } = asked;
  const wanted = toTypes(asked, types);
  return recent.byRecord.get(numbers.record ?? -1)?.findLast((each) => wanted.includes(each.type) && isOwn(each));
}

/** The plus keeps the databases from another index than that of the record. */
function* findStored(asked: Asked, types: readonly string[], { text, values }: Own): Act<OnRecord | undefined> {
  const { fact, numbers } = asked;
  const wanted = toTypes(asked, types);
  const [row] = yield {
    text: `SELECT f.at, f.ends_at, f.type, e.attributes FROM audit_facts f JOIN entries e ON e.log_index = f.log_index
      WHERE f.record = ? AND f.log_index < ? AND +f.type IN (${toMarks(wanted)}) ${text} ORDER BY f.log_index DESC LIMIT 1`,
    values: [numbers.record, fact.index, ...wanted, ...values],
  };
  return (
    row && {
      type: Number(row['type']),
      at: Number(row['at']),
      until: toNumber(row['ends_at']),
      attributes: toNames(String(row['attributes'])),
    }
  );
}

/** The newest fact of the same record with one of these types. */
function* findOnRecord(asked: Asked, types: readonly string[], own: Own): Act<OnRecord | undefined> {
  return asked.numbers.record === null ? undefined : (findRecent(asked, types, own) ?? (yield* findStored(asked, types, own)));
}

/** Whether a record stands is said by these alone. A narrowing leaves it standing as it was, and may give it another end. */
const changing = [...standingTypes, ...endingTypes] as const;
const granting = [...standingTypes, 'consent.narrowed'] as const;

export const decidingTypes: readonly string[] = [...changing, 'consent.narrowed'];

/** The newest of them. What came in this act is newer than whatever is kept. */
function* findNewest(asked: Asked, same: Own): Act<OnRecord | undefined> {
  const { decisions, numbers } = asked;
  const { record } = numbers;
  const about = JSON.stringify(same.values);
  const recent = findRecent(asked, decidingTypes, same);
  if (record === null || recent !== undefined) {
    return recent;
  }
  const found = decisions.find(record, about) ?? (yield* findStored(asked, decidingTypes, same));
  if (found !== undefined) {
    decisions.note(record, about, found);
  }
  return found;
}

/** The decision on the record about the same service, purpose and person: that of somebody else lets nothing leave. */
function* findDecision(asked: Asked): Act<Pick<Before, 'decision' | 'granted'>> {
  const same = toSame(asked.numbers);
  const newest = yield* findNewest(asked, same);
  if (newest === undefined) {
    return {};
  }
  const ids = toTypes(asked, decidingTypes);
  const nameOf = ({ type }: OnRecord): string => decidingTypes[ids.indexOf(type)] ?? '';
  const findWithin = function* (types: readonly string[]): Act<OnRecord | undefined> {
    return types.includes(nameOf(newest)) ? newest : yield* findOnRecord(asked, types, same);
  };
  const standing = yield* findWithin(changing);
  const granted = yield* findWithin(granting);
  return {
    ...(standing && { decision: { type: nameOf(standing), at: standing.at, until: granted?.until ?? null } }),
    ...(granted && { granted: granted.attributes }),
  };
}

function toRegistered(stored: unknown): readonly string[] {
  const list: unknown = JSON.parse(String(stored));
  return Array.isArray(list) ? list.map((each: { readonly name?: unknown }) => String(each.name)) : [];
}

function* findRegistered(asked: Asked): Act<Pick<Before, 'registered'>> {
  const { fact } = asked;
  const [row] = yield* readRegister(asked, {
    text: 'SELECT attributes FROM purposes WHERE client_id = ? AND id = ? AND version = ?',
    values: [fact.service, fact.purpose, fact.purposeVersion],
  });
  return row === undefined ? {} : { registered: toRegistered(row['attributes']) };
}

/** A sign-in under way when the level changes is held to the lower one. */
const changeMs = 60_000;

function* findMinimumLevel(asked: Asked): Act<Pick<Before, 'minimumLevel'>> {
  const { fact } = asked;
  const rows = yield* readRegister(asked, {
    text: 'SELECT minimum_level, since FROM service_versions WHERE client_id = ? ORDER BY version DESC',
    values: [fact.service],
  });
  const [newest, earlier] = rows.filter(({ since }) => since === null || Number(since) <= fact.at);
  const isNew = newest !== undefined && Number(newest['since'] ?? 0) > fact.at - changeMs;
  const demanded = [newest, ...(isNew ? [earlier] : [])].filter((row) => row !== undefined).map((row) => String(row['minimum_level']));
  const minimumLevel = levels.find((level) => demanded.includes(level));
  return minimumLevel === undefined ? {} : { minimumLevel };
}

function* findRequestedAt(asked: Asked): Act<number | null> {
  const { fact, numbers, recent } = asked;
  const [type = -1] = toTypes(asked, ['consent.requested']);
  const since = fact.at - requestLifeMs;
  const { isOwn } = toSame(numbers);
  const own = recent.byPerson.get(numbers.person ?? -1)?.findLast((each) => each.type === type && isOwn(each) && each.at >= since);
  if (own !== undefined) {
    return own.at;
  }
  const [row] = yield {
    text: `SELECT f.at FROM audit_facts f WHERE f.person = ? AND f.log_index < ? AND +f.type = ? AND +f.service = ? AND +f.purpose = ?
      AND f.at >= ? ORDER BY f.log_index DESC LIMIT 1`,
    values: [numbers.person, fact.index, type, numbers.service, numbers.purpose, since],
  };
  return toNumber(row?.['at']);
}

function* findRequest(asked: Asked): Act<Pick<Before, 'requestedAt' | 'noticeLength'>> {
  const { fact } = asked;
  const requestedAt = yield* findRequestedAt(asked);
  if (requestedAt === null) {
    return {};
  }
  const [notice] = yield* readRegister(asked, {
    // Whoever names a notice that nobody keeps is held to the longest of the purpose.
    text: `SELECT length(text) AS n FROM notices WHERE client_id = ? AND purpose_id = ?
      ORDER BY CASE WHEN digest = ? THEN 0 ELSE 1 END, length(text) DESC LIMIT 1`,
    values: [fact.service, fact.purpose, termsOf(fact, 'notice')[0] ?? ''],
  });
  return notice === undefined ? { requestedAt } : { requestedAt, noticeLength: Number(notice['n']) };
}

/** The newest choice of the same person, whatever it was about. */
function* findDecidedAt(asked: Asked): Act<Pick<Before, 'decidedAt'>> {
  const { fact, numbers, recent } = asked;
  const wanted = toTypes(asked, chosenTypes);
  const own = recent.byPerson.get(numbers.person ?? -1)?.findLast(({ type }) => wanted.includes(type));
  if (own !== undefined || !isChosen(fact)) {
    return own === undefined ? {} : { decidedAt: own.at };
  }
  const [row] = yield {
    text: `SELECT f.at FROM audit_facts f WHERE f.person = ? AND f.log_index < ? AND +f.type IN (${toMarks(wanted)})
      ORDER BY f.log_index DESC LIMIT 1`,
    values: [numbers.person, fact.index, ...wanted],
  };
  return row === undefined ? {} : { decidedAt: Number(row['at']) };
}

function* findOwed(asked: Asked): Act<Pick<Before, 'since'>> {
  const found = yield* findOnRecord(asked, owedTypes, anything);
  return found === undefined ? {} : { since: found.at };
}

/** The newest of the same person and the same case that this one answers. */
function* findOfCase(asked: Asked): Act<Pick<Before, 'since'>> {
  const { book, fact, numbers, recent } = asked;
  const [number] = termsOf(fact, 'case');
  if (numbers.person === null || number === undefined) {
    return {};
  }
  const mark = book.intern('case', number).id;
  const [type = -1] = toTypes(asked, [openingTypeOf(fact)]);
  const own = recent.byPerson.get(numbers.person)?.findLast((each) => each.type === type && each.marks.includes(mark));
  if (own !== undefined) {
    return { since: own.at };
  }
  const [row] = yield {
    text: `SELECT f.at FROM audit_facts f WHERE f.person = ? AND f.log_index < ? AND +f.type = ?
      AND EXISTS (SELECT 1 FROM audit_marks m WHERE m.term = ? AND m.log_index = f.log_index) ORDER BY f.log_index DESC LIMIT 1`,
    values: [numbers.person, fact.index, type, mark],
  };
  return row === undefined ? {} : { since: Number(row['at']) };
}

/** Only what matters for the type of the entry is looked up. */
export function* findBefore(asked: Asked): Act<Before> {
  const { fact, numbers } = asked;
  if (fact.type === 'data.released') {
    return { ...(yield* findDecision(asked)), ...(yield* findRegistered(asked)) };
  }
  if (fact.type === 'service.entered') {
    return yield* findMinimumLevel(asked);
  }
  if (isAnswer(fact)) {
    return yield* findOwed(asked);
  }
  if (isOfCase(fact)) {
    return yield* findOfCase(asked);
  }
  return isDecided(fact) && numbers.person !== null ? { ...(yield* findRequest(asked)), ...(yield* findDecidedAt(asked)) } : {};
}
