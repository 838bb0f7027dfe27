// What a service is told of its permission, held against what the next release would do: the one is counted in the domain, the other in the commit.

import { describe, expect, it } from 'vitest';
import type { AccessTerms, Purpose } from '../../src/domain/agencies/agency.ts';
import { checkStatus } from '../../src/domain/consent/check-status.ts';
import type { ConsentStatus } from '../../src/domain/consent/check-status.ts';
import { toUseLimits } from '../../src/domain/consent/uses.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createGrant, createName, noChanges, now } from '../support/store-samples.ts';
import type { Grant } from '../support/store-samples.ts';

const minute = 60_000;

type Visit = { readonly grant: Grant; readonly subject: string; readonly purpose: Purpose };

export function describeConsentStatus(get: () => OpenedDatabase): void {
  /** A person whose service registered these terms after they had agreed to none. */
  const createVisit = async (terms: Partial<AccessTerms>, changes: Partial<Purpose> = {}): Promise<Visit> => {
    const { storage } = get();
    const grant = await createGrant(storage);
    const subject = await storage.people.getSubject(grant.person.registryDigest, 'mol', createName());
    const purpose = { ...grant.purpose, ...changes, version: 2, terms: { ...grant.purpose.terms, ...terms } };
    await storage.agencies.saveChanges({ ...noChanges, purposes: [purpose] });
    return { grant, subject, purpose };
  };

  const askAt = async ({ grant, subject, purpose }: Visit, at: number): Promise<ConsentStatus | undefined> => {
    const { agencies, consents } = get().storage;
    const registered = await agencies.findService(grant.service.clientId);
    if (registered === undefined) {
      return undefined;
    }
    const needs = { clock: { now: () => at }, consents, agencies };
    return (await checkStatus(needs, registered, [{ subject, purposeId: purpose.id }]))[0];
  };

  const releaseAt = async ({ grant, purpose }: Visit, at: number): Promise<boolean> => {
    const limits = toUseLimits({ purpose, agreed: grant.purpose });
    const use = { kind: 'use-consent', consentId: grant.consent.id, version: 1, at, limits } as const;
    return (await get().storage.engine.commit([use], at)).ok;
  };

  describe('the status of a consent', () => {
    it.each<readonly [what: string, terms: Partial<AccessTerms>, told: readonly string[]]>([
      ['one use', { fetch: 'once', maxUses: 1 }, ['', 'used_up', 'used_up', 'used_up', 'used_up']],
      ['three uses', { maxUses: 3 }, ['', '', '', 'used_up', 'used_up']],
      ['two uses in three minutes', { frequency: { times: 2, per: 'PT3M' } }, ['', '', 'too_often', '', '']],
      ['both', { maxUses: 3, frequency: { times: 1, per: 'PT2M' } }, ['', 'too_often', '', 'too_often', '']],
      ['any number', {}, ['', '', '', '', '']],
    ])('with terms of %s says before each minute whether the release will be made, and why not', async (_, terms, told) => {
      const visit = await createVisit(terms);
      for (const [place, reason] of told.entries()) {
        const at = now + place * minute;
        const said = await askAt(visit, at);
        expect([said?.isValid, said?.reason ?? '', said?.attributes]).toEqual([reason === '', reason, reason === '' ? ['given_name'] : []]);
        expect(await releaseAt(visit, at)).toBe(said?.isValid);
      }
    });

    it('says from when a release may be made again', async () => {
      const visit = await createVisit({ frequency: { times: 1, per: 'P1D' } });
      expect(await releaseAt(visit, now + minute)).toBe(true);
      const said = await askAt(visit, now + 2 * minute);
      expect(said).toMatchObject({ state: 'given', reason: 'too_often', nextUseAt: now + minute + 86_400_000 });
      expect(await askAt(visit, said?.nextUseAt ?? 0)).toMatchObject({ isValid: true, reason: null, nextUseAt: null });
    });

    it('says that the person has to be asked again when more is asked than they agreed to, or they are of another kind now', async () => {
      const wider = await createVisit({}, { retention: 'P9Y' });
      expect(await askAt(wider, now)).toMatchObject({ isValid: false, state: 'given', reason: 'ask_again', attributes: [] });
      const other = await createVisit({});
      const { people } = get().storage;
      await people.savePeople([{ ...other.grant.person, kind: 'resident' }], []);
      expect(await askAt(other, now)).toMatchObject({ isValid: false, state: 'given', reason: 'ask_again', attributes: [] });
    });

    it('says so too when the service demands a stronger sign-in now, and when it no longer serves people of their kind', async () => {
      for (const changes of [{ minimumLevel: 'high' }, { audience: ['resident'] }] as const) {
        const visit = await createVisit({});
        await get().storage.agencies.saveChanges({ ...noChanges, services: [{ ...visit.grant.service, ...changes }] });
        expect(await askAt(visit, now)).toMatchObject({ isValid: false, state: 'given', reason: 'ask_again', attributes: [] });
      }
    });

    it('says that a purpose is no longer registered', async () => {
      const visit = await createVisit({});
      await get().storage.agencies.saveChanges({ ...noChanges, endedPurposes: [visit.purpose] });
      expect(await askAt(visit, now)).toMatchObject({ isValid: false, state: 'given', reason: 'purpose_ended', attributes: [] });
    });
  });
}
