import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import { demandedIds } from '../cases/demanded.ts';
import { findResult, listCases, parseRun, readTestFiles, toWholeCase } from '../support/list-cases.ts';

const text = `
  test('TK-01 a code', async () => {});
  test.each([1, 2])('RG-06: a name with %s is refused', () => {});
  describe('RG-18 written past the application', () => { it('is refused', () => {}); });
  it(
    'LO-05 RX-08 two hundred services',
    () => {},
  );
  note('a text that names TK-99');
`;

const toReport = (tests: readonly (readonly [titles: readonly string[], status: string])[]): string =>
  JSON.stringify({
    startTime: 0,
    testResults: [
      {
        name: fileURLToPath(new URL('../a.test.ts', import.meta.url)),
        status: 'failed',
        assertionResults: tests.map(([titles, status]) => ({ ancestorTitles: titles.slice(0, -1), title: titles.at(-1), status })),
      },
    ],
  });

describe('The cases of attacks and faults', () => {
  test('of the first priority have a test each', () => {
    const tested = new Set(listCases(readTestFiles()).flatMap(({ ids }) => ids.map(toWholeCase)));
    expect(demandedIds.length).toBeGreaterThan(100);
    expect(demandedIds.filter((id) => !tested.has(id))).toEqual([]);
  });

  test('are found in titles of tests, of rows and of groups', () => {
    const found = listCases([{ path: 'tests/a.test.ts', text }]);
    expect(found.map(({ ids }) => ids)).toEqual([['TK-01'], ['RG-06'], ['RG-18'], ['LO-05', 'RX-08']]);
  });

  test('have the worst result of all that stands under their title', () => {
    const run = parseRun(
      toReport([
        [['tokens', 'TK-01 a code'], 'passed'],
        [['RG-06: a name with a gap is refused'], 'passed'],
        [['RG-06: a name with (two) is refused'], 'failed'],
        [['SQLite', 'RG-18 written past the application', 'is refused'], 'passed'],
      ]),
    );
    expect(listCases([{ path: 'tests/a.test.ts', text }]).map((found) => findResult(found, run))).toEqual([
      'passed',
      'failed',
      'passed',
      'not run',
    ]);
  });
});
