// What every store of people promises.

import { describe, expect, it } from 'vitest';
import { personStatuses } from '../../src/domain/people/person.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPerson, later, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';
import { createStatusSaid } from '../support/status-said.ts';

export function describePeopleStore(get: () => OpenedDatabase): void {
  describe('people', () => {
    it('are found by id, by registry identity and by passkey handle, exactly as they were saved', async () => {
      const { people } = get().storage;
      const person = createPerson({ language: 'ar', kind: 'gcc' });
      await people.savePeople([person, createPerson()], []);
      expect(await people.findPerson(person.id)).toEqual(person);
      expect(await people.findPersonByRegistry(person.registryDigest)).toEqual(person);
      expect(await people.findPersonByHandle(person.handle)).toEqual(person);
      expect(await people.findPerson(createName())).toBeUndefined();
    });

    it('keep id, handle, status and language when the same human being is imported again', async () => {
      const { people } = get().storage;
      const person = createPerson({ status: 'suspended', language: 'en' });
      await people.savePeople([person], []);
      const again = createPerson({ registryDigest: person.registryDigest, kind: 'resident', updatedAt: later });
      await people.savePeople([again], []);
      expect(await people.findPerson(person.id)).toEqual({ ...person, kind: 'resident', sealed: again.sealed, updatedAt: later });
      expect(await people.findPerson(again.id)).toBeUndefined();
    });

    it('are not saved at all when one of the batch or its event cannot be', async () => {
      const { storage } = get();
      const taken = createPerson();
      await storage.people.savePeople([taken], []);
      const fresh = createPerson();
      const event = createEvent('person.imported');
      const conflict = storage.people.savePeople([fresh, createPerson({ handle: taken.handle })], [event]);
      await expect(conflict).rejects.toMatchObject({ code: 'store/conflict' });
      expect(await storage.people.findPerson(fresh.id)).toBeUndefined();
      await get().append([event]);
      await expect(storage.people.savePeople([fresh], [event])).rejects.toMatchObject({ code: 'ledger/unavailable' });
      expect(await storage.people.findPerson(fresh.id)).toBeUndefined();
    });

    it.each(personStatuses)('take the status %s together with its event', async (status) => {
      const { people } = get().storage;
      const person = createPerson();
      await people.savePeople([person], []);
      const before = await countEntries(get());
      await people.saveStatus(person.id, status, createStatusSaid(createEvent('person.status_changed', { personRef: person.id })));
      expect(await people.findPerson(person.id)).toMatchObject({ status });
      // Nobody can open what is said of a closed account, and a second entry accounts for that.
      expect(await countEntries(get())).toBe(before + (status === 'closed' ? 2 : 1));
    });

    it('leave no event when there is nobody whose status could change', async () => {
      const before = await countEntries(get());
      await expect(get().storage.people.saveStatus(createName(), 'frozen', createStatusSaid())).rejects.toMatchObject({
        code: 'person/unknown',
      });
      expect(await countEntries(get())).toBe(before);
    });

    it('keep their choice of language', async () => {
      const { people } = get().storage;
      const person = createPerson();
      await people.savePeople([person], []);
      await people.saveLanguage(person.id, 'en');
      expect(await people.findPerson(person.id)).toEqual({ ...person, language: 'en' });
    });
  });
  describeInvitations(get);
  describeSubjects(get);
}

function describeInvitations(get: () => OpenedDatabase): void {
  describe('invitations', () => {
    it('are found until they expire, as often as somebody looks', async () => {
      const { people } = get().storage;
      const person = createPerson();
      await people.savePeople([person], []);
      const invitation = { digest: createName(), personId: person.id, createdAt: now, expiresAt: later, ceiling: 'high' } as const;
      await people.saveInvitation(invitation, createEvent('person.invited', { personRef: person.id }));
      expect(await people.findInvitation(invitation.digest, now)).toEqual(invitation);
      expect(await people.findInvitation(invitation.digest, later - 1)).toEqual(invitation);
      expect(await people.findInvitation(invitation.digest, later)).toBeUndefined();
    });

    it('stop working when a newer one is made, and other people keep theirs', async () => {
      const { people } = get().storage;
      const [person, other] = [createPerson(), createPerson()];
      await people.savePeople([person, other], []);
      const invite = (personId: string) =>
        ({ digest: createName(), personId, createdAt: now, expiresAt: later, ceiling: 'substantial' }) as const;
      const [first, second, others] = [invite(person.id), invite(person.id), invite(other.id)];
      for (const invitation of [first, others, second]) {
        await people.saveInvitation(invitation, createEvent('person.invited'));
      }
      expect(await people.findInvitation(first.digest, now)).toBeUndefined();
      expect(await people.findInvitation(second.digest, now)).toEqual(second);
      expect(await people.findInvitation(others.digest, now)).toEqual(others);
    });

    it('are made for nobody who is not active, and leave the entry unwritten', async () => {
      const { people } = get().storage;
      const person = createPerson();
      await people.savePeople([person], []);
      await people.saveStatus(person.id, 'frozen', createStatusSaid(createEvent('person.status_changed', { personRef: person.id })));
      const before = await countEntries(get());
      const invitation = { digest: createName(), personId: person.id, createdAt: now, expiresAt: later, ceiling: 'substantial' } as const;
      expect(await people.saveInvitation(invitation, createEvent('person.invited', { personRef: person.id }))).toBe('person/unknown');
      expect([await people.findInvitation(invitation.digest, now), await countEntries(get())]).toEqual([undefined, before]);
    });

    it('leave one working link when several are made at once', async () => {
      const { people } = get().storage;
      const person = createPerson();
      await people.savePeople([person], []);
      const digests = Array.from({ length: 8 }, createName);
      await Promise.all(
        digests.map(async (digest) =>
          people.saveInvitation(
            { digest, personId: person.id, createdAt: now, expiresAt: later, ceiling: 'substantial' },
            createEvent('person.invited'),
          ),
        ),
      );
      const found = await Promise.all(digests.map(async (digest) => people.findInvitation(digest, now)));
      expect(found.filter((invitation) => invitation !== undefined)).toHaveLength(1);
    });
  });
}

function describeSubjects(get: () => OpenedDatabase): void {
  describe('subjects', () => {
    it('are one for a human being in a sector, whoever asks first and however many ask at once', async () => {
      const { people } = get().storage;
      const human = createName();
      const given = await Promise.all(Array.from({ length: 16 }, async () => people.getSubject(human, 'mol', createName())));
      expect(new Set(given).size).toBe(1);
      expect(await people.getSubject(human, 'mol', createName())).toBe(given[0]);
    });

    it('differ between sectors and between human beings', async () => {
      const { people } = get().storage;
      const [human, other] = [createName(), createName()];
      const given = [
        await people.getSubject(human, 'mol', createName()),
        await people.getSubject(human, 'moh', createName()),
        await people.getSubject(other, 'mol', createName()),
      ];
      expect(new Set(given).size).toBe(3);
    });
  });
}
