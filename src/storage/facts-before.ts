// What came before an entry, looked up inside the act that turns it into a fact.

import type { Fact } from '../domain/audit/facts.ts';
import { endingTypes, isAnswer, isDecided, owedTypes, requestLifeMs, standingTypes, termsOf } from '../domain/audit/judge-fact.ts';
import type { Before } from '../domain/audit/judge-fact.ts';
import { levels } from '../domain/kernel/levels.ts';
import type { Act } from './engine.ts';
import { toNames } from './ledger-rows.ts';
import type { Row, Value } from './row.ts';
import type { TermBook } from './audit-terms.ts';

export type FactNumbers = {
  readonly person: number | null;
  readonly record: number | null;
  readonly service: number | null;
  readonly purpose: number | null;
};

export type Asked = { readonly fact: Fact; readonly numbers: FactNumbers; readonly book: TermBook };

function* toTypes({ book }: Asked, types: readonly string[]): Act<readonly number[]> {
  const found: number[] = [];
  for (const type of types) {
    found.push((yield* book.intern('type', type)).id);
  }
  return found;
}

const toMarks = (values: readonly Value[]): string => values.map(() => '?').join(', ');

/** Of the newest decisions on a record so many are looked at: a narrowing may follow a narrowing. */
const latest = 12;

/** The newest facts of the same record with one of these types first. The plus keeps the databases from another index than that of the record. */
function* findOnRecord(asked: Asked, types: readonly string[], limit: number): Act<readonly Row[]> {
  const { fact, numbers } = asked;
  if (numbers.record === null) {
    return [];
  }
  const wanted = yield* toTypes(asked, types);
  return yield {
    text: `SELECT f.at, f.ends_at, f.type, e.attributes FROM audit_facts f JOIN entries e ON e.log_index = f.log_index
      WHERE f.record = ? AND f.log_index < ? AND +f.type IN (${toMarks(wanted)}) ORDER BY f.log_index DESC LIMIT ${limit}`,
    values: [numbers.record, fact.index, ...wanted],
  };
}

const toNumber = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** A narrowing leaves a record standing as it was, and may give it another end. */
function* findDecision(asked: Asked): Act<Pick<Before, 'decision' | 'granted'>> {
  const names = [...standingTypes, ...endingTypes, 'consent.narrowed'];
  const ids = yield* toTypes(asked, names);
  const rows = yield* findOnRecord(asked, names, latest);
  const nameOf = (row: Row): string => names[ids.indexOf(Number(row['type']))] ?? '';
  const isIn = (list: readonly string[]) => (row: Row) => list.includes(nameOf(row));
  const standing = rows.find(isIn([...standingTypes, ...endingTypes]));
  const granting = rows.find(isIn([...standingTypes, 'consent.narrowed']));
  const until = toNumber(granting?.['ends_at']);
  return {
    ...(standing && { decision: { type: nameOf(standing), at: Number(standing['at']), until } }),
    ...(granting && { granted: toNames(String(granting['attributes'])) }),
  };
}

function toRegistered(stored: unknown): readonly string[] {
  const list: unknown = JSON.parse(String(stored));
  return Array.isArray(list) ? list.map((each: { readonly name?: unknown }) => String(each.name)) : [];
}

function* findRegistered({ fact }: Asked): Act<Pick<Before, 'registered'>> {
  const [row] = yield {
    text: 'SELECT attributes FROM purposes WHERE client_id = ? AND id = ? AND version = ?',
    values: [fact.service, fact.purpose, fact.purposeVersion],
  };
  return row === undefined ? {} : { registered: toRegistered(row['attributes']) };
}

/** A sign-in under way when the level changes is held to the lower one. */
const changeMs = 60_000;

function* findMinimumLevel({ fact }: Asked): Act<Pick<Before, 'minimumLevel'>> {
  const rows = yield {
    text: `SELECT minimum_level, since FROM service_versions WHERE client_id = ? AND (since IS NULL OR since <= ?) ORDER BY version DESC LIMIT 2`,
    values: [fact.service, fact.at],
  };
  const [newest, earlier] = rows;
  const isNew = newest !== undefined && Number(newest['since'] ?? 0) > fact.at - changeMs;
  const demanded = [newest, ...(isNew ? [earlier] : [])].filter((row) => row !== undefined).map((row) => String(row['minimum_level']));
  const minimumLevel = levels.find((level) => demanded.includes(level));
  return minimumLevel === undefined ? {} : { minimumLevel };
}

function* findRequest(asked: Asked): Act<Pick<Before, 'requestedAt' | 'noticeLength'>> {
  const { fact, numbers } = asked;
  const [type] = yield* toTypes(asked, ['consent.requested']);
  const [row] = yield {
    text: `SELECT f.at FROM audit_facts f WHERE f.person = ? AND f.log_index < ? AND +f.type = ? AND +f.service = ? AND +f.purpose = ?
      AND f.at >= ? ORDER BY f.log_index DESC LIMIT 1`,
    values: [numbers.person, fact.index, type ?? null, numbers.service, numbers.purpose, fact.at - requestLifeMs],
  };
  if (row === undefined) {
    return {};
  }
  const [notice] = yield {
    text: 'SELECT length(text) AS n FROM notices WHERE client_id = ? AND purpose_id = ? AND digest = ? LIMIT 1',
    values: [fact.service, fact.purpose, termsOf(fact, 'notice')[0] ?? ''],
  };
  const requestedAt = Number(row['at']);
  return notice === undefined ? { requestedAt } : { requestedAt, noticeLength: Number(notice['n']) };
}

function* findOwed(asked: Asked): Act<Pick<Before, 'owedSince'>> {
  const [row] = yield* findOnRecord(asked, owedTypes, 1);
  return row === undefined ? {} : { owedSince: Number(row['at']) };
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
  return isDecided(fact) && numbers.person !== null ? yield* findRequest(asked) : {};
}
