// What every store promises of limits: no more than there is room for, whoever counts at once, and room again as time goes by.

import { describe, expect, it } from 'vitest';
import type { Count } from '../../src/domain/limits/limit.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createName, now } from '../support/store-samples.ts';

export function describeLimitsStore(get: () => OpenedDatabase): void {
  const create = (changes: Partial<Count> = {}): Count => ({ key: createName(), most: 3, stepMs: 1000, ...changes });
  const count = async (counts: readonly Count[], at = now) => get().storage.limits.count(counts, at);
  const exhaust = async (of: Count, at = now) => {
    for (let taken = 0; taken < of.most; taken += 1) {
      await count([of], at);
    }
  };

  describe('limits', () => {
    it('count as often as there is room, and then say how long until there is', async () => {
      const one = create();
      const waits = [await count([one]), await count([one]), await count([one]), await count([one]), await count([one], now + 400)];
      expect(waits.flat()).toEqual([0, 0, 0, 1000, 600]);
    });

    it('have room again a step later, for one, and for all after as many steps', async () => {
      const one = create();
      await exhaust(one);
      expect((await count([one], now + 1000)).concat(await count([one], now + 1000))).toEqual([0, 1000]);
      const later = now + 60_000;
      const waits = [await count([one], later), await count([one], later), await count([one], later), await count([one], later)];
      expect(waits.flat()).toEqual([0, 0, 0, 1000]);
    });

    it('keep nobody out for longer because they go on trying', async () => {
      const one = create();
      await exhaust(one);
      for (let tried = 0; tried < 20; tried += 1) {
        await count([one], now + 500);
      }
      expect(await count([one], now + 1000)).toEqual([0]);
    });

    it('count each of several by itself, in the order in which they were named', async () => {
      const [full, empty] = [create({ key: `b${createName()}` }), create({ key: `a${createName()}` })];
      await exhaust(full);
      expect(await count([full, empty])).toEqual([1000, 0]);
      expect((await count([empty])).concat(await count([empty]), await count([empty]))).toEqual([0, 0, 1000]);
    });

    it('count no longer what was given back, and nothing that was never counted', async () => {
      const one = create();
      await exhaust(one);
      await get().storage.limits.giveBack([one, create()]);
      expect((await count([one])).concat(await count([one]))).toEqual([0, 1000]);
    });

    it('forget what a clock had said that was put back', async () => {
      const one = create();
      await exhaust(one, now + 86_400_000);
      expect((await count([one])).concat(await count([one]), await count([one]), await count([one]))).toEqual([0, 0, 0, 1000]);
    });

    it('never give the last room to two at once', async () => {
      const one = create({ most: 5 });
      const waits = await Promise.all(Array.from({ length: 16 }, async () => count([one])));
      expect(waits.flat().filter((wait) => wait === 0)).toHaveLength(5);
    });

    it('count no row whose moment has passed, although nobody has removed it, and leave none for ever', async () => {
      const one = create();
      await exhaust(one);
      const rows = async () => get().engine.read({ text: 'SELECT key FROM limit_counts WHERE key = ?', values: [one.key] });
      expect(await rows()).toHaveLength(1);
      expect(await count([one], now + 3000)).toEqual([0]);
      await get().storage.removeExpired(now + 4001);
      expect(await rows()).toEqual([]);
    });
  });
}
