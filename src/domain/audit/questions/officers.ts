// What an investigation asks about people who act for others: officers at the counter, auditors, operators.

import type { EventType } from '../../ledger/event.ts';
import { toPeriod } from './asked-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { countFigure, groupEntries } from './group.ts';
import { listEntries } from './list.ts';
import { emptyAnswer, optional, period } from './question.ts';
import type { Answer, Asking, Question, Values } from './question.ts';
import { changeTypes, decisionTypes, typesOf } from './types.ts';

const toOfficer = ({ officer }: Values): EntrySearch => (officer === undefined ? {} : { actor: officer });

const counterTypes: readonly EventType[] = [
  'person.looked_up',
  'person.proofed',
  'person.document_differed',
  'person.level_code_made',
  'person.invited',
  'recovery.begun',
  'recovery.approved',
  'recovery.cancelled',
  'person.frozen',
  'person.unfreeze_begun',
  'person.unfrozen',
  'recovery.refused',
  'case.noted',
  'case.closed',
];

/** What officers did; where a person acted alone, or a registered provider, it is no act at the counter. */
async function answerCounter(asking: Asking): Promise<Answer> {
  const search: EntrySearch = { ...toPeriod(asking.values), ...toOfficer(asking.values), types: counterTypes, actorKind: 'officer' };
  const [all, denied, differed, ranking, acts, hours, repeats, list] = await Promise.all([
    countFigure(asking, { name: 'acts', search }),
    countFigure(asking, { name: 'denied', search: { ...search, types: ['recovery.refused'] } }),
    countFigure(asking, { name: 'documents-differed', search: { ...search, types: ['person.document_differed'] } }),
    groupEntries(asking, {
      name: 'officers',
      search,
      by: ['actor'],
      measures: ['count', 'people'],
      chart: { kind: 'bars', label: 'actor', value: 'count' },
    }),
    groupEntries(asking, { name: 'acts', search, by: ['actor', 'type'], measures: ['count'] }),
    groupEntries(asking, { name: 'hours', search, by: ['actor', 'hour'], measures: ['count'] }),
    groupEntries(asking, { name: 'repeats', search, by: ['actor', 'person'], measures: ['count'] }),
    listEntries(asking, [search], ['at', 'type', 'actor', 'person', 'entry']),
  ]);
  // The same officer with the same person again; whoever was erased is nobody.
  const again = { ...repeats, rows: repeats.rows.filter(({ cells }) => cells[1] !== null && Number(cells[2]) > 1) };
  return { ...emptyAnswer, figures: [all, denied, differed], tables: [ranking, acts, hours, again, list.table], next: list.next };
}

async function answerForOthers(asking: Asking): Promise<Answer> {
  const asked = toPeriod(asking.values);
  const afterDeath: EntrySearch = { ...asked, marks: [{ kind: 'flaw', term: 'after-death' }] };
  const decisions: EntrySearch = { ...asked, types: [...decisionTypes, ...changeTypes] };
  const columns = ['at', 'type', 'flaw', 'acted-by', 'service', 'basis', 'person', 'entry'] as const;
  const [dead, list, others] = await Promise.all([
    countFigure(asking, { name: 'after-death', search: afterDeath, mustBeZero: true }),
    listEntries(asking, [afterDeath], columns),
    groupEntries(asking, { name: 'acted-by', search: decisions, by: ['actedBy', 'basis'], measures: ['count'] }),
  ]);
  return { ...emptyAnswer, figures: [dead], tables: [list.table, others], next: list.next };
}

const lookTypes: readonly EventType[] = [
  ...typesOf('record', 'unmask', 'audit', 'suspension', 'export', 'trace'),
  'submission.viewed',
  'person.looked_up',
  'complaint.closed',
];

async function answerLooks(asking: Asking): Promise<Answer> {
  const search: EntrySearch = { ...toPeriod(asking.values), ...toOfficer(asking.values), types: lookTypes };
  const [looks, unmasked, ranking, list] = await Promise.all([
    countFigure(asking, { name: 'looks', search }),
    countFigure(asking, { name: 'unmaskings', search: { ...search, types: typesOf('unmask') } }),
    groupEntries(asking, {
      name: 'lookers',
      search,
      by: ['actor', 'type'],
      measures: ['count'],
      chart: { kind: 'bars', label: 'actor', value: 'count' },
    }),
    listEntries(asking, [search], ['at', 'type', 'actor', 'approver', 'reason', 'entry']),
  ]);
  return { ...emptyAnswer, figures: [looks, unmasked], tables: [ranking, list.table], next: list.next };
}

const operatorTypes: readonly EventType[] = [
  ...typesOf('key', 'metadata', 'issuer', 'officer', 'backup', 'log', 'export', 'agency', 'service', 'suspension'),
  'person.imported',
  'person.status_changed',
  'person.order_lifted',
  'consent.revoked',
  'consent.invalidated',
].filter((type): type is EventType => !['service.entered', 'officer.signed_in', 'officer.signed_out'].includes(type));

async function answerOperators(asking: Asking): Promise<Answer> {
  const search: EntrySearch = { ...toPeriod(asking.values), types: operatorTypes };
  const [acts, table, list] = await Promise.all([
    countFigure(asking, { name: 'acts', search }),
    groupEntries(asking, {
      name: 'by-type',
      search,
      by: ['type'],
      measures: ['count'],
      chart: { kind: 'bars', label: 'type', value: 'count' },
    }),
    listEntries(asking, [search], ['at', 'type', 'actor', 'service', 'reason', 'entry']),
  ]);
  return { ...emptyAnswer, figures: [acts], tables: [table, list.table], next: list.next };
}

const investigation = { group: 'investigation', needsCase: false } as const;

export const officerQuestions: readonly Question[] = [
  {
    ...investigation,
    name: 'acts-at-counter',
    number: 14,
    rules: ['counter-burst'],
    parameters: [optional('officer'), ...period],
    answer: answerCounter,
  },
  { ...investigation, name: 'acts-for-others', number: 15, rules: ['after-death'], parameters: period, answer: answerForOthers },
  {
    ...investigation,
    name: 'looks-and-unmaskings',
    number: 18,
    rules: ['curious-auditor'],
    parameters: [optional('officer'), ...period],
    answer: answerLooks,
  },
  { ...investigation, name: 'operator-acts', number: 19, rules: [], parameters: period, answer: answerOperators },
];
