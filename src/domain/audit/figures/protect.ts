// From what the log says to what everybody may read. Noise is drawn once for each number and kept nowhere; all that follows, rounding, hiding and adding up,
// looks at the noisy numbers only and so gives nothing away (ADR-0100).

import type { Random } from '../../kernel/ids.ts';
import { agencyProtection, stateProtection, toCounts } from './figure.ts';
import type { MonthCounts, Protection, Shown, ShownCounts } from './figure.ts';
import { drawNoise } from './noise.ts';

/** May be negative: noise is taken off nothing. */
function disturb(random: Random, count: number, { scale, step }: Protection): number {
  return Math.round((count + drawNoise(random, scale)) / step) * step;
}

function show(disturbed: number, below: number): Shown {
  return disturbed < below ? { below } : disturbed;
}

/** The noise of a sum grows with the root of how many are added. */
function toSumLimit(parts: number): number {
  return agencyProtection.below * Math.ceil(Math.sqrt(Math.max(parts, 1)));
}

/** Each call draws anew. A month MUST be protected once and the result kept: whoever sees two results of one month sees less noise. */
export function protectCounts(random: Random, { agencies, unmasked, unmaskedBy }: MonthCounts): ShownCounts {
  const uncover = (people: number): Shown => show(disturb(random, people, stateProtection), stateProtection.below);
  const disturbed = agencies.map(({ counts, ...named }) => ({
    ...named,
    counts: toCounts((figure) => disturb(random, counts[figure], agencyProtection)),
  }));
  const sumLimit = toSumLimit(agencies.length);
  return {
    agencies: disturbed.map(({ counts, ...named }) => ({
      ...named,
      figures: toCounts((figure) => show(counts[figure], agencyProtection.below)),
    })),
    total: toCounts((figure) =>
      show(
        disturbed.reduce((sum, { counts }) => sum + counts[figure], 0),
        sumLimit,
      ),
    ),
    unmasked: uncover(unmasked),
    unmaskedBy: unmaskedBy.map(({ agency, people }) => ({ agency, people: uncover(people) })),
  };
}
