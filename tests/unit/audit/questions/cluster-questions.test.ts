// Several decisions of one person in a minute: of an entry whose person was erased nobody knows whose it is.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askQuestion } from '../../../../src/domain/audit/questions/ask-question.ts';
import { findQuestion } from '../../../../src/domain/audit/questions/catalogue.ts';
import type { Row } from '../../../../src/domain/audit/questions/question.ts';
import type { Inside } from '../../../../src/domain/audit/questions/sight.ts';
import { systemClock } from '../../../../src/domain/kernel/clock.ts';
import { getValue } from '../../../../src/domain/kernel/errors.ts';
import { systemRandom } from '../../../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../../../src/domain/ledger/sequence.ts';
import { createSigner } from '../../../support/ledger-samples.ts';
import type { OpenedDatabase } from '../../../support/opened-database.ts';
import { createSqliteDatabase } from '../../../support/sqlite-database.ts';

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

  const askForPeople = async (): Promise<readonly Row[]> => {
    const question = findQuestion('many-in-a-minute');
    if (question === undefined) {
      throw new Error('no such question');
    }
    const needs = {
      ...opened.storage,
      clock: systemClock,
      random: systemRandom,
      record: async () => undefined,
      assertRoom: async () => undefined,
    };
    const asked = { question, values: { threshold: 2 }, standing: { inside, services: null }, asOf: null, form: 'json' } as const;
    const { answer } = getValue(await askQuestion(needs, { kind: 'operator', ref: null }, { ...asked, page: { after: null, limit: 50 } }));
    return answer.tables.find(({ name }) => name === 'people')?.rows ?? [];
  };

  beforeAll(async () => {
    opened = await database.open();
    const decision = { type: 'consent.given', service: 'clinic', actor: { kind: 'person', ref: null } } as const;
    const people = ['twice', 'twice', 'once', null, null];
    await opened.append(people.map((personRef) => sealEvent({ clock: systemClock, random: systemRandom }, { ...decision, personRef })));
    await sequenceAll({ store: opened.storage.ledger, clock: systemClock, signer });
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  it('are of people who are known, not of everybody who was erased together', async () => {
    const rows = await askForPeople();
    expect(rows.map(({ cells }) => [cells[0], cells[3]])).toEqual([['twice', 2]]);
  });
});
