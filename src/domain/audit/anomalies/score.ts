// How well the rules find what was planted, by entries. Recall: of what was planted as this kind, what was found. Precision: of what was found, what was planted
// as anything unlawful, because one entry may be wrong in two ways; lawful look-alikes count against it.

import { ruleNames } from './rule.ts';
import type { RuleName } from './rule.ts';
import type { Sweep } from './find-anomalies.ts';

export type Planting = { readonly kind: string; readonly isLawful: boolean; readonly entries: readonly number[] };

export type Score = {
  readonly planted: number;
  readonly found: number;
  readonly right: number;
  /** Of what was planted, what was found; null where nothing was planted. */
  readonly recall: number | null;
  /** Of what was found, what was planted; null where nothing was found. */
  readonly precision: number | null;
};

export type RuleScore = Score & { readonly rule: RuleName; readonly mustBeZero: boolean };

/** Where the answer key has another word for it. */
const kinds: Readonly<Partial<Record<RuleName, string>>> = { 'repeated-ceremony': 'device-burst' };

const toKind = (rule: RuleName): string => kinds[rule] ?? rule;

const toShare = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const toPlanted = (plantings: readonly Planting[], isWanted: (kind: string) => boolean): ReadonlySet<number> =>
  new Set(plantings.filter(({ kind, isLawful }) => !isLawful && isWanted(kind)).flatMap(({ entries }) => entries));

/** Of entries that were found by one rule or more, against what was planted for them. */
export function scoreFound(
  { entries, rules }: { readonly rules: readonly RuleName[]; readonly entries: readonly number[] },
  plantings: readonly Planting[],
): Score {
  const wrong = toPlanted(plantings, () => true);
  const planted = toPlanted(plantings, (kind) => rules.some((rule) => toKind(rule) === kind));
  const found = [...new Set(entries)];
  const right = found.filter((index) => planted.has(index)).length;
  return {
    planted: planted.size,
    found: found.length,
    right,
    recall: toShare(right, planted.size),
    precision: toShare(found.filter((index) => wrong.has(index)).length, found.length),
  };
}

export function scoreSweep({ findings }: Pick<Sweep, 'findings'>, plantings: readonly Planting[]): readonly RuleScore[] {
  return findings.map(({ rule: { name, mustBeZero }, anomalies }) => {
    const entries = anomalies.flatMap((anomaly) => anomaly.entries);
    return { rule: name, mustBeZero, ...scoreFound({ rules: [name], entries }, plantings) };
  });
}

/** Kinds of an answer key that no rule looks for. */
export function findUnsought(plantings: readonly Planting[]): readonly string[] {
  const sought = new Set<string>(ruleNames.map(toKind));
  return [...new Set(plantings.filter(({ isLawful, kind }) => !isLawful && !sought.has(kind)).map(({ kind }) => kind))];
}
