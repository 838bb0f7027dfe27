// A second process on a database: runs one of the races below each time its parent says which, and answers how many of its attempts won. Its argument is the
// database URL (sqlite:PATH or postgres://…).

import { z } from 'zod';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/open-storage.ts';
import {
  consume,
  createArtefact,
  createEvent,
  createName,
  createPasskey,
  createTokenKey,
  later,
  now,
  saveArtefact,
} from './store-samples.ts';

type Attempt = (storage: Storage, about: string) => Promise<boolean>;

const races: Readonly<Record<string, Attempt>> = {
  code: async ({ engine }, key) => {
    const code = createArtefact({ model: 'AuthorizationCode', key });
    const event = createEvent('service.entered');
    const result = await engine.commit([consume(code), saveArtefact(createArtefact()), { kind: 'append-event', event }], now);
    return result.ok;
  },
  assertion: async ({ engine }, key) => (await engine.commit([{ kind: 'save-replay', key, expiresAt: later }], now)).ok,
  challenge: async ({ passkeys }, id) => (await passkeys.takeCeremony(id)) !== undefined,
  link: async ({ passkeys }, about) => {
    const [personId = '', invitationDigest = ''] = about.split(' ');
    const event = createEvent('passkey.registered');
    return (await passkeys.savePasskey({ passkey: createPasskey(personId), invitationDigest, now, event })) === 'saved';
  },
  subject: async ({ people }, human) => {
    const proposed = createName();
    return (await people.getSubject(human, 'sector', proposed)) === proposed;
  },
  rotation: async ({ keys }, version) => {
    const change = { version: Number(version), keys: [createTokenKey()], events: [createEvent('key.rotated')] };
    return (await keys.saveKeys(change)) === 'saved';
  },
  event: async ({ engine }) => (await engine.commit([{ kind: 'append-event', event: createEvent('data.released') }], now)).ok,
};

const heatSchema = z.object({ race: z.string(), about: z.string(), attempts: z.number() });

const [, , url = ''] = process.argv;
const storage = openStorage(url.startsWith('sqlite:') ? { kind: 'sqlite', path: url.slice('sqlite:'.length) } : { kind: 'postgres', url });

async function run(message: unknown): Promise<number> {
  const { race, about, attempts } = heatSchema.parse(message);
  const attempt = races[race];
  if (attempt === undefined) {
    throw new Error(`no race is called ${race}`);
  }
  const outcomes = await Promise.all(Array.from({ length: attempts }, async () => attempt(storage, about)));
  return outcomes.filter(Boolean).length;
}

await storage.findPendingMigrations();
process.on('message', (message) => void run(message).then((won) => process.send?.(won)));
process.once('disconnect', () => void storage.close());
process.send?.('ready');
