// What a look-up of one consent costs in a register of a thousand, and of ten million: the statement that a remembered sign-in asks.

import { readConfig } from '../../src/config/read-config.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import { createHuwiyaWorld } from '../huwiya-world.ts';
import { createRegistry } from '../registry.ts';
import { fillRegister, toFilledPerson, toFilledService } from './fill-register.ts';
import type { Filling } from './fill-register.ts';

const lookUps = 20_000;

/** Different people in no order. */
const toPlace = (turn: number, people: number): number => Math.floor(((turn * 0.618_034) % 1) * people);

async function ask({ consents }: Storage, filling: Filling, count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    const person = toPlace(turn, filling.people);
    const found = await consents.findConsentFor(toFilledPerson(person), toFilledService(person, filling), 'measurement');
    if (found === undefined) {
      throw new Error(`nothing was found of the person at ${person}`);
    }
  }
}

/** Microseconds of CPU for one, the process of the database left out. `database`: an address of PostgreSQL. */
export async function measureLookUps(filling: Filling, database: string | undefined): Promise<number> {
  const registry = createRegistry(filling.services);
  const settings = database === undefined ? {} : { database };
  const world = await createHuwiyaWorld(registry, [registry.services.slice(0, 1)], { settings });
  try {
    await fillRegister(database ?? world.databaseFile, filling);
    const read = readConfig({ file: world.settingsFile, env: database === undefined ? {} : { HUWIYA_DATABASE: database } });
    if (!read.ok) {
      throw new Error('the settings of the world cannot be read');
    }
    const storage = openStorage(read.value.database);
    await ask(storage, filling, lookUps / 4);
    const before = process.cpuUsage();
    await ask(storage, filling, lookUps);
    const { system, user } = process.cpuUsage(before);
    await storage.close();
    return (system + user) / lookUps;
  } finally {
    world.remove();
  }
}
