// What both databases promise to the repositories.

import { describe, expect, it } from 'vitest';
import { undo } from '../../src/storage/engine.ts';
import type { Act } from '../../src/storage/engine.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createName, later } from '../support/store-samples.ts';

export function describeEngine(get: () => OpenedDatabase): void {
  function* insert(...keys: readonly string[]): Act<void> {
    for (const key of keys) {
      yield { text: 'INSERT INTO replays (key, expires_at) VALUES (?, ?)', values: [key, later] };
    }
  }
  const has = async (key: string): Promise<boolean> => get().storage.engine.hasReplay(key, 0);

  describe('an act', () => {
    it('is stored with everything it wrote', async () => {
      const keys = [createName(), createName()];
      const value = await get().engine.atomic(function* () {
        yield* insert(...keys);
        return 'done';
      });
      expect(value).toBe('done');
      expect(await Promise.all(keys.map(has))).toEqual([true, true]);
    });

    it('sees what it wrote itself', async () => {
      const key = createName();
      const rows = await get().engine.atomic(function* () {
        yield* insert(key);
        return yield { text: 'SELECT key FROM replays WHERE key = ?', values: [key] };
      });
      expect(rows).toEqual([{ key }]);
    });

    it('leaves nothing when a statement fails, and says why without a value', async () => {
      const [key, secret] = [createName(), createName()];
      const act = get().engine.atomic(() => insert(key, secret, secret));
      await expect(act).rejects.toMatchObject({ code: 'store/conflict', detail: expect.not.stringContaining(secret) });
      expect(await has(key)).toBe(false);
    });

    it('leaves nothing when it throws, and the same error reaches the caller', async () => {
      const key = createName();
      const reason = new RangeError('planned');
      const act = get().engine.atomic(function* () {
        yield* insert(key);
        throw reason;
      });
      await expect(act).rejects.toBe(reason);
      expect(await has(key)).toBe(false);
    });

    it('leaves nothing when it undoes itself, and still answers', async () => {
      const key = createName();
      const answer = await get().engine.atomic(function* () {
        yield* insert(key);
        yield undo;
        return 'refused';
      });
      expect([answer, await has(key)]).toEqual(['refused', false]);
    });

    it('that fails does not harm the acts beside it', async () => {
      const [taken, ...others] = Array.from({ length: 9 }, createName);
      await get().engine.atomic(() => insert(taken ?? ''));
      const results = await Promise.allSettled(
        others.map(async (key, at) => get().engine.atomic(() => insert(...(at % 2 === 0 ? [key, taken ?? ''] : [key])))),
      );
      expect(results.map(({ status }) => status === 'fulfilled')).toEqual(others.map((_, at) => at % 2 === 1));
      expect(await Promise.all(others.map(has))).toEqual(others.map((_, at) => at % 2 === 1));
    });

    it('never gives up a neighbour: acts that change the same row all count', async () => {
      const key = createName();
      await get().engine.atomic(() => insert(key));
      await Promise.all(
        Array.from({ length: 24 }, async () =>
          get().engine.atomic(function* () {
            yield { text: 'UPDATE replays SET expires_at = expires_at + 1 WHERE key = ?', values: [key] };
          }),
        ),
      );
      expect([await get().storage.engine.hasReplay(key, later + 23), await get().storage.engine.hasReplay(key, later + 24)]).toEqual([
        true,
        false,
      ]);
    });
  });
}
