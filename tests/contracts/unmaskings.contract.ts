// What every store of unmaskings promises: two people, each with their own passkey, whoever writes past the application.

import { describe, expect, it } from 'vitest';
import { wholeLog } from '../../src/domain/audit/exports/query.ts';
import type { UnmaskDecision } from '../../src/domain/audit/unmask-store.ts';
import type { Unmasking } from '../../src/domain/audit/unmask.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, now } from '../support/store-samples.ts';
import { hireAuditor, openCaseScene } from './case-scene.ts';
import type { Hired, Scene } from './case-scene.ts';
import { countEntries } from './count-entries.ts';

const hour = 3_600_000;
const day = 24 * hour;

export function describeUnmaskings(get: () => OpenedDatabase): void {
  const hire = async (): Promise<Hired> => hireAuditor(get());
  const open = async (): Promise<Scene> => openCaseScene(get(), 'complaint');
  const ask = async ({ opened, asker, personRef }: Scene, changes: Partial<Unmasking> = {}): Promise<Unmasking> => {
    const unmasking: Unmasking = {
      id: createName(),
      caseId: opened.id,
      pseudonym: 'P-000000000001',
      personRef,
      reason: 'because of the complaint',
      minutes: 60,
      later: null,
      requestedBy: asker.id,
      requestedWith: asker.passkeyId,
      requestedAt: now,
      openUntil: now + 3 * day,
      state: 'asked',
      decidedBy: null,
      decidedAt: null,
      usableUntil: null,
      uses: 0,
      ...changes,
    };
    const event = { ...createEvent('unmask.requested', { personRef }), at: now };
    expect(await get().storage.unmaskings.saveAsked({ unmasking, event })).toBe('saved');
    return unmasking;
  };
  const decide = async ({ id }: Unmasking, by: Hired, changes: Partial<UnmaskDecision> = {}): Promise<string> => {
    const event = { ...createEvent('unmask.approved'), at: now + 1 };
    const decision = { id, state: 'approved', decidedBy: by.id, decidedWith: by.passkeyId, usableUntil: now + hour, event } as const;
    return get().storage.unmaskings.saveDecided({ ...decision, ...changes });
  };
  const use = async ({ id }: Unmasking, by: Hired, at = now + 2): Promise<string> =>
    get().storage.unmaskings.saveUsed({ id, officerId: by.id, event: { ...createEvent('unmask.used'), at } });

  describe('unmaskings', () => {
    it('are asked by one, agreed to by another, and used by the first within the time', async () => {
      const scene = await open();
      const asked = await ask(scene);
      expect(await use(asked, scene.asker)).toBe('unmask/over');
      expect([await decide(asked, scene.other), await decide(asked, scene.other, { state: 'denied', usableUntil: null })]).toEqual([
        'saved',
        'unmask/decided',
      ]);
      expect(await use(asked, scene.other)).toBe('unmask/over');
      expect([await use(asked, scene.asker), await use(asked, scene.asker), await use(asked, scene.asker, now + hour)]).toEqual([
        'saved',
        'saved',
        'unmask/over',
      ]);
      expect(await get().storage.unmaskings.findUnmasking(asked.id)).toMatchObject({
        state: 'approved',
        decidedBy: scene.other.id,
        uses: 2,
      });
    });

    it('are refused to one person alone, and leave no entry', async () => {
      const scene = await open();
      const asked = await ask(scene);
      const stranger = await hire();
      const before = await countEntries(get());
      expect(await decide(asked, scene.asker)).toBe('unmask/decided');
      expect(await decide(asked, stranger)).toBe('unmask/decided');
      expect(await decide(asked, { id: scene.other.id, passkeyId: scene.asker.passkeyId })).toBe('unmask/decided');
      expect(await countEntries(get())).toBe(before);
    });

    it('are refused to one person alone in the database too', async () => {
      const { engine } = get();
      const scene = await open();
      const asked = await ask(scene);
      const write = async (set: string): Promise<unknown> =>
        engine.atomic(function* () {
          yield { text: `UPDATE unmaskings SET ${set} WHERE id = ?`, values: [asked.id] };
        });
      const approved = (by: Hired): string =>
        `state = 'approved', decided_by = '${by.id}', decided_with = '${by.passkeyId}', decided_at = ${now + 1}, usable_until = ${now + hour}`;
      await expect(write(approved(scene.asker))).rejects.toThrow(/another member decides|P0001/);
      await expect(write(approved(await hire()))).rejects.toThrow(/another member decides|P0001/);
      await expect(write('uses = 1')).rejects.toThrow(/only what two approved is used|P0001/);
      await expect(write(`requested_by = '${scene.other.id}'`)).rejects.toThrow(/what was asked and decided stays|P0001/);
      await expect(write(`${approved(scene.other).replace(String(now + hour), String(now + day))}`)).rejects.toThrow(
        /another member decides|P0001/,
      );
      await write(approved(scene.other));
      expect(await get().storage.unmaskings.findUnmasking(asked.id)).toMatchObject({ state: 'approved' });
      const byNamesake = await ask(scene);
      await engine.atomic(function* () {
        const text = 'UPDATE officers SET name = (SELECT upper(name) FROM officers WHERE id = ?) WHERE id = ?';
        yield { text, values: [scene.asker.id, scene.other.id] };
      });
      await expect(decide(byNamesake, scene.other)).rejects.toThrow(/another member decides|P0001/);
    });

    it('end with the case, and with an officer who is suspended', async () => {
      const scene = await open();
      const asked = await ask(scene);
      await decide(asked, scene.other);
      const suspend = async (officerId: string): Promise<unknown> =>
        get().storage.staff.saveStatus({ officerId, status: 'suspended', event: createEvent('officer.status_changed') });
      await suspend(scene.other.id);
      expect(await use(asked, scene.asker)).toBe('unmask/over');
      const second = await open();
      const again = await ask(second);
      await decide(again, second.other);
      await get().storage.cases.saveClosed({ caseId: second.opened.id, event: { ...createEvent('audit.case_closed'), at: now + 2 } });
      expect(await use(again, second.asker, now + 3)).toBe('unmask/over');
    });

    it('wait with exports for the other members, while the case goes on, until they are decided or over', async () => {
      const scene = await open();
      const { cases, exports } = get().storage;
      const asked = await ask(scene);
      const read = async (officerId: string, at = now + 1): Promise<readonly string[]> =>
        (await cases.listWaiting(officerId, at)).map(({ kind, id }) => `${kind} ${id}`);
      const left = { form: 'csv', query: wholeLog, reason: 'A complaint', recipient: 'A court', rows: 5000, size: 9000 } as const;
      const taken = {
        id: createName(),
        caseId: scene.opened.id,
        ...left,
        state: 'waiting',
        askedBy: scene.other.id,
        askedAt: now,
      } as const;
      const file = { ...taken, decidedBy: null, decidedAt: null, endsAt: now + day };
      await exports.saveExport({ asked: file, event: createEvent('export.requested'), aloneLimit: 1000 });
      expect([await read(scene.other.id), await read(scene.asker.id)]).toEqual([[`unmask ${asked.id}`], [`export ${file.id}`]]);
      expect(await cases.listWaiting(scene.other.id, now)).toEqual([
        {
          kind: 'unmask',
          id: asked.id,
          caseId: scene.opened.id,
          caseNumber: scene.opened.number,
          askedBy: scene.asker.id,
          askedAt: now,
          openUntil: asked.openUntil,
        },
      ]);
      expect([await read((await hire()).id), await read(scene.other.id, asked.openUntil), await read(scene.asker.id, file.endsAt)]).toEqual(
        [[], [], []],
      );
      await decide(asked, scene.other);
      expect(await read(scene.other.id)).toEqual([]);
      await cases.saveClosed({ caseId: scene.opened.id, event: { ...createEvent('audit.case_closed'), at: now + 2 } });
      expect(await read(scene.asker.id)).toEqual([]);
    });

    it('expire with an entry, once', async () => {
      const scene = await open();
      const { unmaskings } = get().storage;
      const asked = await ask(scene);
      const seal = () => createEvent('unmask.expired');
      while ((await unmaskings.expireUnmaskings(asked.openUntil - 1, seal)) > 0) {
        // Those of other tests.
      }
      expect((await unmaskings.findUnmasking(asked.id))?.state).toBe('asked');
      while ((await unmaskings.expireUnmaskings(asked.openUntil, seal)) > 0) {
        // Until none is left.
      }
      expect((await unmaskings.findUnmasking(asked.id))?.state).toBe('expired');
      expect(await decide(asked, scene.other)).toBe('unmask/decided');
    });

    it('keep an entry back from its person until the day, in every list of theirs, and tell it then', async () => {
      const { home, unmaskings } = get().storage;
      const scene = await open();
      const event = { ...createEvent('unmask.requested', { personRef: scene.personRef }), keptBackUntil: now + day };
      await unmaskings.saveAsked({ unmasking: { ...(await ask(scene)), id: createName() }, event: { ...event, at: now } });
      const isKnown = async (): Promise<boolean> => {
        const { entries } = await home.readEntries(scene.personRef, {}, { before: null, limit: 50 });
        const found = await home.findEntry(scene.personRef, event.id);
        return entries.some(({ id }) => id === event.id) && found !== undefined;
      };
      expect(await isKnown()).toBe(false);
      while ((await unmaskings.tellDue(now + day - 1)) > 0) {
        // Those of other tests.
      }
      expect(await isKnown()).toBe(false);
      expect(await unmaskings.tellDue(now + day)).toBeGreaterThan(0);
      expect(await isKnown()).toBe(true);
    });
  });
}
