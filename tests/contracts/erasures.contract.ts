// What every store promises about an account that is closed.

import { describe, expect, it } from 'vitest';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createGrant, createName, createNextDecision, createPasskey, createScene, now } from '../support/store-samples.ts';

const dayMs = 24 * 60 * 60 * 1000;

export function describeErasures(get: () => OpenedDatabase): void {
  describe('an erasure', () => {
    it('destroys key, data, passkeys and what opens entries in one act, once, and frees the identity', async () => {
      const { storage, append, engine } = get();
      const { consent, person, session } = await createGrant(storage);
      await append(Array.from({ length: 2005 }, () => createEvent('service.entered', { personRef: person.id })));
      const event = createEvent('passkey.registered', { personRef: person.id });
      await storage.passkeys.savePasskey({ passkey: createPasskey(person.id), invitationDigest: null, now, event });
      await engine.atomic(function* () {
        yield { text: "UPDATE people SET declared_key = 'key', declared_ciphertext = 'text' WHERE id = ?", values: [person.id] };
      });
      const erasure = () => ({
        personId: person.id,
        handle: createName(),
        registryDigest: createName(),
        event: createEvent('person.erased'),
      });
      expect(await storage.erasures.erasePerson(erasure())).toBe('standing');
      expect(await storage.people.findPersonByRegistry(person.registryDigest)).toMatchObject({ status: 'active', sealed: person.sealed });
      await storage.consents.saveDecision(createNextDecision(consent, { state: 'withdrawn' }));
      expect(await storage.erasures.erasePerson(erasure())).toBe('erased');
      expect(await storage.erasures.erasePerson(erasure())).toBe('unknown');
      await storage.erasures.scrub();
      expect(await storage.people.findPersonByRegistry(person.registryDigest)).toBeUndefined();
      expect(await storage.people.findPerson(person.id)).toMatchObject({ status: 'closed', sealed: { wrappedKey: '', ciphertext: '' } });
      const declared = { text: 'SELECT declared_key, declared_ciphertext FROM people WHERE id = ?', values: [person.id] };
      expect(await engine.read(declared)).toEqual([{ declared_key: null, declared_ciphertext: null }]);
      expect(await storage.passkeys.listPasskeys(person.id)).toEqual([]);
      expect(await storage.engine.listSessions(person.id, now, 0)).toEqual([]);
      expect(session.personId).toBe(person.id);
      const left = async () =>
        (await engine.read({ text: 'SELECT entry_id FROM entry_secrets WHERE person_ref = ?', values: [person.id] })).length;
      expect(await left()).toBeGreaterThan(0);
      expect(await storage.erasures.continueErasures(now)).toBeGreaterThan(0);
      expect(await left()).toBe(0);
    });

    it('looks for late entries for a day, and then is done', async () => {
      const { storage, append, engine } = get();
      const { person } = await createScene(storage);
      const event = createEvent('person.erased');
      await storage.erasures.erasePerson({ personId: person.id, handle: createName(), registryDigest: createName(), event });
      await append([createEvent('service.entered', { personRef: person.id })]);
      while ((await storage.erasures.continueErasures(event.at)) > 0) {
        // Until nothing is left that was there.
      }
      const find = async (text: string) => engine.read({ text, values: [person.id] });
      expect(await find('SELECT entry_id FROM entry_secrets WHERE person_ref = ?')).toEqual([]);
      expect(await find('SELECT person_id FROM erasures WHERE person_id = ? AND done_at IS NULL')).toHaveLength(1);
      await storage.erasures.continueErasures(event.at + dayMs + 1);
      expect(await find('SELECT person_id FROM erasures WHERE person_id = ? AND done_at IS NULL')).toEqual([]);
    });
  });
}
