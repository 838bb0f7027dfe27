// What every store of declarations promises: limits hold whoever asks at once, a try is nobody else's, and what a person declares is written with its entry.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/domain/declared/channel.ts';
import { codeLimits } from '../../src/domain/declared/contact-change.ts';
import type { CodeLimit, ContactChange } from '../../src/domain/declared/contact-change.ts';
import type { SentCode } from '../../src/domain/declared/store.ts';
import { toDigest } from '../../src/domain/kernel/ids.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createOutboxMessage, createPerson, later, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';
import { createStatusSaid } from '../support/status-said.ts';

const minute = 60_000;
const hour = 60 * minute;

function createChange(personId: string, changes: Partial<ContactChange> = {}): ContactChange {
  return {
    id: createName(),
    personId,
    channel: 'email',
    sessionDigest: 'session',
    destination: { wrappedKey: createName(), ciphertext: createName() },
    codeDigest: createName(),
    tries: 0,
    begunAt: now,
    sentAt: now,
    expiresAt: later,
    ...changes,
  };
}

type Asked = {
  readonly personId: string;
  readonly at: number;
  readonly channel?: Channel;
  readonly destination?: string;
  readonly limits?: readonly CodeLimit[];
};

export function describeDeclaredStore(get: () => OpenedDatabase): void {
  describe('declarations', () => {
    let person: StoredPerson;

    const addPerson = async (): Promise<StoredPerson> => {
      const added = createPerson();
      await get().storage.people.savePeople([added], []);
      return added;
    };

    beforeEach(async () => {
      person = await addPerson();
    });

    const send = async ({ personId, at, channel = 'email', destination = personId, limits = codeLimits }: Asked) => {
      const change = createChange(personId, { channel, sentAt: at });
      const destinationDigest = toDigest(destination);
      const sent: SentCode = { id: createName(), personId, channel, destinationDigest, sentAt: at, expiresAt: at + 24 * hour };
      const message = createOutboxMessage({ topic: 'mail', personId, createdAt: at });
      const outcome = await get().storage.declared.saveChange({ change, sent, limits, message });
      return { outcome, change, message };
    };

    const isWaiting = async (id: string): Promise<boolean> => {
      const messages = await get().storage.outbox.list({ state: 'waiting', limit: 10_000 });
      return messages.some((message) => message.id === id);
    };

    it('keep one change for each channel: a newer one takes its place, with its message', async () => {
      const { declared } = get().storage;
      const first = await send({ personId: person.id, at: now });
      expect(await declared.findChange(person.id, 'email')).toEqual(first.change);
      expect(await isWaiting(first.message.id)).toBe(true);
      const second = await send({ personId: person.id, at: now + minute });
      const other = await send({ personId: person.id, at: now + minute, channel: 'phone' });
      expect(await declared.findChange(person.id, 'email')).toEqual(second.change);
      expect(await declared.findChange(person.id, 'phone')).toEqual(other.change);
      expect(await declared.findChange((await addPerson()).id, 'email')).toBeUndefined();
    });

    it('send a minute apart, five an hour and ten a day to one person, and leave nothing of what is refused', async () => {
      const early = await send({ personId: person.id, at: now });
      const hasty = await send({ personId: person.id, at: now + minute - 1, destination: 'another' });
      expect([early.outcome, hasty.outcome]).toEqual(['saved', 'contact/too-many-codes']);
      expect(await get().storage.declared.findChange(person.id, 'email')).toEqual(early.change);
      expect(await isWaiting(hasty.message.id)).toBe(false);
      const counted: string[] = [];
      for (const [index, at] of [1, 2, 3, 4, 5, 60, 61, 62, 63, 64, 65, 125].entries()) {
        counted.push((await send({ personId: person.id, at: now + at * minute, destination: `address-${person.id}-${index}` })).outcome);
      }
      const tooMany = 'contact/too-many-codes';
      expect(counted).toEqual(['saved', 'saved', 'saved', 'saved', tooMany, 'saved', 'saved', 'saved', 'saved', 'saved', tooMany, tooMany]);
    });

    it('send three codes an hour to one address, whoever asks and however many at once', async () => {
      const people = await Promise.all(Array.from({ length: 8 }, addPerson));
      const destination = createName();
      const asked = await Promise.all(people.map(async ({ id }) => send({ personId: id, at: now, destination })));
      expect(asked.filter(({ outcome }) => outcome === 'saved')).toHaveLength(3);
      expect((await send({ personId: (await addPerson()).id, at: now + hour, destination })).outcome).toBe('saved');
    });

    it('count a try before it is compared, each for one caller, up to the last', async () => {
      const { declared } = get().storage;
      const { change } = await send({ personId: person.id, at: now });
      const asked = { id: change.id, sessionDigest: 'session', now: now + 1, mostTries: 5 };
      const taken = await Promise.all(Array.from({ length: 9 }, async () => declared.takeTry(asked)));
      const tries = taken.filter((one) => one !== undefined).map((one) => one.tries);
      expect(tries.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5]);
      expect((await declared.findChange(person.id, 'email'))?.tries).toBe(5);
    });

    it('give no try to another session, nor after the time of the code', async () => {
      const { declared } = get().storage;
      const { change } = await send({ personId: person.id, at: now });
      const asked = { id: change.id, sessionDigest: 'session', now, mostTries: 5 };
      expect(await declared.takeTry({ ...asked, sessionDigest: 'another' })).toBeUndefined();
      expect(await declared.takeTry({ ...asked, now: later })).toBeUndefined();
      expect(await declared.takeTry({ ...asked, now: later - 1 })).toMatchObject({ tries: 1 });
    });

    const save = async (changes: Partial<Parameters<OpenedDatabase['storage']['declared']['saveDeclared']>[0]> = {}) =>
      get().storage.declared.saveDeclared({
        personId: person.id,
        expected: null,
        declared: { wrappedKey: 'key', ciphertext: 'own' },
        proven: null,
        event: createEvent('person.changed', { personRef: person.id, attributes: ['email'] }),
        messages: [],
        ...changes,
      });

    it('write what a person declares with its entry and its letters, and an import leaves it alone', async () => {
      const { people } = get().storage;
      const before = await countEntries(get());
      const message = createOutboxMessage({ topic: 'mail' });
      expect(await save({ messages: [message] })).toBe('saved');
      expect(await countEntries(get())).toBe(before + 1);
      expect(await isWaiting(message.id)).toBe(true);
      await people.savePeople([createPerson({ registryDigest: person.registryDigest })], []);
      expect((await people.findPerson(person.id))?.declared).toEqual({ wrappedKey: 'key', ciphertext: 'own' });
    });

    it('write nothing over what changed meanwhile, nor for somebody who is not active', async () => {
      const { people } = get().storage;
      expect(await save({ expected: 'something else' })).toBe('store/conflict');
      await save();
      const before = await countEntries(get());
      expect(await save()).toBe('store/conflict');
      expect(await save({ expected: 'own', declared: { wrappedKey: 'key', ciphertext: 'newer' } })).toBe('saved');
      expect(await countEntries(get())).toBe(before + 1);
      await people.saveStatus(person.id, 'frozen', createStatusSaid(createEvent('person.status_changed', { personRef: person.id })));
      expect(await save({ expected: 'newer' })).toBe('store/conflict');
    });

    it('let a proven change be used once, whoever comes at the same moment', async () => {
      const { change } = await send({ personId: person.id, at: now });
      const proven = { id: change.id, codeDigest: change.codeDigest };
      expect(await save({ proven: { ...proven, codeDigest: 'of a code before' } })).toBe('contact/code-ended');
      expect((await get().storage.people.findPerson(person.id))?.declared).toBeNull();
      const before = await countEntries(get());
      const outcomes = await Promise.all([save({ proven }), save({ proven }), save({ proven })]);
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect(await countEntries(get())).toBe(before + 1);
      expect(await get().storage.declared.findChange(person.id, 'email')).toBeUndefined();
      expect(await save({ proven, expected: 'own' })).toBe('contact/code-ended');
    });

    it('change nothing when the entry cannot be written', async () => {
      const event = createEvent('person.changed', { personRef: person.id });
      await get().append([event]);
      await expect(save({ event })).rejects.toMatchObject({ code: 'ledger/unavailable' });
      expect((await get().storage.people.findPerson(person.id))?.declared).toBeNull();
    });

    it('leave nothing when the account is closed: no key, no change, no letter', async () => {
      const { storage } = get();
      await save();
      const { message } = await send({ personId: person.id, at: now });
      const event = createEvent('person.erased', { personRef: person.id });
      await storage.erasures.erasePerson({ personId: person.id, handle: createName(), registryDigest: createName(), event });
      expect((await storage.people.findPerson(person.id))?.declared).toBeNull();
      expect(await storage.declared.findChange(person.id, 'email')).toBeUndefined();
      expect(await isWaiting(message.id)).toBe(false);
    });

    it('forget codes and changes a day after their time', async () => {
      const { declared } = get().storage;
      await send({ personId: person.id, at: now });
      await get().storage.removeExpired(later + 24 * hour + 1);
      expect(await declared.findChange(person.id, 'email')).toBeUndefined();
    });
  });
}
