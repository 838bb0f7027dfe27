// What every store of proofings promises.

import { describe, expect, it } from 'vitest';
import type { ProofingIssuer } from '../../src/domain/proofing/issuer.ts';
import type { StoredProofing } from '../../src/domain/proofing/proofing.ts';
import type { ProvenEnrolment } from '../../src/domain/proofing/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPasskey, createPerson, later, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';
import { createStatusSaid } from '../support/status-said.ts';

const createStoredProofing = (personId: string, changes: Partial<StoredProofing> = {}): StoredProofing => ({
  id: createName(),
  personId,
  at: now,
  isHigh: true,
  sealed: { wrappedKey: createName(), ciphertext: createName() },
  ...changes,
});

const createEnrolment = (personId: string, changes: Partial<StoredProofing> = {}): ProvenEnrolment => ({
  proofing: createStoredProofing(personId, changes),
  invitation: { digest: createName(), personId, createdAt: now, expiresAt: later, ceiling: 'high' },
  events: [createEvent('person.proofed', { personRef: personId }), createEvent('person.invited', { personRef: personId })],
  once: null,
});

export function describeProofingStore(get: () => OpenedDatabase): void {
  const createMember = async (): Promise<string> => {
    const person = createPerson();
    await get().storage.people.savePeople([person], []);
    return person.id;
  };
  const register = async (personId: string, invitationDigest: string | null): Promise<string> =>
    get().storage.passkeys.savePasskey({
      passkey: createPasskey(personId),
      invitationDigest,
      now,
      event: createEvent('passkey.registered'),
    });

  describe('proofings', () => {
    it('are saved with their code and their entries, and listed for their person, the newest first', async () => {
      const { proofings, people } = get().storage;
      const [personId, otherId] = [await createMember(), await createMember()];
      const [older, newer, foreign] = [
        createEnrolment(personId),
        createEnrolment(personId, { at: later, isHigh: false }),
        createEnrolment(otherId),
      ];
      const before = await countEntries(get());
      for (const enrolment of [newer, older, foreign]) {
        expect(await proofings.saveEnrolment(enrolment)).toBe('saved');
      }
      expect(await countEntries(get())).toBe(before + 6);
      expect(await proofings.listProofings(personId)).toEqual([newer.proofing, older.proofing]);
      expect(await proofings.listProofings(createName())).toEqual([]);
      // Of two codes the one that was handed out last works.
      expect(await people.findInvitation(newer.invitation.digest, now)).toBeUndefined();
      expect(await people.findInvitation(older.invitation.digest, now)).toEqual(older.invitation);
    });

    it('leave nothing behind where an entry cannot be written', async () => {
      const { proofings, people } = get().storage;
      const personId = await createMember();
      const taken = createEvent('person.proofed');
      await get().append([taken]);
      const enrolment = { ...createEnrolment(personId), events: [taken] };
      await expect(proofings.saveEnrolment(enrolment)).rejects.toMatchObject({ code: 'ledger/unavailable' });
      expect([await proofings.listProofings(personId), await people.findInvitation(enrolment.invitation.digest, now)]).toEqual([
        [],
        undefined,
      ]);
    });

    it('let nobody in who has a passkey, and leave a link that was handed out otherwise as it was', async () => {
      const { proofings, people } = get().storage;
      const personId = await createMember();
      await register(personId, null);
      const other = { digest: createName(), personId, createdAt: now, expiresAt: later, ceiling: 'substantial' } as const;
      await people.saveInvitation(other, createEvent('person.invited'));
      const before = await countEntries(get());
      const enrolment = createEnrolment(personId);
      expect(await proofings.saveEnrolment(enrolment)).toBe('person/enrolled');
      expect([await countEntries(get()), await proofings.listProofings(personId)]).toEqual([before, []]);
      expect(await people.findInvitation(enrolment.invitation.digest, now)).toBeUndefined();
      expect(await people.findInvitation(other.digest, now)).toEqual(other);
    });

    it('let nobody in whose passkeys have all ended', async () => {
      const { proofings, passkeys, people } = get().storage;
      const personId = await createMember();
      await register(personId, null);
      const ending = { personId, ids: null, reason: 'copied', at: later, keepsOne: false, events: [] } as const;
      expect(await passkeys.endPasskeys({ ...ending, sealSessionEnd: () => createEvent('session.ended') })).toBe(true);
      const enrolment = createEnrolment(personId);
      expect(await proofings.saveEnrolment(enrolment)).toBe('person/enrolled');
      expect([await proofings.listProofings(personId), await people.findInvitation(enrolment.invitation.digest, now)]).toEqual([
        [],
        undefined,
      ]);
    });

    it('are saved with a level code for somebody who has a passkey, of which the newest works, and for nobody else', async () => {
      const { proofings, passkeys } = get().storage;
      const [personId, newcomer] = [await createMember(), await createMember()];
      await register(personId, null);
      const prove = (id: string) => ({
        proofing: createStoredProofing(id),
        code: { digest: createName(), personId: id, expiresAt: later },
        events: [createEvent('person.level_code_made', { personRef: id })],
      });
      const before = await countEntries(get());
      const [older, newer, foreign] = [prove(personId), prove(personId), prove(newcomer)];
      expect(await proofings.saveLevelCode(older)).toBe('saved');
      expect(await proofings.saveLevelCode(newer)).toBe('saved');
      expect(await proofings.saveLevelCode(foreign)).toBe('person/without-passkey');
      expect(await countEntries(get())).toBe(before + 2);
      expect(await proofings.listProofings(newcomer)).toEqual([]);
      expect(await passkeys.findLevelCode(older.code.digest, now)).toBeUndefined();
      expect(await passkeys.findLevelCode(newer.code.digest, now)).toEqual(newer.code);
      expect(await passkeys.findLevelCode(newer.code.digest, later)).toBeUndefined();
      await get().storage.people.saveStatus(personId, 'frozen', createStatusSaid());
      expect(await passkeys.findLevelCode(newer.code.digest, now)).toBeUndefined();
      expect(await proofings.saveLevelCode(prove(personId))).toBe('person/unknown');
    });

    it.each(['suspended', 'frozen', 'deceased', 'emigrated'] as const)('are refused for somebody who is %s', async (status) => {
      const { proofings, people } = get().storage;
      const personId = await createMember();
      await people.saveStatus(personId, status, createStatusSaid());
      expect(await proofings.saveEnrolment(createEnrolment(personId))).toBe('person/unknown');
      expect(await proofings.listProofings(personId)).toEqual([]);
    });

    it('that rest on something that serves once are saved once, also of many at the same moment', async () => {
      const { proofings } = get().storage;
      const once = { key: createName(), expiresAt: later };
      const people = await Promise.all(Array.from({ length: 8 }, createMember));
      const saved = await Promise.all(people.map(async (personId) => proofings.saveEnrolment({ ...createEnrolment(personId), once })));
      expect(saved.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect(saved.filter((outcome) => outcome === 'proofing/statement-refused')).toHaveLength(7);
      const kept = await Promise.all(people.map(async (personId) => proofings.listProofings(personId)));
      expect(kept.flat()).toHaveLength(1);
    });

    it('and a passkey exclude each other, also when both come at the same moment', async () => {
      const { proofings, people, passkeys } = get().storage;
      for (let round = 0; round < 8; round += 1) {
        const personId = await createMember();
        const [older, newer] = [createEnrolment(personId), createEnrolment(personId)];
        await proofings.saveEnrolment(older);
        await Promise.all([register(personId, older.invitation.digest), proofings.saveEnrolment(newer)]);
        const isEnrolled = (await passkeys.listPasskeys(personId)).length > 0;
        const isOpen = (await people.findInvitation(newer.invitation.digest, now)) !== undefined;
        expect([isEnrolled, isOpen]).toEqual([!isOpen, !isEnrolled]);
      }
    });
  });

  describe('issuers of statements', () => {
    const issuer: ProofingIssuer = {
      issuer: `https://${createName()}.example`,
      name: { ar: 'جهة التحقق', en: 'Provider' },
      jwks: { keys: [{ kty: 'EC', alg: 'ES256', kid: 'one', crv: 'P-256', x: 'x', y: 'y' }] },
      trust_framework: 'framework',
      assurance_levels: ['high'],
      check_methods: ['vri', 'vcrypt'],
      high_methods: ['vcrypt'],
      since: now,
      endedAt: null,
    };

    it('are found until their trust ends, and take the place of what was registered before, each with its entry', async () => {
      const { proofings } = get().storage;
      const before = await countEntries(get());
      await proofings.saveIssuer(issuer, createEvent('issuer.trusted'));
      expect(await proofings.findIssuer(issuer.issuer)).toEqual(issuer);
      const narrower = { ...issuer, high_methods: [], since: later };
      await proofings.saveIssuer(narrower, createEvent('issuer.trusted'));
      expect(await proofings.findIssuer(issuer.issuer)).toEqual(narrower);
      await proofings.saveIssuer({ ...narrower, endedAt: later }, createEvent('issuer.ended'));
      expect(await proofings.findIssuer(issuer.issuer)).toBeUndefined();
      expect(await proofings.listIssuers()).toContainEqual({ ...narrower, endedAt: later });
      expect(await countEntries(get())).toBe(before + 3);
    });
  });
}
