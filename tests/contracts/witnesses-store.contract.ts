// What every store of cosignatures promises: the first word of a witness about a size stays, and is found again.

import { describe, expect, it } from 'vitest';
import type { KeptCosignature } from '../../src/domain/witnesses/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';

const first = 9_000_000;

const toCosignature = (size: number, witness: string, line = `— ${witness} AAAA\n`): KeptCosignature => ({
  size,
  witness,
  keyId: '01020304',
  line,
  cosignedAt: 1_790_000_000_000,
});

export function describeWitnessesStore(get: () => OpenedDatabase): void {
  const run = async (text: string): Promise<void> =>
    get().engine.atomic(function* () {
      yield { text, values: [] };
    });

  describe('cosignatures', () => {
    it('are kept once for each witness and size, also of eight at the same time, and never changed', async () => {
      const { witnesses } = get().storage;
      await run(`INSERT INTO checkpoints (size, root, text, at) VALUES (${first}, 'r', 't', 1), (${first + 1}, 'r', 't', 1)`);
      const attempts = Array.from({ length: 8 }, async (_, number) =>
        witnesses.saveCosignature(toCosignature(first, 'court', `— ${number}\n`)),
      );
      await Promise.all(attempts);
      const kept = await witnesses.readCosignatures(first);
      expect(kept).toHaveLength(1);
      await witnesses.saveCosignature(toCosignature(first, 'court', 'other'));
      expect(await witnesses.readCosignatures(first)).toEqual(kept);
      for (const text of ["UPDATE checkpoint_signatures SET line = 'changed'", 'DELETE FROM checkpoint_signatures']) {
        await expect(run(text)).rejects.toMatchObject({ name: 'Fault' });
      }
    });

    it('are found by how many there are of a size, and by how far a witness went', async () => {
      const { witnesses } = get().storage;
      await witnesses.saveCosignature(toCosignature(first, 'authority'));
      await witnesses.saveCosignature(toCosignature(first + 1, 'court'));
      const asked = { from: first, below: Number.MAX_SAFE_INTEGER, limit: 10 };
      expect(await witnesses.findSizes({ ...asked, least: 1 })).toEqual([first + 1, first]);
      expect(await witnesses.findSizes({ ...asked, least: 2 })).toEqual([first]);
      expect(await witnesses.findSizes({ ...asked, least: 1, below: first + 1 })).toEqual([first]);
      expect(await witnesses.findLargest({ name: 'court', keyId: '01020304' })).toBe(first + 1);
      expect(await witnesses.findLargest({ name: 'court', keyId: 'ffffffff' })).toBeUndefined();
    });

    it('are of a checkpoint that there is', async () => {
      const { witnesses } = get().storage;
      await expect(witnesses.saveCosignature(toCosignature(first + 77, 'court'))).rejects.toMatchObject({ name: 'Fault' });
      expect(await witnesses.readCosignatures(first + 77)).toEqual([]);
    });
  });
}
