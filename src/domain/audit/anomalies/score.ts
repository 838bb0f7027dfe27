// How well the rules find what was planted, by entries. Recall: of what was planted as this kind, what the rule found. Precision: of what it found, what was
// planted as anything unlawful, because one entry may be wrong in two ways; lawful look-alikes count against it.

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

/** Where the answer key has another word for it. */
const kinds: Readonly<Partial<Record<RuleName, string>>> = { 'beyond-consent': 'widened-unannounced' };

const toShare = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const toPlanted = (plantings: readonly Planting[], isWanted: (kind: string) => boolean): ReadonlySet<number> =>
  new Set(plantings.filter(({ kind, isLawful }) => !isLawful && isWanted(kind)).flatMap(({ entries }) => entries));

export function scoreSweep({ findings }: Pick<Sweep, 'findings'>, plantings: readonly Planting[]): readonly Score[] {
  const wrong = toPlanted(plantings, () => true);
  return findings.map(({ rule: { name, mustBeZero }, anomalies }) => {
    const planted = toPlanted(plantings, (kind) => kind === (kinds[name] ?? name));
    const found = new Set(anomalies.flatMap(({ entries }) => entries));
    const right = [...found].filter((index) => planted.has(index)).length;
    const shares = {
      recall: toShare(right, planted.size),
      precision: toShare([...found].filter((index) => wrong.has(index)).length, found.size),
    };
    return { rule: name, mustBeZero, planted: planted.size, found: found.size, right, ...shares };
  });
}
