// `npm run cases`: every attack and fault case, the tests that stand for it, and how they ended in the last whole run of `npm test`, or in the run whose JSON report
// is named. Ends with an error while a case that must have a test has none, or one that failed, or none that passed.

import { existsSync, readFileSync } from 'node:fs';
import { demanded, demandedIds, toCaseId } from '../cases/demanded.ts';
import { findResult, listCases, parseRun, readTestFiles, toWholeCase } from './list-cases.ts';
import type { Result, Run } from './list-cases.ts';

const lastRun = 'var/test-results.json';

type Row = { readonly id: string; readonly result: Result | 'no test'; readonly text: string };

function readRun(file: string): Run | undefined {
  return existsSync(file) ? parseRun(readFileSync(file, 'utf8')) : undefined;
}

function listRows(run: Run | undefined): readonly Row[] {
  const found = listCases(readTestFiles()).flatMap((each) => {
    const result = run === undefined ? 'not run' : findResult(each, run);
    return each.ids.map((id): Row => ({ id, result, text: `${each.title}  (${each.file})` }));
  });
  const tested = new Set(found.map(({ id }) => toWholeCase(id)));
  const missing = demanded.flatMap(({ group, last, secondPriority }) =>
    Array.from({ length: last }, (_, index) => index + 1)
      .filter((number) => !tested.has(toCaseId(group, number)))
      .map((number): Row => {
        const text = secondPriority.includes(number) ? 'of the second priority' : 'MUST have a test';
        return { id: toCaseId(group, number), result: 'no test', text };
      }),
  );
  return [...found, ...missing].toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

/** Without a run all that can be said is whether there is a test. */
function findFault(results: readonly Row['result'][], run: Run | undefined): string | undefined {
  if (results.includes('failed')) {
    return 'failed';
  }
  if (results.includes('no test')) {
    return 'no test';
  }
  return run === undefined || results.includes('passed') ? undefined : 'not run';
}

function listFaults(rows: readonly Row[], run: Run | undefined): readonly string[] {
  return demandedIds.flatMap((id) => {
    const results = rows.filter((row) => toWholeCase(row.id) === id).map(({ result }) => result);
    const fault = findFault(results, run);
    return fault === undefined ? [] : [`${id} ${fault}`];
  });
}

function printSummary(rows: readonly Row[]): void {
  for (const { group, about } of demanded) {
    const own = rows.filter(({ id }) => id.startsWith(group));
    const count = (result: Row['result']): number => own.filter((row) => row.result === result).length;
    const cases = new Set(own.filter(({ result }) => result !== 'no test').map(({ id }) => toWholeCase(id))).size;
    const results = (['passed', 'failed', 'not run'] as const).map((result) => `${count(result)} ${result}`).join(', ');
    console.log(`${group}  ${String(cases).padStart(2)} cases have a test: ${results}; ${count('no test')} without  (${about})`);
  }
}

const file = process.argv[2] ?? lastRun;
const run = readRun(file);
const rows = listRows(run);
console.log(`${'case'.padEnd(7)}${'result'.padEnd(9)}test`);
for (const { id, result, text } of rows) {
  console.log(`${id.padEnd(7)}${result.padEnd(9)}${text}`);
}
console.log();
printSummary(rows);
console.log();
console.log(
  run === undefined ? `No run is known: npm test writes ${lastRun}.` : `Results of the run of ${run.startedAt.toISOString()} (${file}).`,
);
const faults = listFaults(rows, run);
const good =
  run === undefined
    ? 'Every case that must have a test has one.'
    : 'Every case that must have a test has one that passed, and none that failed.';
console.log(faults.length === 0 ? good : `NOT PROVEN: ${faults.join(', ')}`);
process.exitCode = faults.length === 0 ? 0 : 1;
