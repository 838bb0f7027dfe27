// What the register answers: how purposes changed and who still stands on the earlier text, who approved what a service asks, what is kept abroad.

import type { Purpose } from '../../agencies/agency.ts';
import type { EventType } from '../../ledger/event.ts';
import type { PurposeThen } from '../register-then.ts';
import { toAsked, toPeriod } from './asked-search.ts';
import { toFactFilter } from './entry-search.ts';
import type { EntrySearch } from './entry-search.ts';
import { countFigure, groupEntries } from './group.ts';
import { countEntries, listEntries, toPurposeCell } from './list.ts';
import type { FigureName } from './names.ts';
import { judgeRegister, listPurposesThen, stoodIn, toInForce } from './purposes-then.ts';
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
  const [list, approvals, purposes, table] = await Promise.all([
    listEntries(asking, [search], ['at', 'type', 'actor', 'purpose', 'version', 'attributes', 'reason', 'entry']),
    countFigure(asking, { name: 'approvals', search: { ...search, types: ['purpose.approved'] } }),
    listPurposesThen(asking),
    groupEntries(asking, {
      name: 'approvers',
      search: { ...search, types: ['purpose.approved', 'purpose.declined'] },
      by: ['actor', 'type'],
      measures: ['count'],
    }),
  ]);
  const findings = [judgeRegister(purposes)];
  return { ...emptyAnswer, findings, figures: [approvals], tables: [list.table, toEvidence(purposes), table], next: list.next };
}

/** What the register held of each purpose in force as the log stood: ground, law and impact assessment. */
function toEvidence(purposes: readonly PurposeThen[]): Table {
  const rows = toInForce(purposes).map(({ clientId, id, version, legalBasis, dpiaRef }): Row => {
    const law = typeof legalBasis.lawRef === 'string' ? legalBasis.lawRef : (legalBasis.lawRef?.ar ?? null);
    return { cells: [toPurposeCell(clientId, id), version, legalBasis.type, law, dpiaRef], entries: null };
  });
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

/** What leaves the country under a version: where it is kept, and whither it is sent. */
function toPlaces({ storage }: Purpose, home: string): readonly (readonly [how: string, country: string | null])[] {
  if (storage === null) {
    return [['unsaid', null]];
  }
  const sent = storage.transfers.filter(({ country }) => country !== home).map(({ country }) => ['sent', country] as const);
  return [...(storage.jurisdiction === home ? [] : [['kept', storage.jurisdiction] as const]), ...sent];
}

/** A version counts where it stood in the time that was asked for, or something left under it then. */
async function toAbroadRows(asking: Asking, { purpose, from, until }: PurposeThen): Promise<readonly Row[]> {
  const { clientId: service, id, version } = purpose;
  const asked = toPeriod(asking.values);
  const places = toPlaces(purpose, asking.homeCountry);
  const entries: EntrySearch = { ...asked, types: ['data.released'], service, purpose: id, purposeVersion: version };
  const releases = places.length === 0 ? 0 : await countEntries(asking, entries);
  return releases > 0 || stoodIn(asking, { from, until })
    ? places.map(([how, country]): Row => {
        const stretch = [version, from, until];
        return { cells: [service, toPurposeCell(service, id), ...stretch, how, country, releases], entries };
      })
    : [];
}

async function answerAbroad(asking: Asking): Promise<Answer> {
  const versions = await listPurposesThen(asking);
  const rows = (await Promise.all(versions.map(async (each) => toAbroadRows(asking, each)))).flat();
  const of = (name: FigureName, how: string): Figure => {
    const value = rows.filter(({ cells }) => cells[5] === how).length;
    return { name, kind: 'number', value, mustBeZero: false, entries: null };
  };
  const table: Table = {
    name: 'abroad',
    columns: [
      { name: 'service', kind: 'service' },
      { name: 'purpose', kind: 'purpose' },
      { name: 'version', kind: 'number' },
      { name: 'since', kind: 'time' },
      { name: 'until', kind: 'time' },
      { name: 'how', kind: 'word' },
      { name: 'country', kind: 'code' },
      { name: 'releases', kind: 'number' },
    ],
    rows,
    chart: null,
    isCut: false,
  };
  const figures = [of('kept', 'kept'), of('sent', 'sent'), of('unsaid', 'unsaid')];
  return { ...emptyAnswer, figures, findings: [judgeRegister(versions)], tables: [table] };
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
