// People who were enrolled long ago, with an address of their own, and then lost their passkey.

import type { StoredPerson } from '../../src/domain/people/person.ts';
import { createTraveller, enrol } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import { askForCode, codesTo, giveCode, lettersTo, waitForRecoveryLetter } from './recovery-journey.ts';
import { hours } from './shift-time.ts';
import type { ShiftedTime } from './shift-time.ts';
import type { Answered } from './user-agent.ts';
import { sampleData } from './world.ts';
import type { World } from './world.ts';

export type Lost = { readonly person: StoredPerson; readonly number: string; readonly email: string; readonly before: Traveller };

export type LostPeople = {
  readonly create: () => Promise<Lost>;
  /** From the number to the page after the code, in a browser of its own. */
  readonly begin: (lost: Lost) => Promise<Answered>;
};

export function createLostPeople(world: World, time: ShiftedTime): LostPeople {
  let count = 0;
  return {
    create: async () => {
      count += 1;
      const email = `lost-${count}@example.test`;
      const person = await world.addPerson('citizen', { ...sampleData, email });
      const before = createTraveller(world.issuer);
      await enrol(before, await world.invite(person));
      time.advance(hours(24 * 8));
      return { person, number: count === 1 ? '1000000008' : `test-${count}`, email, before };
    },
    begin: async ({ number, email }) => {
      const stranger = createTraveller(world.issuer);
      const sent = codesTo(world, email).length;
      await askForCode(stranger, number);
      return giveCode(stranger, (await waitForRecoveryLetter(world, email, sent + 1)).code);
    },
  };
}

/** Empty until the letter is there. */
export function readCancelUrl(world: World, email: string): string {
  const letter = lettersTo(world, email).find(({ text }) => text.includes('/recover/cancel/'));
  return /https?:\/\/\S+\/recover\/cancel\/[\w-]{43}/.exec(letter?.text ?? '')?.[0] ?? '';
}
