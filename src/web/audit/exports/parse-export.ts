// What a form asks to take out of a case. Every field that is wrong is named at once.

import { exportForms } from '../../../domain/audit/exports/export.ts';
import type { Asking } from '../../../domain/audit/exports/ask-export.ts';
import { wholeLog } from '../../../domain/audit/exports/query.ts';
import { isCasePseudonym } from '../../../domain/audit/case.ts';
import type { ExportField, ExportProblem } from '../../../../views/audit-export-model.ts';
import { findField } from '../../body.ts';
import { findFrom, findTo } from '../parse-instant.ts';

export type Problems = readonly { readonly field: ExportField; readonly problem: ExportProblem }[];

export type ParsedExport =
  | { readonly ok: true; readonly value: Omit<Asking, 'askedBy'> }
  | { readonly ok: false; readonly problems: Problems };

const read = (form: URLSearchParams, name: ExportField): string =>
  (findField(form, name) ?? '')
    .normalize('NFKC')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();

const isWorded = (text: string): boolean => Array.from(text).length >= 3 && Array.from(text).length <= 120;
const isRecord = (text: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
const toNullable = (text: string): string | null => (text === '' ? null : text);

type Typed = Readonly<Record<ExportField, string>>;

function isTooEarly({ from, to }: Typed): boolean {
  const [first, last] = [findFrom(from), findTo(to)];
  return to !== '' && (last === undefined || (first !== undefined && last <= first));
}

function findProblems(typed: Typed): Problems {
  const { form, from, person, reason, recipient, record, service } = typed;
  const wrong: readonly (readonly [boolean, ExportField, ExportProblem])[] = [
    [!exportForms.some((known) => known === form), 'form', 'form'],
    [[service, record, person, from].every((text) => text === ''), 'service', 'about'],
    [record !== '' && !isRecord(record), 'record', 'record'],
    [person !== '' && !isCasePseudonym(person), 'person', 'person'],
    [from !== '' && findFrom(from) === undefined, 'from', 'from'],
    [isTooEarly(typed), 'to', 'to'],
    [!isWorded(recipient), 'recipient', 'recipient'],
    [!isWorded(reason), 'reason', 'reason'],
  ];
  return wrong.flatMap(([isWrong, field, problem]) => (isWrong ? [{ field, problem }] : []));
}

export function parseExport(given: URLSearchParams): ParsedExport {
  const get = (name: ExportField): string => read(given, name);
  const subject = { service: get('service'), record: get('record').toLowerCase(), person: get('person').toUpperCase() };
  const typed: Typed = {
    ...subject,
    form: get('form'),
    from: get('from'),
    to: get('to'),
    recipient: get('recipient'),
    reason: get('reason'),
  };
  const problems = findProblems(typed);
  const form = exportForms.find((known) => known === typed.form);
  if (problems.length > 0 || form === undefined) {
    return { ok: false, problems };
  }
  const { from, person, reason, recipient, record, service, to } = typed;
  const period = { from: findFrom(from) ?? null, to: findTo(to) ?? null };
  const query = { ...wholeLog, ...period, service: toNullable(service), record: toNullable(record), person: toNullable(person) };
  return { ok: true, value: { form, query, reason, recipient } };
}
