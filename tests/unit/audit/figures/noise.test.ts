import { describe, expect, it } from 'vitest';
import { drawBelow, drawNoise } from '../../../../src/domain/audit/figures/noise.ts';
import { createSeededRandom } from '../../../support/ledger-samples.ts';

function tally(draw: () => number, times: number): ReadonlyMap<number, number> {
  const seen = new Map<number, number>();
  for (let time = 0; time < times; time += 1) {
    const value = draw();
    seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  return seen;
}

describe('noise of public figures', () => {
  it('follows the two-sided geometric law, by a chi-square test over the middle of it', () => {
    const scale = 5;
    const times = 60_000;
    const random = createSeededRandom('law');
    const seen = tally(() => drawNoise(random, scale), times);
    const ratio = Math.exp(-1 / scale);
    const toExpected = (value: number): number => (times * (1 - ratio) * ratio ** Math.abs(value)) / (1 + ratio);
    const places = Array.from({ length: 31 }, (_, place) => place - 15);
    const distance = places.reduce((sum, value) => sum + ((seen.get(value) ?? 0) - toExpected(value)) ** 2 / toExpected(value), 0);
    // 31 places: 61.1 is exceeded by chance once in a thousand.
    expect(distance).toBeLessThan(61.1);
  });

  it('is as often above as below nought, and nought is not drawn twice as often', () => {
    const random = createSeededRandom('balance');
    const seen = tally(() => drawNoise(random, 3), 40_000);
    expect(Math.abs((seen.get(1) ?? 0) - (seen.get(-1) ?? 0))).toBeLessThan(500);
    expect((seen.get(0) ?? 0) / (seen.get(1) ?? 1)).toBeCloseTo(Math.exp(1 / 3), 1);
  });

  it('draws evenly below a limit that is no power of two', () => {
    const random = createSeededRandom('even');
    const seen = tally(() => drawBelow(random, 6), 60_000);
    expect([...seen.keys()].toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const count of seen.values()) {
      expect(Math.abs(count - 10_000)).toBeLessThan(400);
    }
  });
});
