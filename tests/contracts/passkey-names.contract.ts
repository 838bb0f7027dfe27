// What every store promises of the names of passkeys, of the offer of a second one right after enrolment, and of how many there can be.

import { describe, expect, it } from 'vitest';
import { mostPasskeys } from '../../src/domain/passkeys/passkey.ts';
import type { SavedRegistration, SpareOffer } from '../../src/domain/passkeys/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPasskey, createPerson, createSession, later, now, saveSession } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';
import { createStatusSaid } from '../support/status-said.ts';

export function describePasskeyNames(get: () => OpenedDatabase): void {
  const createMember = async (): Promise<string> => {
    const person = createPerson();
    await get().storage.people.savePeople([person], []);
    return person.id;
  };
  const save = async (passkey: SavedRegistration['passkey'], right: Partial<SavedRegistration> = {}): Promise<string> =>
    get().storage.passkeys.savePasskey({ passkey, invitationDigest: null, now, event: createEvent('passkey.registered'), ...right });
  const createOffer = (personId: string, changes: Partial<SpareOffer> = {}): SpareOffer => ({
    digest: createName(),
    personId,
    ceiling: 'substantial',
    expiresAt: later,
    ...changes,
  });
  const name = async (personId: string, passkeyId: string, isNamed = true): Promise<boolean> =>
    get().storage.passkeys.saveName({
      personId,
      passkeyId,
      sealed: isNamed ? { wrappedKey: createName(), ciphertext: createName() } : null,
      event: createEvent('passkey.renamed'),
    });

  describe('names of passkeys', () => {
    it('are given, replaced and taken away by their person alone, each with an entry, and outlive the passkey', async () => {
      const { passkeys } = get().storage;
      const [personId, other] = [await createMember(), await createMember()];
      const [kept, removed] = [createPasskey(personId), createPasskey(personId)];
      await Promise.all([save(kept), save(removed)]);
      const before = await countEntries(get());
      expect([await name(personId, kept.id), await name(personId, kept.id), await name(personId, removed.id)]).toEqual([true, true, true]);
      expect([await name(other, kept.id), await name(personId, createName())]).toEqual([false, false]);
      expect(await countEntries(get())).toBe(before + 3);
      const end = { ids: [removed.id], reason: 'removed', at: later, keepsOne: true, events: [] } as const;
      await passkeys.endPasskeys({ personId, ...end, sealSessionEnd: () => createEvent('session.ended') });
      expect(await name(personId, removed.id)).toBe(false);
      expect((await passkeys.listNames(personId)).map(({ passkeyId }) => passkeyId).toSorted()).toEqual([kept.id, removed.id].toSorted());
      expect([await passkeys.listEndedPasskeys(personId), await passkeys.findEndedPasskey(removed.id)]).toEqual([
        [{ ...removed, endReason: 'removed' }],
        removed,
      ]);
      expect(await passkeys.findEndedPasskey(kept.id)).toBeUndefined();
      expect(await name(personId, kept.id, false)).toBe(true);
      expect((await passkeys.listNames(personId)).map(({ passkeyId }) => passkeyId)).toEqual([removed.id]);
      expect(await passkeys.listNames(other)).toEqual([]);
    });
  });

  describe('the offer of a second passkey', () => {
    it('comes with the first one as far as its link reached, and is taken once, however many come at once', async () => {
      const { people, passkeys } = get().storage;
      const personId = await createMember();
      const invitation = { digest: createName(), personId, createdAt: now, expiresAt: later, ceiling: 'high' } as const;
      await people.saveInvitation(invitation, createEvent('person.invited'));
      const offer = createOffer(personId);
      expect(await save(createPasskey(personId), { invitationDigest: invitation.digest, opens: offer })).toBe('saved');
      expect(await passkeys.findOffer(offer.digest, now)).toEqual({ ...offer, ceiling: 'high' });
      const spares = Array.from({ length: 12 }, () => createPasskey(personId));
      const outcomes = await Promise.all(spares.map(async (spare) => save(spare, { offerDigest: offer.digest })));
      expect(outcomes.filter((outcome) => outcome !== 'enrolment/offer-ended')).toEqual(['saved']);
      const held = await passkeys.listPasskeys(personId);
      expect(held.map(({ ceiling }) => ceiling)).toEqual(['high', 'high']);
    });

    it('is for its person alone, while they are active, until its time, until it is skipped and until they sign in', async () => {
      const { people, passkeys, engine } = get().storage;
      const personId = await createMember();
      const open = async (changes: Partial<SpareOffer> = {}): Promise<SpareOffer> => {
        const offer = createOffer(personId, changes);
        await save(createPasskey(personId), { opens: offer });
        return offer;
      };
      const take = async ({ digest }: SpareOffer, owner = personId): Promise<string> => save(createPasskey(owner), { offerDigest: digest });
      const first = await open();
      const second = await open();
      expect([await take(first), await take(second, await createMember())]).toEqual(['enrolment/offer-ended', 'enrolment/offer-ended']);
      expect(await take(await open({ expiresAt: now }))).toBe('enrolment/offer-ended');
      const skipped = await open();
      await passkeys.endOffer(skipped.digest);
      expect(await take(skipped)).toBe('enrolment/offer-ended');
      const frozen = await open();
      await people.saveStatus(personId, 'frozen', createStatusSaid());
      expect(await take(frozen)).toBe('enrolment/offer-ended');
      await people.saveStatus(personId, 'active', createStatusSaid());
      const last = await open();
      const [used] = await passkeys.listPasskeys(personId);
      await engine.commit([saveSession(createSession(personId, { passkeyId: used?.id ?? '' }), null, true)], now);
      expect([await passkeys.findOffer(last.digest, now), await take(last)]).toEqual([undefined, 'enrolment/offer-ended']);
    });
  });

  describe('the passkeys of one person', () => {
    it(`are at most ${mostPasskeys}, also when the last ones come at once`, async () => {
      const { passkeys } = get().storage;
      const personId = await createMember();
      for (let count = 2; count < mostPasskeys; count += 1) {
        await save(createPasskey(personId));
      }
      const outcomes = await Promise.all(Array.from({ length: 6 }, async () => save(createPasskey(personId))));
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(2);
      expect(new Set(outcomes)).toEqual(new Set(['saved', 'passkey/too-many']));
      expect(await passkeys.listPasskeys(personId)).toHaveLength(mostPasskeys);
    });
  });
}
