// What the register answers: how purposes changed and who still stands on the earlier text, who approved what a service asks, what is kept abroad.

import type { Purpose } from '../../agencies/agency.ts';
import type { EventType } from '../../ledger/event.ts';
import { toAsked, toPeriod } from './asked-search.ts';
import { toFactFilter } from './entry-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { countFigure, groupEntries } from './group.ts';
import { countEntries, listEntries, toPurposeCell } from './list.ts';
import type { FigureName } from './names.ts';
import { emptyAnswer, needed, optional, period } from './question.ts';
import type { Answer, Asking, Figure, Question, Row, Table } from './question.ts';
import { typesOf } from './types.ts';

/** What a person was told and can be held against the version before. */
const compared = ['text', 'retention', 'expiresAfter', 'attributes', 'legalBasis', 'recipients', 'storage', 'terms'] as const;

function toChanges(before: Purpose, after: Purpose): readonly string[] {
  return compared.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

type Change = { readonly before: Purpose; readonly after: Purpose };

async function listChanges({ ports, services }: Asking): Promise<readonly Change[]> {
  const versions = await Promise.all(services.map(async ({ service }) => ports.agencies.listPurposeVersions(service.clientId)));
  return versions.flatMap((own) =>
    own.flatMap((after) => {
      const before = own.find(({ id, version }) => id === after.id && version === after.version - 1);
      return before === undefined ? [] : [{ before, after }];
    }),
  );
}

/** Of one version: when it took effect, and what left afterwards under the version before it. */
async function toChangeRow(asking: Asking, { before, after }: Change): Promise<Row | undefined> {
  const about: EntrySearch = { service: after.clientId, purpose: after.id };
  const taken: EntrySearch = { ...about, ...toPeriod(asking.values), types: ['purpose.changed'], purposeVersion: after.version };
  const { facts } = await asking.ports.facts.readFacts(toFactFilter(taken, asking.sight), { order: 'oldest-first', after: null, limit: 1 });
  const [effective] = facts;
  if (effective === undefined) {
    return undefined;
  }
  const earlier: EntrySearch = { ...about, types: ['data.released'], purposeVersion: before.version, from: effective.at };
  const left = await countEntries(asking, earlier);
  const name = toPurposeCell(after.clientId, after.id);
  const retention = before.retention === after.retention ? after.retention : `${before.retention} → ${after.retention}`;
  return {
    cells: [effective.at, after.clientId, name, after.version, toChanges(before, after), retention, left, effective.index],
    entries: earlier,
  };
}

async function answerChanged(asking: Asking): Promise<Answer> {
  const found = await Promise.all((await listChanges(asking)).map(async (change) => toChangeRow(asking, change)));
  const rows = found.filter((row) => row !== undefined).toSorted((left, right) => Number(right.cells[0]) - Number(left.cells[0]));
  const earlier = rows.filter(({ cells }) => Number(cells[6]) > 0);
  const figure = (name: FigureName, value: number): Figure => ({ name, kind: 'number', value, mustBeZero: false, entries: null });
  const table: Table = {
    name: 'changes',
    columns: [
      { name: 'at', kind: 'time' },
      { name: 'service', kind: 'service' },
      { name: 'purpose', kind: 'purpose' },
      { name: 'version', kind: 'number' },
      { name: 'changed', kind: 'words' },
      { name: 'retention', kind: 'code' },
      { name: 'under-earlier', kind: 'number' },
      { name: 'entry', kind: 'index' },
    ],
    rows,
    chart: null,
    isCut: false,
  };
  return { ...emptyAnswer, figures: [figure('changes', rows.length), figure('still-earlier', earlier.length)], tables: [table] };
}

const registerTypes: readonly EventType[] = [...typesOf('purpose'), 'submission.viewed', 'service.changed', 'service.status_changed'];

async function answerApprovals(asking: Asking): Promise<Answer> {
  const search: EntrySearch = { ...toAsked(asking.values), types: registerTypes };
  const [list, approvals, table] = await Promise.all([
    listEntries(asking, [search], ['at', 'type', 'actor', 'purpose', 'version', 'attributes', 'reason', 'entry']),
    countFigure(asking, { name: 'approvals', search: { ...search, types: ['purpose.approved'] } }),
    groupEntries(asking, {
      name: 'approvers',
      search: { ...search, types: ['purpose.approved', 'purpose.declined'] },
      by: ['actor', 'type'],
      measures: ['count'],
    }),
  ]);
  return { ...emptyAnswer, figures: [approvals], tables: [list.table, toEvidence(asking), table], next: list.next };
}

/** What the register holds of each purpose in force: ground, law and impact assessment. */
function toEvidence({ services }: Asking): Table {
  const rows = services.flatMap(({ service, purposes }) =>
    purposes.map(({ id, version, legalBasis, dpiaRef }): Row => {
      const law = typeof legalBasis.lawRef === 'string' ? legalBasis.lawRef : (legalBasis.lawRef?.ar ?? null);
      return { cells: [toPurposeCell(service.clientId, id), version, legalBasis.type, law, dpiaRef], entries: null };
    }),
  );
  return {
    name: 'evidence',
    columns: [
      { name: 'purpose', kind: 'purpose' },
      { name: 'version', kind: 'number' },
      { name: 'basis', kind: 'word' },
      { name: 'law', kind: 'code' },
      { name: 'assessment', kind: 'code' },
    ],
    rows,
    chart: null,
    isCut: false,
  };
}

const home = 'SA';

function toAbroadRows(asked: EntrySearch, clientId: string, purpose: Purpose): readonly Row[] {
  const { storage } = purpose;
  const name = toPurposeCell(clientId, purpose.id);
  const entries: EntrySearch = { ...asked, types: ['data.released'], service: clientId, purpose: purpose.id };
  if (storage === null) {
    return [{ cells: [clientId, name, purpose.version, 'unsaid', null], entries }];
  }
  const kept: Row = { cells: [clientId, name, purpose.version, 'kept', storage.jurisdiction], entries };
  const sent = storage.transfers.map(({ country }): Row => ({ cells: [clientId, name, purpose.version, 'sent', country], entries }));
  return [...(storage.jurisdiction === home ? [] : [kept]), ...sent];
}

async function answerAbroad(asking: Asking): Promise<Answer> {
  const asked = toPeriod(asking.values);
  const places = asking.services.flatMap(({ service, purposes }) =>
    purposes.flatMap((purpose) => toAbroadRows(asked, service.clientId, purpose)),
  );
  const rows = await Promise.all(
    places.map(async (row): Promise<Row> => ({ ...row, cells: [...row.cells, await countEntries(asking, row.entries ?? {})] })),
  );
  const of = (name: FigureName, how: string): Figure => {
    const value = rows.filter(({ cells }) => cells[3] === how).length;
    return { name, kind: 'number', value, mustBeZero: false, entries: null };
  };
  const table: Table = {
    name: 'abroad',
    columns: [
      { name: 'service', kind: 'service' },
      { name: 'purpose', kind: 'purpose' },
      { name: 'version', kind: 'number' },
      { name: 'how', kind: 'word' },
      { name: 'country', kind: 'code' },
      { name: 'releases', kind: 'number' },
    ],
    rows,
    chart: null,
    isCut: false,
  };
  return { ...emptyAnswer, figures: [of('kept', 'kept'), of('sent', 'sent'), of('unsaid', 'unsaid')], tables: [table] };
}

const whose = [optional('agency'), optional('service'), ...period];

export const registrationQuestions: readonly Question[] = [
  {
    name: 'changed-without-notice',
    number: 16,
    rules: ['widened-unannounced'],
    group: 'sweep',
    needsCase: false,
    parameters: whose,
    answer: answerChanged,
  },
  {
    name: 'who-approved',
    number: 17,
    rules: ['night-approval'],
    group: 'investigation',
    needsCase: false,
    parameters: [needed('service'), ...period],
    answer: answerApprovals,
  },
  { name: 'stored-abroad', number: 21, rules: [], group: 'sweep', needsCase: false, parameters: whose, answer: answerAbroad },
];
