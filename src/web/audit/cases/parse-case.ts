// What a form opens a case with. Every field that is wrong is named at once; the number is refused where it could be that of a person, because it stands in the log
// for ever.

import { caseBases, caseScopeKinds, longestCaseMs } from '../../../domain/audit/case.ts';
import type { CaseScope } from '../../../domain/audit/case.ts';
import type { CaseDraft } from '../../../domain/audit/open-case.ts';
import { Fault } from '../../../domain/kernel/errors.ts';
import { hasPersonNumber } from '../../../domain/people/person-number.ts';
import { caseFields } from '../../../../views/audit-case-model.ts';
import type { CaseField, CaseProblem } from '../../../../views/audit-case-model.ts';
import { findField } from '../../body.ts';
import { findFrom, findTo } from '../parse-instant.ts';

export type CaseRules = {
  readonly now: number;
  readonly agencyIds: readonly string[];
  /** The mandate of the opener, where it is one agency. */
  readonly mandate: string | null;
};

type Parsed<T> = { readonly value: T } | { readonly problem: CaseProblem };

export type ParsedCase = { readonly ok: true; readonly value: CaseDraft } | { readonly ok: false; readonly problems: Problems };

const read = (form: URLSearchParams, name: CaseField): string => (findField(form, name) ?? '').normalize('NFKC').trim();

function parseNumber(text: string): Parsed<string> {
  if (!/^[A-Za-z0-9./-]{1,40}$/.test(text)) {
    return { problem: 'number' };
  }
  return hasPersonNumber(text) ? { problem: 'number-person' } : { value: text };
}

function parseAuthority(text: string): Parsed<string> {
  const visible = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  const length = Array.from(visible).length;
  return length < 3 || length > 120 ? { problem: 'authority' } : { value: visible };
}

function parseScope(form: URLSearchParams, { agencyIds, mandate }: CaseRules): Parsed<CaseScope> {
  const kind = caseScopeKinds.find((known) => known === read(form, 'scope'));
  const agencyId = agencyIds.find((known) => known === read(form, 'agency'));
  if (kind === undefined) {
    return { problem: 'scope' };
  }
  if (kind !== 'agency') {
    return kind === 'all' && mandate !== null ? { problem: 'mandate' } : { value: { kind } };
  }
  if (agencyId === undefined) {
    return { problem: 'agency' };
  }
  return mandate !== null && mandate !== agencyId ? { problem: 'mandate' } : { value: { kind, agencyId } };
}

function parseDay(text: string, find: (day: string) => number | undefined, problem: CaseProblem): Parsed<number | null> {
  const at = find(text);
  if (text === '') {
    return { value: null };
  }
  return at === undefined ? { problem } : { value: at };
}

function parseTo(form: URLSearchParams): Parsed<number | null> {
  const parsed = parseDay(read(form, 'to'), findTo, 'to');
  const from = findFrom(read(form, 'from'));
  return 'value' in parsed && parsed.value !== null && from !== undefined && parsed.value <= from ? { problem: 'to' } : parsed;
}

function parseEnd(text: string, now: number): Parsed<number> {
  const at = findTo(text);
  return at === undefined || at <= now || at > now + longestCaseMs ? { problem: 'ends' } : { value: at };
}

const isWrong = <T>(parsed: Parsed<T>): parsed is { readonly problem: CaseProblem } => 'problem' in parsed;

type Problems = readonly { readonly field: CaseField; readonly problem: CaseProblem }[];

function toProblem(field: CaseField, parsed: Parsed<unknown>): Problems {
  if (!isWrong(parsed)) {
    return [];
  }
  return [{ field: parsed.problem === 'agency' ? 'agency' : field, problem: parsed.problem }];
}

/** Asked only of what no problem was found in. */
function getRight<T>(parsed: Parsed<T>): T {
  if (isWrong(parsed)) {
    throw new Fault('request/invalid', parsed.problem);
  }
  return parsed.value;
}

function parseBasis(text: string): Parsed<CaseDraft['basis']> {
  const known = caseBases.find((basis) => basis === text);
  return known === undefined ? { problem: 'basis' } : { value: known };
}

export function parseCase(form: URLSearchParams, rules: CaseRules): ParsedCase {
  const number = parseNumber(read(form, 'number'));
  const authority = parseAuthority(read(form, 'authority'));
  const basis = parseBasis(read(form, 'basis'));
  const scope = parseScope(form, rules);
  const from = parseDay(read(form, 'from'), findFrom, 'from');
  const to = parseTo(form);
  const ends = parseEnd(read(form, 'ends'), rules.now);
  const fields = Object.entries({ number, authority, basis, scope, from, to, ends });
  const problems = fields.flatMap(([name, parsed]) =>
    caseFields.filter((field) => field === name).flatMap((field) => toProblem(field, parsed)),
  );
  if (problems.length > 0) {
    return { ok: false, problems };
  }
  const covers = { from: getRight(from), to: getRight(to) };
  const named = { number: getRight(number), authority: getRight(authority), basis: getRight(basis) };
  return { ok: true, value: { ...named, scope: getRight(scope), covers, endsAt: getRight(ends) } };
}
