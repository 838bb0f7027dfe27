// A figure against its bar: one line of the table.

import { toTable } from '../report.ts';

export type Figure = {
  readonly measure: string;
  readonly bar: string;
  readonly stretch: string;
  readonly measured: string;
  readonly verdict: 'met' | 'stretch met' | 'NOT met' | 'no bar';
};

type Limits = { readonly bar: number; readonly stretch?: number; readonly isAtLeast?: boolean };

export type Judged = Limits & { readonly measure: string; readonly value: number; readonly unit?: string; readonly digits?: number };

function toVerdict({ bar, isAtLeast = false, stretch, value }: Judged): Figure['verdict'] {
  const meets = (limit: number): boolean => (isAtLeast ? value >= limit : value <= limit);
  if (!meets(bar)) {
    return 'NOT met';
  }
  return stretch !== undefined && meets(stretch) ? 'stretch met' : 'met';
}

/** What is not a number meets no bar. */
export function judge(judged: Judged): Figure {
  const { bar, digits = 2, isAtLeast = false, measure, stretch, unit = '', value } = judged;
  const limit = (number: number | undefined): string => (number === undefined ? '–' : `${isAtLeast ? '≥' : '≤'} ${number}${unit}`);
  return { measure, bar: limit(bar), stretch: limit(stretch), measured: `${value.toFixed(digits)}${unit}`, verdict: toVerdict(judged) };
}

export const tell = (measure: string, measured: string): Figure => ({ measure, bar: '–', stretch: '–', measured, verdict: 'no bar' });

export function printFigures(figures: readonly Figure[]): void {
  const head = ['Measure', 'bar', 'stretch', 'measured', ''];
  console.log(
    toTable([head, ...figures.map(({ bar, measure, measured, stretch, verdict }) => [measure, bar, stretch, measured, verdict])]),
  );
}
