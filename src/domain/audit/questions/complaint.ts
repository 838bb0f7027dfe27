// What a complaint asks: what was shared about one person, whether a consent is proven, what stood on the screen.

import { isUnaltered } from '../../consent/notice.ts';
import type { Notice } from '../../consent/notice.ts';
import type { EventType } from '../../ledger/event.ts';
import type { Flaw } from '../facts.ts';
import type { EntrySearch } from './entry-search.ts';
import { countFigure, groupEntries } from './group.ts';
import { countEntries, listEntries } from './list.ts';
import { emptyAnswer, needed, period } from './question.ts';
import type { Answer, Asking, Finding, Question, Table } from './question.ts';
import { toPeriod } from './asked-search.ts';
import { changeTypes, decisionTypes } from './types.ts';

const sharedTypes: readonly EventType[] = [...decisionTypes, ...changeTypes, 'data.released', 'data.denied', 'data.over_ask'];

async function answerShared(asking: Asking): Promise<Answer> {
  const about: EntrySearch = { person: asking.values.person ?? '', ...toPeriod(asking.values) };
  const released: EntrySearch = { ...about, types: ['data.released'] };
  const [list, figure, services, attributes] = await Promise.all([
    listEntries(
      asking,
      [{ ...about, types: sharedTypes }],
      ['entry', 'at', 'type', 'flaw', 'service', 'purpose', 'basis', 'attributes', 'record'],
    ),
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

/** Releases that the consent did not cover where they stand in the log. */
const outsideFlaws: readonly Flaw[] = ['no-record', 'after-withdrawal', 'after-expiry', 'paused', 'beyond-purpose', 'beyond-consent'];

async function countOutside(asking: Asking, search: EntrySearch): Promise<number> {
  const counts = outsideFlaws.map(async (term) => countEntries(asking, { ...search, marks: [{ kind: 'flaw', term }] }));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** What was on the screen at the newest decision of the page. */
async function findDecided({ ports }: Asking, { columns, rows }: Table): Promise<Notice | undefined> {
  const place = columns.findIndex(({ name }) => name === 'notice');
  const digest = rows.map(({ cells }) => cells[place]).find((cell) => typeof cell === 'string');
  return typeof digest === 'string' ? ports.consents.findNotice(digest) : undefined;
}

async function answerProof(asking: Asking): Promise<Answer> {
  const about: EntrySearch = { record: asking.values.record ?? '' };
  const [list, decisions, releases] = await Promise.all([
    listEntries(asking, [about], ['entry', 'at', 'type', 'flaw', 'service', 'purpose', 'version', 'basis', 'attributes', 'notice']),
    countFigure(asking, { name: 'decisions', search: { ...about, types: [...decisionTypes, ...changeTypes] } }),
    countFigure(asking, { name: 'releases', search: { ...about, types: ['data.released'] } }),
  ]);
  const outside = await countOutside(asking, { ...about, types: ['data.released'] });
  const kept = await findDecided(asking, list.table);
  const findings: readonly Finding[] = [
    { name: 'decision-known', holds: decisions.value !== 0 },
    { name: 'releases-stand', holds: outside === 0 },
    ...(kept === undefined ? [] : [{ name: 'notice-matches' as const, holds: isUnaltered(kept) }]),
  ];
  return { ...emptyAnswer, figures: [decisions, releases], findings, tables: [list.table], next: list.next, notice: kept?.digest ?? null };
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
