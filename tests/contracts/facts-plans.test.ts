// However an auditor combines what can be asked for, SQLite finds it along an index: no page and no sum walks the whole log.

import { afterAll, describe, expect, test } from 'vitest';
import type { FactFilter, GroupKey } from '../../src/domain/audit/facts.ts';
import type { Engine, Statement } from '../../src/storage/engine.ts';
import { groupFacts } from '../../src/storage/facts-groups.ts';
import { readFacts } from '../../src/storage/facts-page.ts';
import type { EntryFilter } from '../../src/domain/ledger/store.ts';
import { createLedgerStore } from '../../src/storage/ledger-store.ts';
import { lastFact } from '../../src/storage/project-facts.ts';
import { createSqliteDatabase } from '../support/sqlite-database.ts';

const database = createSqliteDatabase();
const opened = database.open();

afterAll(async () => {
  await (await opened).close();
  await database.stop();
});

/** Beside the types of events, so that each filter finds numbers to ask with. */
const terms: readonly (readonly [kind: string, term: string])[] = [
  ['type', 'data.released'],
  ['type', 'consent.given'],
  ['service', 's1'],
  ['service', 's2'],
  ['purpose', 'a'],
  ['record', 'r1'],
  ['person', 'p1'],
  ['person', 'p2'],
  ['actor', 's1'],
  ['actor-kind', 'service'],
  ['reason', 'x'],
  ['acted-by', 'self'],
  ['attribute', 'email'],
  ['attribute', 'given_name'],
];

const parts: readonly Partial<FactFilter>[] = [
  { types: ['data.released', 'consent.given'] },
  { services: ['s1', 's2'] },
  { purpose: 'a' },
  { record: 'r1' },
  { personRefs: ['p1', 'p2'] },
  { actorRef: 's1', actorKind: 'service' },
  { marks: [{ kind: 'attribute', term: 'email' }] },
  { from: 1000, to: 5000 },
  { elapsedBelow: 2000, reason: 'x', purposeVersion: 1, actedBy: 'self', anyAttribute: ['email', 'given_name'] },
];

/** All that are made of any of the parts. */
const filters: readonly FactFilter[] = parts.reduce<readonly FactFilter[]>(
  (all, part) => [...all, ...all.map((filter) => ({ ...filter, ...part }))],
  [{ below: 4000 }],
);

async function fill({ atomic }: Engine): Promise<void> {
  await atomic(function* () {
    for (const [id, [kind, term]] of terms.entries()) {
      yield { text: 'INSERT INTO audit_terms (id, kind, term, state) VALUES (?, ?, ?, NULL)', values: [id + 1, kind, term] };
    }
    yield { text: 'INSERT INTO audit_blocks (block, min_at, max_at) VALUES (0, 0, 3000), (1, 2000, 6000)', values: [] };
  });
}

const filled = opened.then(async ({ engine }) => {
  await fill(engine);
  return engine;
});

/** What the database says it would read from end to end, of everything that `ask` has it read. */
async function findScans(ask: (engine: Engine) => Promise<unknown>): Promise<readonly string[]> {
  const engine = await filled;
  const asked: Statement[] = [];
  const listening: Engine = {
    ...engine,
    read: async (statement) => {
      asked.push(statement);
      return engine.read(statement);
    },
  };
  await ask(listening);
  expect(asked.some(({ text }) => /audit_facts f|audit_days d/.test(text))).toBe(true);
  const plans = new Map(asked.map((statement) => [statement.text, statement]));
  const scans: string[] = [];
  for (const { text, values } of plans.values()) {
    const rows = await engine.read({ text: `EXPLAIN QUERY PLAN ${text}`, values });
    scans.push(...rows.map((row) => String(row['detail'])).filter((detail) => isScan(detail)));
  }
  return scans;
}

/** `b0`, `matching` and subqueries are rows that were found along an index already. */
const isScan = (detail: string): boolean =>
  detail.startsWith('SCAN') && !/^SCAN (b\d+|timed|matching|\(subquery-\d+\)|CONSTANT ROW)/.test(detail);

describe('pages', () => {
  test(`of all ${filters.length} combinations of a filter are found along an index`, async () => {
    const scans = new Set<string>();
    for (const filter of filters) {
      for (const order of ['oldest-first', 'newest-first'] as const) {
        (await findScans((engine) => readFacts(engine, filter, { order, after: 7, limit: 10 }))).forEach((scan) => scans.add(scan));
      }
    }
    expect([...scans]).toEqual([]);
  });
});

test('what only marks narrow is counted along them, not along the log', async () => {
  const marks = [{ kind: 'attribute', term: 'email' }] as const;
  const asked: Statement[] = [];
  const engine = await filled;
  const listening: Engine = { ...engine, read: async (statement) => (asked.push(statement), engine.read(statement)) };
  await groupFacts(listening, { marks, below: 4000 }, { by: ['hour'], people: true, limit: 10 });
  expect(asked.at(-1)?.text).toContain('FROM audit_marks lead CROSS JOIN audit_facts f');
});

const searches: readonly EntryFilter[] = [
  { types: ['data.released'] },
  { types: ['data.released', 'consent.given'], service: 's1' },
  { service: 's1', attribute: 'email' },
  { service: 's1', from: 1000, to: 5000 },
  { services: ['s1', 's2'], attribute: 'email', from: 1000, to: 5000 },
  { attribute: 'email' },
  { from: 1000, to: 5000 },
  { service: 's1', purpose: 'a' },
];

describe('searches of the log without a case', () => {
  test.each(searches.map((filter) => [filter]))('by %j are found along an index, and counted along one', async (filter) => {
    const scans = await findScans(async (engine) => {
      const log = createLedgerStore({
        ...engine,
        read: async (asked) => (asked.text === lastFact.text ? [{ log_index: 3999 }] : engine.read(asked)),
      });
      await log.queryEntries(filter, { order: 'newest-first', after: 3000, limit: 10 });
      await log.queryEntries(filter, { order: 'oldest-first', after: 3000, limit: 10 });
      await log.countEntries(filter, { below: 6000, limit: 100 });
    });
    expect(scans).toEqual([]);
  });
});

const groupings: readonly (readonly GroupKey[])[] = [['service', 'type'], ['hour'], ['month', { mark: 'attribute' }], []];

describe('sums', () => {
  test.each(groupings.map((by) => [by]))('by %j read no more of the log than was asked for', async (by) => {
    const scans = new Set<string>();
    for (const filter of filters) {
      const asked = { by, people: true, elapsed: true, limit: 10 } as const;
      (await findScans((engine) => groupFacts(engine, filter, asked))).forEach((scan) => scans.add(scan));
    }
    expect([...scans]).toEqual([]);
  });
});
