import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agencyProtection, figures, toCounts } from '../../../../src/domain/audit/figures/figure.ts';
import type { Counts, MonthCounts, Shown, ShownCounts } from '../../../../src/domain/audit/figures/figure.ts';
import { protectCounts } from '../../../../src/domain/audit/figures/protect.ts';
import { drawBelow } from '../../../../src/domain/audit/figures/noise.ts';
import type { Random } from '../../../../src/domain/kernel/ids.ts';
import { addPerson, differencing, toLogOdds, toLoss, weighing } from './attack.ts';
import type { Attacker, Deed } from './attack.ts';
import { isFull } from '../../../support/counts.ts';
import { createSeededRandom } from '../../../support/ledger-samples.ts';

type Publish = (random: Random, counts: MonthCounts) => ShownCounts;

/** What looks safe: small numbers are hidden, of agencies and of totals. Exact otherwise. */
const hideSmall: Publish = (_random, { agencies, unmasked, unmaskedBy }) => {
  const { below } = agencyProtection;
  const show = (count: number): Shown => (count < below ? { below } : count);
  const named = agencies.map(({ counts, ...agency }) => ({ ...agency, figures: toCounts((figure) => show(counts[figure])) }));
  const total = toCounts((figure) => show(agencies.reduce((sum, { counts }) => sum + counts[figure], 0)));
  return { agencies: named, total, unmasked: show(unmasked), unmaskedBy: unmaskedBy.map((by) => ({ ...by, people: show(by.people) })) };
};

/** To the nearest ten, without noise: hides most steps and shows each tenth. */
const roundOnly: Publish = (_random, { agencies, unmasked, unmaskedBy }) => {
  const round = (count: number): number => Math.round(count / 10) * 10;
  const named = agencies.map(({ counts, ...agency }) => ({ ...agency, figures: toCounts((figure) => round(counts[figure])) }));
  const total = toCounts((figure) => round(agencies.reduce((sum, { counts }) => sum + counts[figure], 0)));
  return { agencies: named, total, unmasked: round(unmasked), unmaskedBy: unmaskedBy.map((by) => ({ ...by, people: round(by.people) })) };
};

type World = { readonly months: readonly MonthCounts[]; readonly deeds: readonly Deed[]; readonly seed: number };

const anyCounts: fc.Arbitrary<Counts<number>> = fc
  .array(fc.oneof(fc.nat(12), fc.integer({ min: 180, max: 220 }), fc.nat(40_000)), { minLength: 11, maxLength: 11 })
  .map((numbers) => toCounts((figure) => numbers[figures.indexOf(figure)] ?? 0));

const toAgency = (counts: Counts<number>, place: number): MonthCounts['agencies'][number] => {
  const id = `agency-${place}`;
  return { id, name: { ar: id, en: id }, counts };
};

const anyMonth: fc.Arbitrary<MonthCounts> = fc.record({
  agencies: fc.array(anyCounts, { minLength: 3, maxLength: 3 }).map((all) => all.map(toAgency)),
  unmasked: fc.nat(30),
  unmaskedBy: fc
    .array(fc.nat(30), { minLength: 3, maxLength: 3 })
    .map((all) => all.map((people, place) => ({ agency: `agency-${place}`, people }))),
});

const anyDeed: fc.Arbitrary<Deed> = fc.record({
  month: fc.nat(2),
  agency: fc.nat(2),
  figure: fc.constantFrom(...figures, 'unmasked' as const),
});

const anyWorld: fc.Arbitrary<World> = fc.record({
  months: fc.array(anyMonth, { minLength: 3, maxLength: 3 }),
  deeds: fc.uniqueArray(anyDeed, {
    minLength: 1,
    maxLength: 12,
    selector: ({ month, agency, figure }) => `${month}/${figure === 'unmasked' ? '' : agency}/${figure}`,
  }),
  seed: fc.nat(),
});

type Game = { readonly publish: Publish; readonly attack: Attacker; readonly rounds: number };

/** How often the attacker is right about a person who did it as often as not. */
function play({ months, deeds, seed }: World, { publish, attack, rounds }: Game): number {
  const random = createSeededRandom(String(seed));
  const withPerson = addPerson(months, deeds);
  let right = 0;
  for (let round = 0; round < rounds; round += 1) {
    const didIt = drawBelow(random, 2) === 1;
    const published = (didIt ? withPerson : months).map((counts) => publish(random, counts));
    right += attack(published, months, deeds) === didIt ? 1 : 0;
  }
  return right / rounds;
}

const toBound = (loss: number): number => Math.exp(loss) / (1 + Math.exp(loss));
/** Four standard deviations of a share of so many rounds. */
const toSlack = (rounds: number): number => 2 / Math.sqrt(rounds);

/** Holds of every log, or the publication gives somebody away. */
function withstands(publish: Publish, attack: Attacker, rounds: number): fc.IProperty<[World]> {
  return fc.property(anyWorld, (world) => play(world, { publish, attack, rounds }) <= toBound(toLoss(world.deeds)) + toSlack(rounds));
}

/** Histories that somebody is looked for in, each over hundreds of rounds. */
const fixed = { seed: 20_261_101, numRuns: isFull ? 8 : 3 };

describe('a differencing attack on the public figures, by somebody who knows everything about everybody else', () => {
  it.each([
    ['weighs every number against the law of the noise', weighing, 250],
    ['takes what they know off agencies and totals', differencing, 400],
  ])('tells no more than the stated bound, where they %s', (_how, attack, rounds) => {
    expect(fc.check(withstands(protectCounts, attack, rounds), fixed).failed).toBe(false);
  });

  it.each([
    ['hiding small numbers', hideSmall],
    ['rounding', roundOnly],
  ])('succeeds where %s is all the protection there is', (_how, publish) => {
    expect(fc.check(withstands(publish, differencing, 400), { ...fixed, numRuns: 100 }).failed).toBe(true);
  });

  it('moves the odds by less than the bound for every outcome that can be published, and not on average only', () => {
    fc.assert(
      fc.property(anyWorld, ({ months, deeds, seed }) => {
        const random = createSeededRandom(String(seed));
        const published = months.map((counts) => protectCounts(random, counts));
        expect(Math.abs(toLogOdds(published, months, deeds))).toBeLessThanOrEqual(toLoss(deeds) + 1e-6);
      }),
      { ...fixed, numRuns: 60 },
    );
  });

  it('is told at most as much as 65 in 100 about a month of one person with one agency, whatever the person did there', () => {
    const everything = figures.map((figure): Deed => ({ month: 0, agency: 0, figure }));
    expect(toBound(toLoss(everything))).toBeLessThan(0.65);
  });
});

describe('what is shown', () => {
  const agencies = [300, 3, 90_000].map((count, place) =>
    toAgency(
      toCounts(() => count),
      place,
    ),
  );

  it('is a multiple of ten, or less than two hundred', () => {
    const { agencies: shown } = protectCounts(createSeededRandom('1'), { agencies, unmasked: 2, unmaskedBy: [] });
    expect(shown[1]?.figures.asked).toEqual({ below: 200 });
    for (const { figures: counted } of shown) {
      for (const value of Object.values(counted)) {
        expect(typeof value === 'number' ? value % 10 : value.below % 200).toBe(0);
      }
    }
  });

  it('lies close to the truth where there are many', () => {
    const { agencies: shown, total } = protectCounts(createSeededRandom('2'), { agencies, unmasked: 2, unmaskedBy: [] });
    const asked = shown[2]?.figures.asked;
    expect(typeof asked === 'number' ? Math.abs(asked - 90_000) : Number.NaN).toBeLessThan(200);
    expect(typeof total.asked === 'number' ? Math.abs(total.asked - 90_303) : Number.NaN).toBeLessThan(400);
  });

  it('names every agency, also one that nobody dealt with', () => {
    const idle = [
      toAgency(
        toCounts(() => 0),
        0,
      ),
    ];
    const { agencies: shown, unmasked } = protectCounts(createSeededRandom('3'), { agencies: idle, unmasked: 0, unmaskedBy: [] });
    expect(shown.map(({ id }) => id)).toEqual(['agency-0']);
    expect(Object.values(shown[0]?.figures ?? {})).toEqual(figures.map(() => ({ below: 200 })));
    expect(unmasked).toEqual({ below: 15 });
  });
});
