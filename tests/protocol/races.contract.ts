// What may happen once happens once: each artefact that serves once is used by many at the same moment, over two processes on one database.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstSeed, isFull } from '../support/counts.ts';
import { createArena, runRound, uses } from '../support/races/arena.ts';
import type { Arena } from '../support/races/arena.ts';
import { runBout } from '../support/races/duels.ts';
import { duels, singleUses } from '../support/races/single-uses.ts';
import type { World } from '../support/world.ts';

/** Of each artefact 200 in the full run, and 1 in `npm test`. */
const rounds = isFull ? 200 : 1;
/** Of each duel 200 in the full run, and 6 in `npm test`. */
const bouts = isFull ? 200 : 6;

export function describeRaces(name: string, open: (env: Readonly<Record<string, string>>) => Promise<World>): void {
  const seeds = `seeds ${firstSeed} to ${firstSeed + rounds - 1}, HUWIYA_TEST_SEED moves them`;
  describe(`${uses} uses at once, against two processes on ${name} (${seeds})`, () => {
    let arena: Arena;

    beforeAll(async () => {
      arena = await createArena(open);
    });

    afterAll(async () => {
      await arena.close();
    });

    it.each(singleUses)('of one $name: one wins', { timeout: isFull ? 1_200_000 : 60_000 }, async ({ begin, table }) => {
      const next = await begin(arena);
      const violations: string[] = [];
      let overlaps = 0;
      for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
        // In the first round the disk is slow for whoever writes first.
        const outcome = await runRound(arena, await next(), { seed, slowTable: seed === firstSeed ? table : null });
        violations.push(...outcome.violations.map((violation) => `seed ${seed}: ${violation}`));
        overlaps += outcome.hasOverlap ? 1 : 0;
      }
      expect(violations).toEqual([]);
      expect(overlaps).toBeGreaterThan(rounds / 2);
    });

    it.each(duels)('$name: the one that closes wins', { timeout: isFull ? 1_200_000 : 60_000 }, async ({ begin, table }) => {
      const next = await begin(arena);
      const violations: string[] = [];
      let [overlaps, served, held] = [0, 0, 0];
      for (let seed = firstSeed; seed < firstSeed + bouts; seed += 1) {
        const bout = await runBout(arena, await next(), { seed, slowTable: seed === firstSeed ? table : null });
        violations.push(...bout.violations.map((violation) => `seed ${seed}: ${violation}; ${bout.told.join(', ')}`));
        overlaps += bout.hasOverlap ? 1 : 0;
        served += bout.served;
        held += bout.isHeldUp ? 1 : 0;
      }
      expect(violations).toEqual([]);
      expect(overlaps).toBeGreaterThan(bouts / 4);
      expect(served).toBeGreaterThan(0);
      // On a machine that cannot keep up; two that wait for each other would do it often.
      expect(held).toBeLessThanOrEqual(Math.max(1, bouts / 50));
    });
  });
}
