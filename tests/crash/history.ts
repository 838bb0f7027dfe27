// What clients saw, line by line: what they asked for, and what they were told of it. Nothing is judged here.

export const outcomes = ['ok', 'refused', 'unknown'] as const;
export type Outcome = (typeof outcomes)[number];

export type Line = {
  readonly who: string;
  readonly act: string;
  /** The service or the thing that it is about. */
  readonly about: string;
  readonly outcome: Outcome;
};

export type History = {
  readonly lines: readonly Line[];
  readonly write: (line: Line) => void;
};

export function createHistory(): History {
  const lines: Line[] = [];
  return { lines, write: (line) => void lines.push(line) };
}

export function countLines(lines: readonly Line[], wanted: Partial<Line>): number {
  return lines.filter(
    (line) =>
      (wanted.who ?? line.who) === line.who &&
      (wanted.act ?? line.act) === line.act &&
      (wanted.about ?? line.about) === line.about &&
      (wanted.outcome ?? line.outcome) === line.outcome,
  ).length;
}

/** A request that never got its answer: what it asked for may have been done or not. */
export class Unanswered extends Error {}

/** 5xx says that something failed, not that nothing was done. */
export function toOutcome(status: number): Outcome {
  if (status >= 500) {
    return 'unknown';
  }
  return status >= 400 ? 'refused' : 'ok';
}
