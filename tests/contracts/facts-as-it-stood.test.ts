// Counts as the log stood long ago: whole days are added up and the rest of a day is counted, and both together are what a walk over all facts gives.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact, FactFilter, GroupKey } from '../../src/domain/audit/facts.ts';
import { catchUp } from '../../src/domain/audit/catch-up.ts';
import { dayMs, systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { createSigner } from '../support/ledger-samples.ts';
import { groupNaively } from '../support/naive-facts.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createSqliteDatabase } from '../support/sqlite-database.ts';

/** The first moment of a day of the country. */
const begin = Date.parse('2026-03-01T00:00:00+03:00');
const entries = 4700;
const days = 10;

/** Some clocks stand behind, one of them for days and late in the log. */
function toMoment(place: number): number {
  const at = begin + Math.floor((place / entries) * days * dayMs);
  if (place === 4600) {
    return at - 3 * dayMs;
  }
  return place % 97 === 0 ? at - 97 * 60_000 : at;
}

describe('counts of facts as the log stood long ago', () => {
  const database = createSqliteDatabase();
  let opened: OpenedDatabase;
  let all: readonly Fact[];

  beforeAll(async () => {
    opened = await database.open();
    const toEvent = (place: number) =>
      sealEvent(
        { clock: { now: () => toMoment(place) }, random: systemRandom },
        {
          type: place % 3 === 0 ? 'data.over_ask' : 'data.released',
          service: `s${place % 4}`,
          purpose: place % 5 === 0 ? 'a' : 'b',
          personRef: null,
          actor: { kind: 'service', ref: 's' },
          attributes: place % 2 === 0 ? ['email'] : ['given_name'],
        },
      );
    await opened.append(Array.from({ length: entries }, (_, place) => toEvent(place)));
    const { storage } = opened;
    const { size } = await sequenceAll({ store: storage.ledger, clock: systemClock, signer: createSigner('stood') });
    while ((await storage.facts.findProjected()) < size) {
      await catchUp(storage);
    }
    all = (await storage.facts.readFacts({ below: size }, { order: 'oldest-first', after: null, limit: entries })).facts;
  });
  afterAll(async () => {
    await opened.close();
    await database.stop();
  });

  const filters: readonly Omit<FactFilter, 'below'>[] = [
    {},
    { services: ['s1', 's3'] },
    { types: ['data.released'], marks: [{ kind: 'attribute', term: 'email' }] },
    { from: begin + 2 * dayMs },
    { to: begin + 3 * dayMs, services: ['s2'] },
    { from: begin + 2 * dayMs, to: begin + 5 * dayMs },
    { from: begin + 9 * dayMs },
  ];
  const groupings: readonly (readonly GroupKey[])[] = [[], ['day'], ['month', 'type'], ['service', { mark: 'attribute' }]];

  it.each([700, 1500, 2048, 2500, 4000])('are what a walk gives, of the first %i entries', async (below) => {
    expect(all).toHaveLength(entries);
    for (const filter of filters) {
      for (const by of groupings) {
        const asked = { by, limit: 1000 } as const;
        const groups = await opened.storage.facts.groupFacts({ ...filter, below }, asked);
        const counted = new Map(groups.map((group) => [JSON.stringify(group.keys), group]));
        expect(counted).toEqual(groupNaively(all, { ...filter, below }, asked));
      }
    }
  });
});
