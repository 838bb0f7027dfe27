// Reports of people in the database: opened once, answered once, each together with its entry.

import type { Report, ReportAnswer, ReportList, ReportPlace, ReportStore } from '../domain/home/report.ts';
import { Fault } from '../domain/kernel/errors.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { appendEvents } from './append-events.ts';
import { forShare } from './dialect.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import type { Value } from './row.ts';
import { findAll, findOne, insertInto, selectFrom, toListCondition } from './statements.ts';

type Row = RowOf<Tables['reports']>;

function toReport(row: Row): Report {
  const { wordsKey, wordsText, answerKey, answerText, ...report } = row;
  return {
    ...report,
    words: { wrappedKey: wordsKey, ciphertext: wordsText },
    answer: answerKey === null || answerText === null ? null : { wrappedKey: answerKey, ciphertext: answerText },
  };
}

function toRow({ words, answer, ...report }: Report): Row {
  return {
    ...report,
    wordsKey: words.wrappedKey,
    wordsText: words.ciphertext,
    answerKey: answer?.wrappedKey ?? null,
    answerText: answer?.ciphertext ?? null,
  };
}

type Page = { readonly after: ReportPlace | null; readonly limit: number };

export function createReportStore(engine: Engine): ReportStore {
  const { reports } = engine.tables;
  const read = async (where: string, values: readonly Value[], limit: number): Promise<ReportList> => {
    const found = (await findAll(engine, selectFrom(reports, `${where} LIMIT ?`, [...values, limit + 1]))).map(toReport);
    const last = found.length > limit ? found[limit - 1] : undefined;
    return { reports: found.slice(0, limit), next: last === undefined ? null : { openedAt: last.openedAt, id: last.id } };
  };
  const toPlace = ({ after }: Page, sign: '<' | '>'): string =>
    after === null ? '' : ` AND (opened_at, id) ${sign} (CAST(? AS bigint), ?)`;
  const toValues = ({ after }: Page): readonly Value[] => (after === null ? [] : [after.openedAt, after.id]);
  return {
    saveReport: async (report, event) => engine.atomic(() => saveReport(engine, report, event)),
    readOwnReports: async (personId, page) =>
      read(`WHERE person_id = ?${toPlace(page, '<')} ORDER BY opened_at DESC, id DESC`, [personId, ...toValues(page)], page.limit),
    readOpenReports: async (page) => {
      const within = toListCondition('client_id', page.services);
      const where = `WHERE closed_at IS NULL${within.text}${toPlace(page, '>')} ORDER BY opened_at, id`;
      return read(where, [...within.values, ...toValues(page)], page.limit);
    },
    findReport: async (caseNumber) => {
      const row = await findOne(engine, selectFrom(reports, 'WHERE case_number = ?', [caseNumber]));
      return row && toReport(row);
    },
    saveAnswer: async (answer) => engine.atomic(() => saveAnswer(engine, answer)),
  };
}

function* saveReport(engine: Engine, report: Report, event: SealedEvent): Act<Report> {
  const { reports } = engine.tables;
  const written = yield insertInto(reports, toRow(report), 'ON CONFLICT (id) DO NOTHING RETURNING id');
  if (written.length === 1) {
    yield* appendEvents(engine.tables, [event]);
    return report;
  }
  yield undo;
  const query = selectFrom(reports, 'WHERE id = ?', [report.id]);
  const [row] = yield query;
  if (row === undefined) {
    throw new Fault('store/unavailable', 'a report that was stored is not there');
  }
  return toReport(query.decode(row));
}

function* saveAnswer(engine: Engine, { id, answer, closedAt, event }: ReportAnswer): Act<boolean> {
  // Held until the commit: a closing comes wholly before, and nobody is left to read the answer, or wholly after, and destroys it.
  const [person] = yield {
    text: `SELECT status FROM people WHERE id = (SELECT person_id FROM reports WHERE id = ?)${forShare(engine.dialect)}`,
    values: [id],
  };
  const kept = person?.['status'] === 'closed' ? { wrappedKey: '', ciphertext: '' } : answer;
  const changed = yield {
    text: 'UPDATE reports SET answer_key = ?, answer_text = ?, closed_at = ? WHERE id = ? AND closed_at IS NULL RETURNING id',
    values: [kept.wrappedKey, kept.ciphertext, closedAt, id],
  };
  if (changed.length === 0) {
    yield undo;
    return false;
  }
  yield* appendEvents(engine.tables, [event]);
  return true;
}
