// Overdue answers as objects and as lines of a file. Times are UTC.

import { stringify } from 'csv-stringify/sync';
import type { OverdueDuty } from '../../domain/audit/overdue-duties.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';

const columns = ['id', 'agency', 'service', 'purpose', 'kind', 'state', 'attributes', 'opened_at', 'answer_by', 'days_over', 'told_at'];

export function toDutyJson(duty: OverdueDuty) {
  const { id, agency, service, purpose, kind, attributes, createdAt, dueAt, daysOver, toldAt } = duty;
  return {
    id,
    agency,
    service,
    purpose,
    kind,
    state: duty.state === 'acknowledged' ? ('acknowledged' as const) : ('open' as const),
    attributes: [...attributes],
    opened_at: toTimestamp(createdAt),
    answer_by: toTimestamp(dueAt),
    days_over: daysOver,
    told_at: toldAt === null ? null : toTimestamp(toldAt),
  };
}

export function toDutyCells(duty: OverdueDuty): readonly string[] {
  const { attributes, days_over: days, told_at: told, ...texts } = toDutyJson(duty);
  const { opened_at: openedAt, answer_by: answerBy, id, agency, service, purpose, kind, state } = texts;
  return [id, agency, service, purpose, kind, state, attributes.join(' '), openedAt, answerBy, String(days), told ?? ''];
}

/** A cell that begins like a formula would be run by a spreadsheet. */
const toCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  );

export const dutyLines = {
  jsonl: { head: '', toLines: (duties: readonly OverdueDuty[]) => duties.map((duty) => `${JSON.stringify(toDutyJson(duty))}\n`).join('') },
  csv: { head: toCsv([columns]), toLines: (duties: readonly OverdueDuty[]) => toCsv(duties.map(toDutyCells)) },
} as const;
