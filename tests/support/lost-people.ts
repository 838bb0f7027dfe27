// People who were enrolled long ago, with an address of their own, and then lost their passkey.

import type { StoredPerson } from '../../src/domain/people/person.ts';
import { createTraveller, enrol } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import { askForCode, codesTo, giveCode, lettersTo, waitForRecoveryLetter } from './recovery-journey.ts';
import { watchWorld } from './case-world.ts';
import type { Watch } from './case-world.ts';
import { mailEnv } from './mailbox.ts';
import { hours, shiftTime } from './shift-time.ts';
import type { ShiftedTime } from './shift-time.ts';
import type { Answered } from './user-agent.ts';
import { createWorld, sampleData } from './world.ts';
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

export type LostWorld = LostPeople & {
  readonly world: World;
  readonly watch: Watch;
  readonly time: ShiftedTime;
  readonly countEntries: (lost: Lost, type: string) => number;
  readonly close: () => Promise<void>;
};

/** A world in which letters are written and time is moved. */
export async function createLostWorld(env: Readonly<Record<string, string>> = {}): Promise<LostWorld> {
  const time = shiftTime();
  const world = await createWorld({ env: { ...mailEnv, ...env } });
  const watch = watchWorld(world);
  const text = 'SELECT entries.id FROM entries JOIN entry_secrets ON entry_id = entries.id WHERE person_ref = ? AND type = ?';
  return {
    ...createLostPeople(world, time),
    world,
    watch,
    time,
    countEntries: ({ person }, type) => watch.database.rows(text, person.id, type).length,
    close: async () => {
      watch.close();
      await world.close();
      time.restore();
    },
  };
}
