// What every store promises of a freeze that comes while another status lies above: it is laid beneath, and is found again when what lay above is taken back.

import { describe, expect, it } from 'vitest';
import { personStatuses } from '../../src/domain/people/person.ts';
import type { PersonStatus } from '../../src/domain/people/person.ts';
import { beginUnfreeze } from '../../src/domain/protection/begin-unfreeze.ts';
import { disownAct } from '../../src/domain/protection/disown-act.ts';
import { freezeByCode } from '../../src/domain/protection/freeze-by-code.ts';
import { freezePerson } from '../../src/domain/protection/freeze-person.ts';
import { liftByOrder, liftDue, liftIfDue, liftOrder } from '../../src/domain/protection/lift-freezes.ts';
import { makeFreezeCode } from '../../src/domain/protection/make-freeze-code.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createProtectionScene, hour, operator, person } from '../support/protection-scene.ts';
import { now } from '../support/store-samples.ts';
import { createStatusSaid } from '../support/status-said.ts';

const above = ['suspended', 'emigrated', 'deceased'] as const;

export function describeFreezeBeneath(get: () => OpenedDatabase): void {
  const { time, toNeeds, findStatus, typesOf, noticesOf, eventsTold, createMember, createBusy, byPerson } = createProtectionScene(get);
  const turn = async (personId: string, from: PersonStatus, to: PersonStatus): Promise<void> =>
    get().storage.people.turnStatus({ personId, from, to, ...createStatusSaid() });
  const standing = async (id: string) => get().storage.protection.findFreezes(id);

  describe('a freeze while another status lies above', () => {
    it.each(above)(
      'is laid beneath %s and found when that is taken back, with its entry, its notice and what services are told',
      async (status) => {
        const { id } = await createBusy();
        await turn(id, 'active', status);
        const answers = await Promise.all(Array.from({ length: 8 }, async () => freezePerson(toNeeds(), byPerson(id))));
        expect(answers.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'already'), 'beneath']);
        expect([await findStatus(id), (await standing(id)).map(({ authority }) => authority)]).toEqual([status, ['own']]);
        expect((await typesOf(id)).filter((type) => type === 'person.frozen')).toHaveLength(1);
        expect((await noticesOf(id)).map(({ kind }) => kind)).toContain('frozen');
        expect(await eventsTold(id)).toEqual(['account-disabled', 'account-disabled']);
        await expect(turn(id, status, 'active')).rejects.toMatchObject({ code: 'store/conflict' });
        await turn(id, status, 'frozen');
        expect(await findStatus(id)).toBe('frozen');
      },
    );

    it.each(above)('by a printed code, of somebody who is %s, takes the code and says that it lies beneath', async (status) => {
      const id = await createMember();
      const code = await makeFreezeCode(toNeeds(), id);
      await turn(id, 'active', status);
      const typed = await Promise.all(Array.from({ length: 8 }, async () => freezeByCode(toNeeds(), code)));
      expect(typed.toSorted()).toEqual(['beneath', ...Array.from({ length: 7 }, () => 'unknown')]);
      expect([await findStatus(id), await get().storage.people.hasFreeze(id)]).toEqual([status, true]);
    });

    it.each(above)('by “this was not me”, of somebody who is %s, opens a case and lies beneath', async (status) => {
      const id = await createMember();
      await freezePerson(toNeeds(), byPerson(id));
      const [notice] = await noticesOf(id);
      await liftByOrder(toNeeds(), id);
      await turn(id, 'active', status);
      expect(notice && (await disownAct(toNeeds(), notice))).toMatchObject({ ok: true, value: { isNew: true } });
      expect([await findStatus(id), await get().storage.people.hasFreeze(id)]).toEqual([status, true]);
    });

    it('by order stands there beside the person’s own', async () => {
      const id = await createMember();
      await turn(id, 'active', 'suspended');
      const ordered = { personId: id, how: 'command', authority: 'ordered', actor: operator } as const;
      expect([await freezePerson(toNeeds(), byPerson(id)), await freezePerson(toNeeds(), ordered)]).toEqual(['beneath', 'beneath']);
      expect((await standing(id)).map(({ authority }) => authority).toSorted()).toEqual(['ordered', 'own']);
      expect(await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person })).toMatchObject({ code: 'freeze/ordered' });
    });

    it('by order ends alone, and only where nothing lies above; the person’s own goes on and is theirs to lift again', async () => {
      const { id } = await createBusy();
      const ordered = { personId: id, how: 'command', authority: 'ordered', actor: operator } as const;
      await freezePerson(toNeeds(), byPerson(id));
      await freezePerson(toNeeds(), ordered);
      await turn(id, 'frozen', 'suspended');
      expect(await liftOrder(toNeeds(), id, {})).toBe('nothing');
      await turn(id, 'suspended', 'frozen');
      const answers = await Promise.all(Array.from({ length: 4 }, async () => liftOrder(toNeeds(), id, {})));
      expect(answers.toSorted()).toEqual(['nothing', 'nothing', 'nothing', 'own-stands']);
      expect([await findStatus(id), (await standing(id)).map(({ authority }) => authority)]).toEqual(['frozen', ['own']]);
      expect((await typesOf(id)).filter((type) => type === 'person.order_lifted' || type === 'person.unfrozen')).toEqual([
        'person.order_lifted',
      ]);
      expect(await eventsTold(id)).toEqual(['account-disabled', 'account-disabled']);
      expect(await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person })).toMatchObject({ ok: true });
      await liftByOrder(toNeeds(), id);
    });

    it('by order that stands alone opens when it ends', async () => {
      const id = await createMember();
      await freezePerson(toNeeds(), { personId: id, how: 'command', authority: 'ordered', actor: operator });
      expect([await liftOrder(toNeeds(), id, {}), await findStatus(id), await standing(id)]).toEqual(['open', 'active', []]);
      expect(await liftOrder(toNeeds(), id, {})).toBe('nothing');
    });

    it('ends by no delay before what lies above is taken back, and then by the delay', async () => {
      const id = await createMember();
      await freezePerson(toNeeds(), byPerson(id));
      await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person });
      await turn(id, 'frozen', 'suspended');
      time.at = now + 48 * hour;
      expect([await liftIfDue(toNeeds(), id), await liftDue(toNeeds()), await findStatus(id)]).toEqual([false, 0, 'suspended']);
      await turn(id, 'suspended', 'frozen');
      expect([await liftDue(toNeeds()), await findStatus(id)]).toEqual([1, 'active']);
      time.at = now;
    });

    it('stops an unfreezing that waits there', async () => {
      const id = await createMember();
      const code = await makeFreezeCode(toNeeds(), id);
      await freezePerson(toNeeds(), byPerson(id));
      await beginUnfreeze(toNeeds(), { personId: id, by: 'passkey', actor: person });
      await turn(id, 'frozen', 'emigrated');
      expect(await freezeByCode(toNeeds(), code)).toBe('beneath');
      expect((await standing(id)).map(({ unfreezeAt }) => unfreezeAt)).toEqual([null]);
    });

    it('is none where the account was closed: nothing leads back to it', async () => {
      const id = await createMember();
      const code = await makeFreezeCode(toNeeds(), id);
      await get().storage.people.saveStatus(id, 'closed', createStatusSaid());
      expect([await freezePerson(toNeeds(), byPerson(id)), await freezeByCode(toNeeds(), code)]).toEqual(['closed', 'unknown']);
      expect([await findStatus(id), await typesOf(id), await standing(id)]).toEqual(['closed', ['freeze_codes.made'], []]);
    });

    it('has an answer for every status', async () => {
      const answers = personStatuses.map(async (status) => {
        const id = await createMember();
        await get().storage.people.saveStatus(id, status, createStatusSaid());
        return [status, await freezePerson(toNeeds(), byPerson(id))];
      });
      expect(Object.fromEntries(await Promise.all(answers))).toEqual({
        active: 'frozen',
        frozen: 'frozen',
        suspended: 'beneath',
        deceased: 'beneath',
        emigrated: 'beneath',
        closed: 'closed',
      });
    });
  });
}
