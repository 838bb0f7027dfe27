// The results of many seeds in two tables: by what happened, and by what must hold.

import { invariants } from './judge.ts';
import type { Result } from './run-seed.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

const toRow = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function toKindRow(kind: string, results: readonly Result[]): string {
  const met = results.filter(({ isMet }) => isMet).length;
  const counts = [
    results.map((each) => each.acknowledged),
    results.map((each) => each.refused),
    results.map((each) => each.unanswered),
  ].map(sum);
  const broken = results.filter(({ violations }) => violations.length > 0).length;
  return toRow([kind, results.length, met, ...counts, broken]);
}

export function toTable(results: readonly Result[]): string {
  const kinds = [...new Set(results.map(({ kind }) => kind))].toSorted();
  const violations = results.flatMap((result) => result.violations);
  return [
    toRow(['What happened', 'Seeds', 'Met', 'Acknowledged', 'Refused', 'Not answered', 'Seeds that broke something']),
    toRow(['---', '---', '---', '---', '---', '---', '---']),
    ...kinds.map((kind) =>
      toKindRow(
        kind,
        results.filter((result) => result.kind === kind),
      ),
    ),
    toKindRow('all', results),
    '',
    toRow(['', 'What must hold', 'Broken']),
    toRow(['---', '---', '---']),
    ...Object.entries(invariants).map(([name, words]) =>
      toRow([name, words, violations.filter(({ invariant }) => invariant === name).length]),
    ),
  ].join('\n');
}
