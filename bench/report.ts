// The tables that a run prints.

import { unitTexts } from './units.ts';
import type { UnitName } from './units.ts';
import type { Round } from './measure.ts';

export type Pair = { readonly huwiya: Round; readonly plain: Round };
export type Measured = ReadonlyMap<UnitName, readonly Pair[]>;

const bars: Readonly<Partial<Record<UnitName, number>>> = { W1: 1.1, 'W1-key': 1.1, W1u: 1.15, 'W1u-key': 1.15 };

export function toMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

export function toTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

function toRow(unit: UnitName, pairs: readonly Pair[]): readonly string[] {
  const medianOf = (pick: (pair: Pair) => number): number => toMedian(pairs.map(pick));
  const ratios = pairs.map(({ huwiya, plain }) => huwiya.cpuMs / plain.cpuMs);
  const bar = bars[unit];
  return [
    `${unit.padEnd(8)} ${unitTexts[unit]}`,
    medianOf(({ huwiya }) => huwiya.cpuMs).toFixed(3),
    medianOf(({ plain }) => plain.cpuMs).toFixed(3),
    toMedian(ratios).toFixed(2),
    `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
    bar === undefined ? '–' : `≤ ${bar.toFixed(2)}`,
    medianOf(({ huwiya }) => huwiya.rate).toFixed(0),
    medianOf(({ plain }) => plain.rate).toFixed(0),
    medianOf(({ huwiya }) => huwiya.commits).toFixed(2),
  ];
}

export function printRatios(measured: Measured): void {
  const head = ['Unit', 'Huwiya ms', 'plain ms', 'ratio', 'from–to', 'bar', 'Huwiya /s', 'plain /s', 'commits'];
  console.log(toTable([head, ...[...measured].map(([unit, pairs]) => toRow(unit, pairs))]));
}

export type Evidence = { readonly unit: UnitName; readonly commits: number; readonly bytes: number; readonly entries: number };

export function printEvidence(evidence: readonly Evidence[]): void {
  const head = ['One at a time', 'durable commits', 'ledger bytes', 'entries'];
  const rows = evidence.map(({ unit, commits, bytes, entries }) => [unit, commits.toFixed(2), bytes.toFixed(0), entries.toFixed(2)]);
  console.log(toTable([head, ...rows]));
}

export type Verification = { readonly ours: number; readonly library: number; readonly signature: number };

/** Bar and stretch are those of a whole sign-in answer, in milliseconds of CPU. */
export function printVerification({ ours, library, signature }: Verification): void {
  const head = ['Passkey answer', 'CPU ms', 'library ÷', 'bar', 'stretch'];
  const toRow = (name: string, cost: number, ...bars: readonly string[]): readonly string[] => [
    name,
    cost.toFixed(3),
    (library / cost).toFixed(1),
    ...bars,
  ];
  console.log(
    toTable([
      head,
      toRow('verified by the domain', ours, '≤ 1.2', '≤ 0.4'),
      toRow('by the library alone', library, '–', '–'),
      toRow('its signature alone', signature, '–', '–'),
    ]),
  );
}
