// A second process on a database: runs one of the races below when its parent says go, and answers how many of its attempts won.
// Arguments: database URL (sqlite:PATH or postgres://…), race, number of attempts, then what the race is about.

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

const [, , url = '', race = '', attempts = '0', about = ''] = process.argv;
const storage = openStorage(url.startsWith('sqlite:') ? { kind: 'sqlite', path: url.slice('sqlite:'.length) } : { kind: 'postgres', url });
const attempt = races[race];
if (attempt === undefined) {
  throw new Error(`no race is called ${race}`);
}
await storage.findPendingMigrations();
process.once('message', () => {
  void Promise.all(Array.from({ length: Number(attempts) }, async () => attempt(storage, about))).then(async (outcomes) => {
    await storage.close();
    process.send?.(outcomes.filter(Boolean).length, () => process.disconnect());
  });
});
process.send?.('ready');
