// Whoever knows everything about everybody but one person, and reads every month and every total. They know what that person would have done if anything,
// and how the noise is drawn; they say whether the person did it.

import { agencyProtection, figures, stateProtection } from '../../../../src/domain/audit/figures/figure.ts';
import type { Figure, MonthCounts, Protection, Shown, ShownCounts } from '../../../../src/domain/audit/figures/figure.ts';

/** One thing that the person may have done. */
export type Deed = { readonly month: number; readonly agency: number; readonly figure: Figure | 'unmasked' };

export type Attacker = (published: readonly ShownCounts[], without: readonly MonthCounts[], deeds: readonly Deed[]) => boolean;

/** A person counts once in each number, however often they did it. */
export function addPerson(without: readonly MonthCounts[], deeds: readonly Deed[]): readonly MonthCounts[] {
  return without.map((month, place) => {
    const own = deeds.filter((deed) => deed.month === place);
    const touches = (agency: number, figure: Figure): boolean => own.some((deed) => deed.agency === agency && deed.figure === figure);
    return {
      unmasked: month.unmasked + (own.some(({ figure }) => figure === 'unmasked') ? 1 : 0),
      unmaskedBy: month.unmaskedBy.map(({ agency, people }, index) => {
        return { agency, people: people + (own.some((deed) => deed.figure === 'unmasked' && deed.agency === index) ? 1 : 0) };
      }),
      agencies: month.agencies.map((agency, index) => {
        const counts = { ...agency.counts };
        for (const figure of figures) {
          counts[figure] += touches(index, figure) ? 1 : 0;
        }
        return { ...agency, counts };
      }),
    };
  });
}

/** The most that the protection lets the logarithm of the odds change (ADR-0100): 1/scale for each number that the person is in. */
export function toLoss(deeds: readonly Deed[]): number {
  // Whoever was uncovered is in the number of the state and in that of the agency.
  return deeds.reduce((sum, { figure }) => sum + (figure === 'unmasked' ? 2 / stateProtection.scale : 1 / agencyProtection.scale), 0);
}

/** P(noise ≤ limit). */
function toChanceUpTo(limit: number, scale: number): number {
  const ratio = Math.exp(-1 / scale);
  return limit < 0 ? ratio ** -limit / (1 + ratio) : 1 - ratio ** (limit + 1) / (1 + ratio);
}

/** P(what is published before hiding = `value`), the true count being `count`. */
function toChance(value: number, count: number, { scale, step }: Protection): number {
  const low = value - Math.floor(step / 2);
  return toChanceUpTo(low + step - 1 - count, scale) - toChanceUpTo(low - 1 - count, scale);
}

const lowest = -600;

/** Chances of the sum of what is hidden, as far as each is less than `below`: the index is (sum − parts × lowest) / step. */
function toHiddenSums(counts: readonly number[], protection: Protection): readonly number[] {
  const { below, step } = protection;
  return counts.reduce<readonly number[]>(
    (sums, count) => {
      const own = Array.from({ length: (below - lowest) / step }, (_, place) => toChance(lowest + place * step, count, protection));
      const joined = Array.from({ length: sums.length + own.length - 1 }, () => 0);
      sums.forEach((one, left) => own.forEach((other, right) => (joined[left + right] = (joined[left + right] ?? 0) + one * other)));
      return joined;
    },
    [1],
  );
}

type Column = { readonly shown: readonly Shown[]; readonly total: Shown; readonly counts: readonly number[] };

/** The probability of one figure of all agencies and its total, exactly: a total that is shown tells the sum of what is hidden. */
function toColumnChance({ shown, total, counts }: Column): number {
  const seen = shown.reduce<number>(
    (product, value, place) => (typeof value === 'number' ? product * toChance(value, counts[place] ?? 0, agencyProtection) : product),
    1,
  );
  const hidden = counts.filter((_, place) => typeof shown[place] !== 'number');
  const sums = toHiddenSums(hidden, agencyProtection);
  const known = shown.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
  const toPlace = (sum: number): number => Math.round((sum - known - hidden.length * lowest) / agencyProtection.step);
  const rest =
    typeof total === 'number'
      ? (sums[toPlace(total)] ?? 0)
      : sums.slice(0, Math.max(toPlace(total.below), 0)).reduce((sum, chance) => sum + chance, 0);
  return seen * rest;
}

function toStateChance(shown: Shown, count: number): number {
  const { below, scale } = stateProtection;
  return typeof shown === 'number' ? toChance(shown, count, stateProtection) : toChanceUpTo(below - 1 - count, scale);
}

function toLogChance(published: readonly ShownCounts[], months: readonly MonthCounts[]): number {
  return published.reduce((sum, { agencies, total, unmasked, unmaskedBy }, place) => {
    const counted = months[place];
    const columns = figures.map((figure) =>
      toColumnChance({
        shown: agencies.map((agency) => agency.figures[figure]),
        total: total[figure],
        counts: counted?.agencies.map(({ counts }) => counts[figure]) ?? [],
      }),
    );
    const uncovered = unmaskedBy.map(({ people }, index) => toStateChance(people, counted?.unmaskedBy[index]?.people ?? 0));
    const chances = [...columns, toStateChance(unmasked, counted?.unmasked ?? 0), ...uncovered];
    return sum + chances.reduce((logs, chance) => logs + Math.log(Math.max(chance, 1e-300)), 0);
  }, 0);
}

/** How much more probable everything published is if the person did it, as a logarithm. */
export function toLogOdds(published: readonly ShownCounts[], without: readonly MonthCounts[], deeds: readonly Deed[]): number {
  return toLogChance(published, addPerson(without, deeds)) - toLogChance(published, without);
}

/** The best that anybody can do against noise (Neyman and Pearson). */
export const weighing: Attacker = (published, without, deeds) => toLogOdds(published, without, deeds) > 0;

function toTrace({ agencies, total, unmasked }: ShownCounts, known: MonthCounts, { agency, figure }: Deed): number | undefined {
  if (figure === 'unmasked') {
    return typeof unmasked === 'number' ? unmasked - known.unmasked : undefined;
  }
  const own = agencies[agency]?.figures[figure];
  if (typeof own === 'number') {
    return own - (known.agencies[agency]?.counts[figure] ?? 0);
  }
  const sum = total[figure];
  return typeof sum === 'number' ? sum - known.agencies.reduce((counted, { counts }) => counted + counts[figure], 0) : undefined;
}

/** Takes what is known off what is published; where the agency is hidden, off the total. */
export const differencing: Attacker = (published, without, deeds) => {
  const traces = deeds.flatMap((deed) => {
    const [shown, known] = [published[deed.month], without[deed.month]];
    const trace = shown === undefined || known === undefined ? undefined : toTrace(shown, known, deed);
    return trace === undefined ? [] : [trace];
  });
  return traces.length > 0 && traces.reduce((sum, trace) => sum + trace, 0) / traces.length > 0.5;
};
