// How well the rules find what was planted: recall and precision by entries, for each kind. Lawful look-alikes count against precision where they are found.

import { ruleNames } from './rule.ts';
import type { RuleName } from './rule.ts';
import type { Sweep } from './find-anomalies.ts';

export type Planting = { readonly kind: string; readonly isLawful: boolean; readonly entries: readonly number[] };

export type Score = {
  readonly rule: RuleName;
  readonly mustBeZero: boolean;
  readonly planted: number;
  readonly found: number;
  readonly right: number;
  /** Of what was planted, what was found; null where nothing was planted. */
  readonly recall: number | null;
  /** Of what was found, what was planted; null where nothing was found. */
  readonly precision: number | null;
};

const toShare = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export function scoreSweep({ findings }: Pick<Sweep, 'findings'>, plantings: readonly Planting[]): readonly Score[] {
  return ruleNames.flatMap((name) => {
    const finding = findings.find(({ rule }) => rule.name === name);
    if (finding === undefined) {
      return [];
    }
    const planted = new Set(plantings.filter(({ kind, isLawful }) => kind === name && !isLawful).flatMap(({ entries }) => entries));
    const found = new Set(finding.anomalies.flatMap(({ entries }) => entries));
    const right = [...found].filter((index) => planted.has(index)).length;
    const shares = { recall: toShare(right, planted.size), precision: toShare(right, found.size) };
    return [{ rule: name, mustBeZero: finding.rule.mustBeZero, planted: planted.size, found: found.size, right, ...shares }];
  });
}
