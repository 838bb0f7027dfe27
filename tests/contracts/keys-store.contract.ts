// What every store promises of the keys that sign tokens: a change is made from the version that was read or not at all, together with its entries.

import { describe, expect, it } from 'vitest';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createTokenKey, later, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

export function describeKeysStore(get: () => OpenedDatabase): void {
  const keys = () => get().storage.keys;
  const find = async (kid: string) => (await keys().readKeys()).keys.find((key) => key.kid === kid);

  describe('keys of tokens', () => {
    it('begin once, whoever else begins them at the same moment', async () => {
      expect(await keys().readKeys()).toEqual({ version: 0, keys: [] });
      const begun = [createTokenKey({ activeAt: now }), createTokenKey({ alg: 'PS256' })];
      const results = await Promise.all(
        begun.map(async (key) => keys().saveKeys({ version: 0, keys: [key], events: [createEvent('key.begun')] })),
      );
      expect(results.toSorted()).toEqual(['conflict', 'saved']);
      expect(await keys().readKeys()).toEqual({ version: 1, keys: [begun[results.indexOf('saved')]] });
    });

    it('change whole, with their entries, and from the version that was read alone', async () => {
      const version = await keys().findVersion();
      const [first, second] = [createTokenKey({ activeAt: now }), createTokenKey()];
      await keys().saveKeys({ version, keys: [first, second], events: [] });
      const before = await countEntries(get());
      const ended = { ...first, sealedKey: '', endedAt: later, end: 'revoked', goneAt: later + 1 } as const;
      const change = { version: version + 1, keys: [ended, { ...second, activeAt: later }], events: [createEvent('key.revoked')] };
      const results = [await keys().saveKeys(change), await keys().saveKeys(change), await keys().saveKeys({ ...change, version })];
      expect(results).toEqual(['saved', 'conflict', 'conflict']);
      expect([await find(first.kid), await find(second.kid)]).toEqual(change.keys);
      expect([await keys().findVersion(), await countEntries(get())]).toEqual([version + 2, before + 1]);
    });

    it('are not changed when the entry cannot be written', async () => {
      const version = await keys().findVersion();
      const event = createEvent('key.rotated');
      await get().append([event]);
      await expect(keys().saveKeys({ version, keys: [createTokenKey()], events: [event] })).rejects.toMatchObject({
        code: 'ledger/unavailable',
      });
      expect(await keys().findVersion()).toBe(version);
    });

    it('are told to be gone once', async () => {
      const version = await keys().findVersion();
      const gone = createTokenKey({ activeAt: now, endedAt: now, end: 'rotated', goneAt: now });
      await keys().saveKeys({ version, keys: [gone], events: [] });
      const before = await countEntries(get());
      const tell = async () => keys().saveRetired(gone.kid, later, createEvent('key.retired'));
      expect((await Promise.all([tell(), tell()])).toSorted()).toEqual(['saved', 'unchanged']);
      expect([(await find(gone.kid))?.retiredAt, await countEntries(get())]).toEqual([later, before + 1]);
      expect(await keys().findVersion()).toBe(version + 1);
    });
  });
}
