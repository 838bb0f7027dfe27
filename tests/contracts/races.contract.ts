// One winner, from two processes at once.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createArtefact, createEvent, createName, createPerson, later, now, saveArtefact } from '../support/store-samples.ts';
import { raceTwice } from '../support/two-processes.ts';
import { countEntries } from './count-entries.ts';

const attempts = 32;

/** `open` also says how another process opens the same database. */
export function describeRaces(name: string, open: () => Promise<OpenedDatabase & { readonly url: string }>): void {
  describe(`64 attempts from two processes on ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>> | undefined;
    const get = (): Awaited<ReturnType<typeof open>> => {
      if (opened === undefined) {
        throw new Error('the database is not open yet');
      }
      return opened;
    };
    const race = async (what: string, about: string): Promise<number> => raceTwice({ url: get().url, name: what, attempts, about });
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => opened?.close());

    it('use one code: one exchange wins, and one event tells of it', async () => {
      const code = createArtefact({ model: 'AuthorizationCode' });
      await get().storage.engine.commit([saveArtefact(code)], now);
      const before = await countEntries(get());
      expect(await race('code', code.key)).toBe(1);
      expect(await countEntries(get())).toBe(before + 1);
    });

    it('send one assertion: one is accepted', async () => {
      expect(await race('assertion', createName())).toBe(1);
    });

    it('answer one challenge: one takes it', async () => {
      const id = createName();
      await get().storage.passkeys.saveCeremony({
        id,
        challenge: createName(),
        purpose: 'sign-in',
        personId: null,
        binding: '',
        expiresAt: later,
      });
      expect(await race('challenge', id)).toBe(1);
    });

    it('use one enrolment link: one passkey is registered', async () => {
      const person = createPerson();
      const digest = createName();
      await get().storage.people.savePeople([person], []);
      await get().storage.people.saveInvitation(
        { digest, personId: person.id, createdAt: now, expiresAt: later },
        createEvent('person.invited'),
      );
      expect(await race('link', `${person.id} ${digest}`)).toBe(1);
      expect(await get().storage.passkeys.listPasskeys(person.id)).toHaveLength(1);
    });

    it('ask for one subject: one proposal becomes it', async () => {
      expect(await race('subject', createName())).toBe(1);
    });

    it('FT-13 rotate one version of the keys: one new key is there, and one event tells of it', async () => {
      const before = [(await get().storage.keys.readKeys()).keys.length, await countEntries(get())];
      expect(await race('rotation', String(await get().storage.keys.findVersion()))).toBe(1);
      const after = [(await get().storage.keys.readKeys()).keys.length, await countEntries(get())];
      expect(after).toEqual(before.map((count) => count + 1));
    });

    it('append events: none is lost', async () => {
      const before = await countEntries(get());
      expect(await race('event', '')).toBe(attempts * 2);
      expect(await countEntries(get())).toBe(before + attempts * 2);
    });
  });
}
