// What a complaint asks: what was shared about one person, whether a consent is proven, what stood on the screen.

import { isUnaltered } from '../../consent/notice.ts';
import type { EventType } from '../../ledger/event.ts';
import type { EntrySearch } from './entry-search.ts';
import { countFigure, groupEntries } from './group.ts';
import { listEntries } from './list.ts';
import { emptyAnswer, needed, period } from './question.ts';
import type { Answer, Asking, Finding, Question, Table } from './question.ts';
import { toPeriod } from './asked-search.ts';
import { changeTypes, decisionTypes } from './types.ts';

const sharedTypes: readonly EventType[] = [...decisionTypes, ...changeTypes, 'data.released', 'data.denied', 'data.over_ask'];

async function answerShared(asking: Asking): Promise<Answer> {
  const about: EntrySearch = { person: asking.values.person ?? '', ...toPeriod(asking.values) };
  const released: EntrySearch = { ...about, types: ['data.released'] };
  const [list, figure, services, attributes] = await Promise.all([
    listEntries(asking, [{ ...about, types: sharedTypes }], ['at', 'type', 'service', 'purpose', 'attributes', 'basis', 'entry']),
    countFigure(asking, { name: 'releases', search: released }),
    groupEntries(asking, {
      name: 'by-service',
      search: released,
      by: ['service'],
      measures: ['count'],
      chart: { kind: 'bars', label: 'service', value: 'count' },
    }),
    groupEntries(asking, { name: 'by-attribute', search: released, by: ['attribute'], measures: ['count'] }),
  ]);
  const timeline: Table = { ...list.table, chart: { kind: 'timeline', label: 'service', value: 'at' } };
  return { ...emptyAnswer, figures: [figure], tables: [timeline, services, attributes], next: list.next };
}

async function answerProof(asking: Asking): Promise<Answer> {
  const about: EntrySearch = { record: asking.values.record ?? '' };
  const [list, decisions, releases] = await Promise.all([
    listEntries(asking, [about], ['at', 'type', 'service', 'purpose', 'version', 'attributes', 'notice', 'entry']),
    countFigure(asking, { name: 'decisions', search: { ...about, types: [...decisionTypes, ...changeTypes] } }),
    countFigure(asking, { name: 'releases', search: { ...about, types: ['data.released'] } }),
  ]);
  return { ...emptyAnswer, figures: [decisions, releases], tables: [list.table], next: list.next };
}

async function answerScreen(asking: Asking): Promise<Answer> {
  const digest = asking.values.notice ?? '';
  const shown: EntrySearch = { marks: [{ kind: 'notice', term: digest }] };
  const kept = await asking.ports.consents.findNotice(digest);
  const [list, figure] = await Promise.all([
    listEntries(asking, [shown], ['at', 'type', 'service', 'purpose', 'version', 'entry']),
    countFigure(asking, { name: 'decisions', search: shown }),
  ]);
  const findings: readonly Finding[] = [
    { name: 'notice-kept', holds: kept !== undefined },
    ...(kept === undefined ? [] : [{ name: 'notice-matches' as const, holds: isUnaltered(kept) }]),
  ];
  return { ...emptyAnswer, figures: [figure], findings, tables: [list.table], next: list.next, notice: kept?.digest ?? null };
}

export const complaintQuestions: readonly Question[] = [
  {
    name: 'shared-about-person',
    number: 1,
    rules: [],
    group: 'complaint',
    needsCase: true,
    parameters: [needed('person'), ...period],
    answer: answerShared,
  },
  {
    name: 'prove-consent',
    number: 2,
    rules: [],
    group: 'complaint',
    needsCase: false,
    parameters: [needed('record')],
    answer: answerProof,
  },
  {
    name: 'what-was-shown',
    number: 3,
    rules: [],
    group: 'complaint',
    needsCase: false,
    parameters: [needed('notice')],
    answer: answerScreen,
  },
];
