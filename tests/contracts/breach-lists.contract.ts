// What every store of breach lists promises: two people, each with their own passkey, and everybody on the list told once, in the act that hands out their line.

import { describe, expect, it } from 'vitest';
import type { BreachList } from '../../src/domain/audit/breach/list.ts';
import { keyRetentionMs } from '../../src/domain/audit/case.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createScene, now } from '../support/store-samples.ts';
import { openCaseScene } from './case-scene.ts';
import type { Hired, Scene } from './case-scene.ts';
import { countEntries } from './count-entries.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Listed = Scene & { readonly list: BreachList; readonly people: readonly string[] };

export function describeBreachLists(get: () => OpenedDatabase): void {
  const write = async (text: string): Promise<unknown> =>
    get().engine.atomic(function* () {
      yield { text, values: [] };
    });
  const toList = ({ opened, asker }: Scene, people: number): BreachList => ({
    id: createName(),
    caseId: opened.id,
    service: 'a-service',
    from: now - day,
    to: now,
    size: 10,
    people,
    reason: 'because of the breach',
    minutes: 60,
    requestedBy: asker.id,
    requestedWith: asker.passkeyId,
    requestedAt: now,
    openUntil: now + 3 * day,
    state: 'asked',
    decidedBy: null,
    decidedAt: null,
    usableUntil: null,
    uses: 0,
  });
  const ask = async (): Promise<Listed> => {
    const { storage } = get();
    const scene = await openCaseScene(get(), 'breach');
    const people = [scene.personRef, (await createScene(storage)).person.id, (await createScene(storage)).person.id];
    const list = toList(scene, people.length);
    const event = { ...createEvent('unmask.requested'), at: now };
    expect(await storage.breaches.saveBreachAsked({ list, personRefs: people, event })).toBe('saved');
    return { ...scene, list, people };
  };
  const decide = async ({ list: { id } }: Listed, by: Hired): Promise<string> => {
    const event = { ...createEvent('unmask.approved'), at: now + 1 };
    const decision = { id, state: 'approved', decidedBy: by.id, decidedWith: by.passkeyId, usableUntil: now + hour, event } as const;
    return get().storage.breaches.saveBreachDecided(decision);
  };
  const use = async ({ list: { id } }: Listed, by: Hired): Promise<string> =>
    get().storage.breaches.saveBreachUsed({ id, officerId: by.id, event: { ...createEvent('unmask.used'), at: now + 2 } });
  const tell = async ({ list: { id }, asker }: Listed, { after = -1, at = now + 3 } = {}) => {
    const seal = (personRef: string) => ({ ...createEvent('unmask.listed', { personRef }), at });
    const next = await get().storage.breaches.tellNext({ id, officerId: asker.id, after, limit: 2, now: at, seal });
    return next === 'unmask/over' ? next : next.map(({ personRef }) => personRef);
  };

  describe('breach lists', () => {
    it('are asked by one, agreed to by another, and fetched by the first; each is told once, however often', async () => {
      const listed = await ask();
      const { asker, other, people } = listed;
      expect([await tell(listed), await use(listed, asker), await decide(listed, other)]).toEqual(['unmask/over', 'unmask/over', 'saved']);
      expect([await use(listed, other), await use(listed, asker)]).toEqual(['unmask/over', 'saved']);
      const before = await countEntries(get());
      expect([await tell(listed), await tell(listed, { after: 1 }), await tell(listed, { after: 2 })]).toEqual([
        people.slice(0, 2),
        people.slice(2),
        [],
      ]);
      expect(await tell(listed)).toEqual(people.slice(0, 2));
      expect(await countEntries(get())).toBe(before + 3);
      expect(await tell(listed, { at: now + hour })).toBe('unmask/over');
      expect(await get().storage.breaches.findBreachList(listed.list.id)).toMatchObject({ state: 'approved', uses: 1, people: 3 });
    });

    it('are refused to one person alone, and leave no entry', async () => {
      const listed = await ask();
      const before = await countEntries(get());
      expect(await decide(listed, listed.asker)).toBe('unmask/decided');
      expect(await decide(listed, { id: listed.other.id, passkeyId: listed.asker.passkeyId })).toBe('unmask/decided');
      expect(await countEntries(get())).toBe(before);
    });

    it('hold in the database too, whoever writes past the application', async () => {
      const listed = await ask();
      const { asker, other, list, people } = listed;
      const approved = (by: Hired): string =>
        `UPDATE breach_lists SET state = 'approved', decided_by = '${by.id}', decided_with = '${by.passkeyId}', decided_at = ${now + 1}, usable_until = ${now + hour} WHERE id = '${list.id}'`;
      const told = `UPDATE breach_people SET told_at = ${now + 2} WHERE list_id = '${list.id}'`;
      await expect(write(approved(asker))).rejects.toThrow(/another member decides|P0001/);
      await expect(write(told)).rejects.toThrow(/of a list that two approved|P0001/);
      await expect(write(`UPDATE breach_lists SET people = 2 WHERE id = '${list.id}'`)).rejects.toThrow(/what was asked|P0001/);
      const added = `INSERT INTO breach_people (list_id, place, person_id) VALUES ('${list.id}', 3, '${people[0]}')`;
      await expect(write(added)).rejects.toThrow(/fixed when it is asked for|P0001/);
      await expect(write(`DELETE FROM breach_people WHERE list_id = '${list.id}'`)).rejects.toThrow(/stays as long as the key|P0001/);
      await write(approved(other));
      await expect(write(told)).rejects.toThrow(/of a list that two approved|P0001/);
      const complaint = await openCaseScene(get(), 'complaint');
      const event = { ...createEvent('unmask.requested'), at: now };
      const asked = get().storage.breaches.saveBreachAsked({ list: toList(complaint, 1), personRefs: [complaint.personRef], event });
      await expect(asked).rejects.toThrow(/a case on a breach asks|P0001/);
    });

    it('expire with an entry, once, and end with the key of their case', async () => {
      const listed = await ask();
      const { breaches, cases } = get().storage;
      const seal = () => createEvent('unmask.expired');
      while ((await breaches.expireBreachLists(listed.list.openUntil, seal)) > 0) {
        // Until none is left.
      }
      expect((await breaches.findBreachList(listed.list.id))?.state).toBe('expired');
      expect(await decide(listed, listed.other)).toBe('unmask/decided');
      while ((await cases.destroyKeys(listed.opened.endsAt + keyRetentionMs)) > 0) {
        // Those of other tests.
      }
      expect(await get().engine.read({ text: 'SELECT place FROM breach_people WHERE list_id = ?', values: [listed.list.id] })).toEqual([]);
    });
  });
}
