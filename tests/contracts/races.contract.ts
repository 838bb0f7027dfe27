// One winner, from two processes at once, at the ports themselves. What a browser or a service can use once is raced over HTTP (tests/protocol/races.contract.ts).

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createArtefact, createEvent, createName, createPerson, later, now, saveArtefact } from '../support/store-samples.ts';
import { startTwoProcesses } from '../support/two-processes.ts';
import type { TwoProcesses } from '../support/two-processes.ts';
import { isFull } from '../support/counts.ts';
import { countEntries } from './count-entries.ts';

/** Of each process. */
const attempts = 32;
/** Of each race: 200 in the full run, 5 in `npm test`. */
const rounds = isFull ? 200 : 5;
const limits = { timeout: 600_000 } as const;

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
    let processes: TwoProcesses | undefined;
    const race = async (what: string, about: string): Promise<number | undefined> => processes?.race({ race: what, about, attempts });
    beforeAll(async () => {
      opened = await open();
      processes = await startTwoProcesses(opened.url);
    });
    afterAll(async () => {
      await processes?.close();
      await opened?.close();
    });

    const inRounds = (round: () => Promise<void>) => async (): Promise<void> => {
      for (let count = 0; count < rounds; count += 1) {
        await round();
      }
    };

    it(
      'use one code: one exchange wins, and one event tells of it',
      limits,
      inRounds(async () => {
        const code = createArtefact({ model: 'AuthorizationCode' });
        await get().storage.engine.commit([saveArtefact(code)], now);
        const before = await countEntries(get());
        expect(await race('code', code.key)).toBe(1);
        expect(await countEntries(get())).toBe(before + 1);
      }),
    );

    it(
      'send one assertion: one is accepted',
      limits,
      inRounds(async () => {
        expect(await race('assertion', createName())).toBe(1);
      }),
    );

    it(
      'answer one challenge: one takes it',
      limits,
      inRounds(async () => {
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
      }),
    );

    it(
      'use one enrolment link: one passkey is registered',
      limits,
      inRounds(async () => {
        const person = createPerson();
        const digest = createName();
        await get().storage.people.savePeople([person], []);
        await get().storage.people.saveInvitation(
          { digest, personId: person.id, createdAt: now, expiresAt: later, ceiling: 'substantial' },
          createEvent('person.invited'),
        );
        expect(await race('link', `${person.id} ${digest}`)).toBe(1);
        expect(await get().storage.passkeys.listPasskeys(person.id)).toHaveLength(1);
      }),
    );

    it(
      'ask for one subject: one proposal becomes it',
      limits,
      inRounds(async () => {
        expect(await race('subject', createName())).toBe(1);
      }),
    );

    it(
      'FT-13 rotate one version of the keys: one new key is there, and one event tells of it',
      limits,
      inRounds(async () => {
        const before = [(await get().storage.keys.readKeys()).keys.length, await countEntries(get())];
        expect(await race('rotation', String(await get().storage.keys.findVersion()))).toBe(1);
        const after = [(await get().storage.keys.readKeys()).keys.length, await countEntries(get())];
        expect(after).toEqual(before.map((count) => count + 1));
      }),
    );

    it(
      'append events: none is lost',
      limits,
      inRounds(async () => {
        const before = await countEntries(get());
        expect(await race('event', '')).toBe(attempts * 2);
        expect(await countEntries(get())).toBe(before + attempts * 2);
      }),
    );
  });
}
