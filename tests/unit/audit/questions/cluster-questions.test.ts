// Several decisions of one person in a minute, found however many others decide more often in a day; and refusals, however many texts there are. Of an entry whose
// person was erased nobody knows whose it is.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askQuestion } from '../../../../src/domain/audit/questions/ask-question.ts';
import { findQuestion } from '../../../../src/domain/audit/questions/catalogue.ts';
import type { Answer, Table } from '../../../../src/domain/audit/questions/question.ts';
import type { Inside } from '../../../../src/domain/audit/questions/sight.ts';
import { systemClock } from '../../../../src/domain/kernel/clock.ts';
import { getValue } from '../../../../src/domain/kernel/errors.ts';
import { systemRandom } from '../../../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../../../src/domain/ledger/event.ts';
import type { EventDraft } from '../../../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../../../src/domain/ledger/sequence.ts';
import { createSigner } from '../../../support/ledger-samples.ts';
import type { OpenedDatabase } from '../../../support/opened-database.ts';
import { createSqliteDatabase } from '../../../support/sqlite-database.ts';

/** Of the country. */
const midnight = Date.parse('2026-03-02T00:00:00+03:00');
const noon = midnight - 43_200_000;

const signer = createSigner('clusters');

/** Everybody's pseudonym is their own reference. */
const inside: Inside = {
  id: 'one',
  number: 'C-1',
  services: null,
  personRefs: null,
  covers: { from: null, to: null },
  toPseudonym: (personRef) => personRef,
  findPerson: async (pseudonym) => pseudonym,
  remember: async () => undefined,
};

describe('many decisions in a minute', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;

  const ask = async (name: string, values: { readonly threshold?: number; readonly from?: number }): Promise<Answer> => {
    const question = findQuestion(name);
    if (question === undefined) {
      throw new Error('no such question');
    }
    const needs = {
      ...opened.storage,
      homeCountry: 'SA',
      clock: systemClock,
      random: systemRandom,
      record: async () => undefined,
      assertRoom: async () => undefined,
    };
    const asked = { question, values, standing: { inside, services: null }, asOf: null, form: 'json' } as const;
    const { answer } = getValue(await askQuestion(needs, { kind: 'operator', ref: null }, { ...asked, page: { after: null, limit: 50 } }));
    return answer;
  };
  const findTable = ({ tables }: Answer, name: string): Table | undefined => tables.find((table) => table.name === name);
  const findPeople = (answer: Answer) => findTable(answer, 'people')?.rows.map(({ cells }) => [cells[0], cells[2], cells[3]]);

  beforeAll(async () => {
    opened = await database.open();
    const decide = (at: number, personRef: string | null, more: Partial<EventDraft> = {}) =>
      sealEvent(
        { clock: { now: () => at }, random: systemRandom },
        { type: 'consent.given', service: 'clinic', actor: { kind: 'person', ref: null }, personRef, ...more },
      );
    const many = Array.from({ length: 205 }, (_, number) => number);
    const refused = { type: 'consent.refused' } as const;
    await opened.append([
      ...[0, 61_000, 122_000].flatMap((later) => many.map((number) => decide(noon + later, `busy ${number}`))),
      ...[0, 50_000, 100_000].map((later) => decide(noon + later, 'thrice')),
      ...[0, 59_999].map((later) => decide(noon + later, 'twice', later === 0 ? {} : refused)),
      ...[0, 60_000].map((later) => decide(noon + later, 'once a minute')),
      ...[0, 10_000, 20_000].map((later) => decide(midnight - 5000 + later, 'at midnight')),
      ...[null, null].map((nobody) => decide(noon, nobody)),
      ...many.flatMap((number) => {
        const about = { service: `service ${number}`, purpose: 'a', purposeVersion: 1 };
        return [decide(noon + 7_200_000, `first ${number}`, about), decide(noon + 7_200_000, `second ${number}`, { ...about, ...refused })];
      }),
    ]);
    const [plain, dark] = ['a'.repeat(43), 'b'.repeat(43)];
    const text = (notice: string, declined: readonly string[] = []) => ({
      service: 'school',
      purpose: 'p',
      purposeVersion: 2,
      payload: { notice_sha256: notice, declined },
    });
    const officer = (ref: string) => ({ type: 'person.looked_up', service: null, actor: { kind: 'officer', ref } }) as const;
    await opened.append([
      ...[1, 2, 3].map((number) => decide(midnight + number * 100_000, `plain ${number}`, text(plain, number === 1 ? ['email'] : []))),
      decide(midnight + 500_000, 'dark 1', text(dark)),
      decide(midnight + 600_000, 'dark 2', { ...text(dark), ...refused }),
      ...['often', 'often', 'once', null, null].map((who, number) => decide(midnight + 700_000 + number, who, officer('clerk'))),
      decide(midnight + 800_000, 'often', officer('other clerk')),
    ]);
    await sequenceAll({ store: opened.storage.ledger, clock: systemClock, signer });
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  it('are found beside any number of people who decide more often in a day, and never of everybody who was erased together', async () => {
    const answer = await ask('many-in-a-minute', { threshold: 2 });
    expect(answer.figures.find(({ name }) => name === 'bursts')?.value).toBe(3);
    expect(findPeople(answer)?.toSorted(([one], [other]) => String(one).localeCompare(String(other)))).toEqual([
      ['at midnight', 2, 3],
      ['thrice', 3, 2],
      ['twice', 2, 2],
    ]);
  });

  it('are as many as was asked for, also where a day ends between them', async () => {
    const answer = await ask('many-in-a-minute', { threshold: 3 });
    expect(answer.figures.find(({ name }) => name === 'bursts')?.value).toBe(1);
    expect(findPeople(answer)).toEqual([['at midnight', 2, 3]]);
  });

  it('lead to the entries of the time that was asked about, and no others', async () => {
    const answer = await ask('many-in-a-minute', { threshold: 2, from: noon + 50_000 });
    expect(findTable(answer, 'people')?.rows.find(({ cells }) => cells[0] === 'thrice')).toMatchObject({
      cells: ['thrice', expect.any(Number), 2, 2],
      entries: { from: noon + 50_000 },
    });
  });

  it('count the refusals of every text, however many texts there are', async () => {
    const table = findTable(await ask('refusals-by-text', { from: noon + 7_200_000 }), 'refusals');
    expect(table?.rows.filter(({ cells }) => cells[3] === 2 && cells[4] === 1 && cells[5] === 0.5)).toHaveLength(205);
    expect(table?.isCut).toBe(false);
  });

  it('count the refusals of each notice as it stood on the screen, and how often each detail was left out', async () => {
    const answer = await ask('refusals-by-text', { from: midnight });
    expect(findTable(answer, 'refusals-by-notice')?.rows.map(({ cells }) => cells)).toEqual([
      ['school', 'school p', 2, 'b'.repeat(43), 2, 1, 0.5],
      ['school', 'school p', 2, 'a'.repeat(43), 3, 0, 0],
    ]);
    expect(findTable(answer, 'declined')?.rows.map(({ cells }) => cells)).toEqual([['school', 'school p', 2, 'email', 1, 0.25]]);
  });

  it('name an officer who is with the same person again, and nobody who was erased', async () => {
    const answer = await ask('acts-at-counter', {});
    expect(findTable(answer, 'repeats')?.rows).toEqual([
      { cells: ['clerk', 'often', 2], entries: expect.objectContaining({ actor: 'clerk', person: 'often' }) },
    ]);
  });
});
