// What every store of published figures promises: an edition is written once, with its entry, and people are counted and not acts.

import { describe, expect, it } from 'vitest';
import { catchUp } from '../../src/domain/audit/catch-up.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom, toDigest } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { PublishedFigures } from '../../src/domain/audit/figures/store.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { createSigner } from '../support/ledger-samples.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createAgency, createEvent, createName, createPerson, noChanges } from '../support/store-samples.ts';
import { openCaseScene } from './case-scene.ts';
import { countEntries } from './count-entries.ts';

const toFigures = (month: string, changes: Partial<PublishedFigures> = {}): PublishedFigures => ({
  month,
  edition: 1,
  publishedAt: 1_790_000_000_000,
  digest: toDigest(month),
  document: '{}',
  signature: 'a.b.c',
  ...changes,
});

export function describeFiguresStore(get: () => OpenedDatabase): void {
  const event = () => createEvent('figures.published');

  describe('published figures', () => {
    it('are kept with their entry and given back as they were given out', async () => {
      const { figures } = get().storage;
      const published = toFigures('2031-01');
      expect(await figures.findFigures('2031-01')).toBeUndefined();
      const before = await countEntries(get());
      expect(await figures.saveFigures(published, event())).toBe('saved');
      expect(await figures.findFigures('2031-01')).toEqual(published);
      expect(await countEntries(get())).toBe(before + 1);
    });

    it('of one month and edition are written once, also of eight at the same time', async () => {
      const { figures } = get().storage;
      const before = await countEntries(get());
      const attempts = Array.from({ length: 8 }, async (_, number) =>
        figures.saveFigures(toFigures('2031-02', { document: `{"n":${number}}` }), event()),
      );
      const outcomes = await Promise.all(attempts);
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'figures/published')).toHaveLength(7);
      expect(await countEntries(get())).toBe(before + 1);
    });

    it('that are corrected stand beside what they correct, and the newest is found first', async () => {
      const { figures } = get().storage;
      await figures.saveFigures(toFigures('2031-03'), event());
      await figures.saveFigures(toFigures('2031-03', { edition: 2, document: '{"corrected":true}' }), event());
      expect((await figures.findFigures('2031-03'))?.edition).toBe(2);
      expect((await figures.findFigures('2031-03', 1))?.document).toBe('{}');
      const editions = await figures.listEditions();
      expect(editions.filter(({ month }) => month === '2031-03').map(({ edition }) => edition)).toEqual([1, 2]);
    });

    it('count each person once, by facts as by entries', async () => {
      const { append, storage } = get();
      const [ours, other, third] = [createPerson(), createPerson(), createPerson()];
      await storage.people.savePeople([ours, other, third], [], []);
      const asked = (personRef: string, service: string) => createEvent('consent.given', { personRef, service });
      await append([
        asked(ours.id, 'here'),
        asked(ours.id, 'here'),
        asked(other.id, 'here'),
        asked(other.id, 'there'),
        asked(third.id, 'here'),
      ]);
      const { size } = await sequenceAll({ store: storage.ledger, clock: systemClock, signer: createSigner('figures.example/ledger') });
      const month = { from: Date.now() - 3_600_000, to: Date.now() + 3_600_000, below: size, types: ['consent.given'] } as const;
      const count = async () =>
        Promise.all([['here'], ['here', 'there'], ['nowhere'], []].map((services) => storage.figures.countPeople({ ...month, services })));
      const byEntries = await count();
      await catchUp(storage);
      expect([byEntries, await count()]).toEqual([
        [3, 3, 0, 0],
        [3, 3, 0, 0],
      ]);
    });

    it('count who was uncovered to the agency of the case, and to none where the case is over all', async () => {
      const { append, storage } = get();
      const agency = createAgency();
      await storage.agencies.saveChanges({ ...noChanges, agencies: [agency] });
      const all = await openCaseScene(get(), 'inspection');
      const numbers = [createName(), createName()] as const;
      for (const number of numbers) {
        const scope = { kind: 'agency', agencyId: agency.id } as const;
        await storage.cases.saveCase({
          opened: { ...all.opened, id: createName(), number, scope },
          event: createEvent('audit.case_opened'),
        });
      }
      const [one, other] = [createPerson(), createPerson()];
      await storage.people.savePeople([one, other], [], []);
      const toShowing = (personRef: string, number: string, type: 'unmask.used' | 'unmask.listed' = 'unmask.used') =>
        sealEvent(
          { clock: systemClock, random: systemRandom },
          { type, personRef, actor: { kind: 'officer', ref: 'o' }, payload: { case: number } },
        );
      const before = Date.now() - 1;
      await append([
        toShowing(one.id, numbers[0]),
        toShowing(one.id, numbers[1]),
        toShowing(other.id, numbers[0], 'unmask.listed'),
        toShowing(one.id, all.opened.number),
        toShowing(other.id, numbers[0].toLowerCase().replace(/^/, 'x')),
      ]);
      const { size } = await sequenceAll({ store: storage.ledger, clock: systemClock, signer: createSigner('figures.example/ledger') });
      const types = ['unmask.used', 'unmask.listed'] as const;
      const uncovered = await storage.figures.countUncovered({ from: before, to: Date.now() + 3_600_000, below: size, types });
      expect([uncovered.get(agency.id), uncovered.get(null)]).toEqual([2, 2]);
      expect((await storage.figures.countUncovered({ from: 0, to: before, below: size, types })).get(agency.id)).toBeUndefined();
    });

    it('can be neither changed nor removed', async () => {
      const { engine, storage } = get();
      await storage.figures.saveFigures(toFigures('2031-04'), event());
      for (const text of ["UPDATE published_figures SET document = '[]'", 'DELETE FROM published_figures']) {
        await expect(engine.read({ text, values: [] })).rejects.toThrow(/append-only|P0001/);
      }
      expect((await storage.figures.findFigures('2031-04'))?.document).toBe('{}');
    });
  });
}
