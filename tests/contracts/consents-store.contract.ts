// What every store of consents promises.

import { describe, expect, it } from 'vitest';
import type { Consent, StoredConsent } from '../../src/domain/consent/consent.ts';
import { toNotice } from '../../src/domain/consent/notice.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createConsent,
  createDecision,
  createEvent,
  createName,
  createNextDecision,
  createScene,
  later,
  now,
} from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';
import { createStatusSaid } from '../support/status-said.ts';

const unused = (consent: Consent): StoredConsent => ({ ...consent, uses: 0, lastUsedAt: null });

export function describeConsentsStore(get: () => OpenedDatabase): void {
  describe('consents', () => {
    it('are found by id and by person, service and purpose, exactly as decided', async () => {
      const { consents } = get().storage;
      const consent = createConsent(await createScene(get().storage));
      expect(await consents.findConsentFor(consent.personId, consent.clientId, consent.purposeId)).toBeUndefined();
      const decision = createDecision(consent, null);
      const before = await countEntries(get());
      expect(await consents.saveDecision(decision)).toBe('saved');
      expect(await countEntries(get())).toBe(before + 1);
      expect(await consents.findConsent(consent.id)).toEqual(unused(consent));
      expect(await consents.findConsentFor(consent.personId, consent.clientId, consent.purposeId)).toEqual(unused(consent));
      expect(await consents.findReceipt(decision.receipt.id)).toEqual(decision.receipt);
    });

    it('keep every version and its receipt, newest first', async () => {
      const { consents } = get().storage;
      const consent = createConsent(await createScene(get().storage));
      const first = createDecision(consent, null);
      const second = createNextDecision(consent, { state: 'withdrawn', decidedAt: later });
      await consents.saveDecision(first);
      expect(await consents.saveDecision(second)).toBe('saved');
      expect(await consents.findConsent(consent.id)).toEqual(unused(second.consent));
      expect(await consents.listReceipts(consent.personId)).toEqual([second.receipt, first.receipt]);
      expect(await consents.listDecisions(consent.id)).toEqual([
        { version: 1, state: 'given', change: 'given', decidedAt: consent.decidedAt, eventId: first.receipt.eventId },
        { version: 2, state: 'withdrawn', change: 'withdrawn', decidedAt: later, eventId: second.receipt.eventId },
      ]);
      expect(await consents.listDecisions(createName())).toEqual([]);
    });

    it('keep the text that was shown once, however many decide on it, and with the decision or not at all', async () => {
      const { consents } = get().storage;
      const scene = await createScene(get().storage);
      const notice = toNotice(scene.purpose, 'ar', `نص ${createName()}`);
      const first = createConsent(scene);
      expect(await consents.saveDecision({ ...createDecision(first, null), notice })).toBe('saved');
      const again = { ...createNextDecision(first, { decidedAt: later }), notice };
      expect(await consents.saveDecision(again)).toBe('saved');
      expect(await consents.findNotice(notice.digest)).toEqual(notice);
      const lost = toNotice(scene.purpose, 'en', createName());
      expect(await consents.saveDecision({ ...createNextDecision(first, {}), notice: lost })).toBe('store/conflict');
      expect(await consents.findNotice(lost.digest)).toBeUndefined();
    });

    it('are listed for their person, newest decision first', async () => {
      const { consents } = get().storage;
      const scene = await createScene(get().storage);
      const older = createConsent(scene, { purposeId: 'first' });
      const newer = createConsent(scene, { purposeId: 'second', decidedAt: later });
      await consents.saveDecision(createDecision(newer, null));
      await consents.saveDecision(createDecision(older, null));
      expect(await consents.listConsents(scene.person.id)).toEqual([unused(newer), unused(older)]);
      expect(await consents.listConsents(createName())).toEqual([]);
    });

    it('refuse a decision upon a version that is no longer there, and then change nothing', async () => {
      const { consents } = get().storage;
      const consent = createConsent(await createScene(get().storage));
      await consents.saveDecision(createDecision(consent, null));
      const stale = createNextDecision(consent, { state: 'withdrawn' });
      await consents.saveDecision(createNextDecision(consent, { attributes: [] }));
      const before = await countEntries(get());
      expect(await consents.saveDecision(stale)).toBe('store/conflict');
      expect(await consents.findReceipt(stale.receipt.id)).toBeUndefined();
      expect(await countEntries(get())).toBe(before);
      expect(await consents.findConsent(consent.id)).toMatchObject({ version: 2, state: 'given' });
    });

    it('have one standing record for a person, service and purpose, also when many are made at once', async () => {
      const { consents } = get().storage;
      const scene = await createScene(get().storage);
      const outcomes = await Promise.all(
        Array.from({ length: 16 }, async () => consents.saveDecision(createDecision(createConsent(scene), null))),
      );
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect(await consents.listConsents(scene.person.id)).toHaveLength(1);
      expect(await consents.listReceipts(scene.person.id)).toHaveLength(1);
    });

    it('take one of many decisions made upon the same version', async () => {
      const { consents } = get().storage;
      const consent = createConsent(await createScene(get().storage));
      await consents.saveDecision(createDecision(consent, null));
      const outcomes = await Promise.all(
        Array.from({ length: 16 }, async (_, at) => consents.saveDecision(createNextDecision(consent, { decidedAt: now + at }))),
      );
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect(await consents.findConsent(consent.id)).toMatchObject({ version: 2 });
    });

    it('are not decided for a person or a service that is not active', async () => {
      const { consents, people, agencies } = get().storage;
      const [frozen, suspended] = [await createScene(get().storage), await createScene(get().storage)];
      await people.saveStatus(frozen.person.id, 'frozen', createStatusSaid());
      await agencies.saveServiceStatus(suspended.service.clientId, 'suspended', createEvent('service.status_changed'));
      for (const scene of [frozen, suspended]) {
        expect(await consents.saveDecision(createDecision(createConsent(scene), null))).toBe('store/conflict');
        expect(await consents.listConsents(scene.person.id)).toEqual([]);
      }
    });

    it('can be withdrawn from a service that is suspended', async () => {
      const { consents, agencies } = get().storage;
      const scene = await createScene(get().storage);
      const consent = createConsent(scene);
      await consents.saveDecision(createDecision(consent, null));
      await agencies.saveServiceStatus(scene.service.clientId, 'suspended', createEvent('service.status_changed'));
      expect(await consents.saveDecision(createNextDecision(consent, { state: 'withdrawn' }))).toBe('saved');
    });

    it('can be paused, narrowed and withdrawn by their person against a suspended service, and ended by an authority whoever is active', async () => {
      const { consents, agencies, people } = get().storage;
      const scene = await createScene(get().storage);
      const consent = createConsent(scene);
      await consents.saveDecision(createDecision(consent, null));
      await agencies.saveServiceStatus(scene.service.clientId, 'suspended', createEvent('service.status_changed'));
      const narrowed = createNextDecision(consent, { change: 'narrowed' });
      const paused = createNextDecision(narrowed.consent, { state: 'paused' });
      const resumed = createNextDecision(paused.consent, { state: 'given', change: 'resumed' });
      const revoked = createNextDecision(paused.consent, { state: 'revoked', actedBy: 'authority' });
      expect([await consents.saveDecision(narrowed), await consents.saveDecision(paused)]).toEqual(['saved', 'saved']);
      expect(await consents.saveDecision(resumed)).toBe('store/conflict');
      await people.saveStatus(scene.person.id, 'frozen', createStatusSaid());
      expect(await consents.saveDecision(revoked)).toBe('saved');
      expect(await consents.findConsent(consent.id)).toEqual(unused(revoked.consent));
    });

    it('that are paused stand: no second record of the same person, service and purpose is made beside one', async () => {
      const { consents } = get().storage;
      const scene = await createScene(get().storage);
      const consent = createConsent(scene);
      await consents.saveDecision(createDecision(consent, null));
      await consents.saveDecision(createNextDecision(consent, { state: 'paused' }));
      expect(await consents.saveDecision(createDecision(createConsent(scene), null))).toBe('store/conflict');
      const found = await consents.findConsentFor(scene.person.id, scene.service.clientId, scene.purpose.id);
      expect(found).toMatchObject({ id: consent.id, state: 'paused', change: 'paused' });
    });

    it('are read page by page with every version and the body of its entry, each once, and alone', async () => {
      const { consents } = get().storage;
      const consent = createConsent(await createScene(get().storage));
      const first = createDecision(consent, null);
      const second = createNextDecision(consent, { state: 'withdrawn', decidedAt: later });
      await consents.saveDecision(first);
      await consents.saveDecision(second);
      await consents.saveDecision(createDecision(createConsent(await createScene(get().storage)), null));
      const read: string[] = [];
      for (let page = await consents.readRecords('', 2); page.length > 0; page = await consents.readRecords(read.at(-1) ?? '', 2)) {
        expect(page.length).toBeLessThanOrEqual(2);
        read.push(...page.map((record) => record.consent.id));
      }
      expect([read.length, new Set(read).size]).toEqual([await consents.countRecords(), read.length]);
      const record = await consents.readRecord(consent.id);
      expect(record?.consent).toEqual(unused(second.consent));
      expect(record?.versions).toMatchObject([
        { version: 1, state: 'given', jws: first.receipt.jws, body: first.events[0]?.body },
        { version: 2, state: 'withdrawn', jws: second.receipt.jws, body: second.events[0]?.body },
      ]);
      expect(await consents.readRecord(createName())).toBeUndefined();
    });

    it('do not exist without their event', async () => {
      const { consents } = get().storage;
      const decision = createDecision(createConsent(await createScene(get().storage)), null);
      await get().append(decision.events);
      await expect(consents.saveDecision(decision)).rejects.toMatchObject({ code: 'ledger/unavailable' });
      expect(await consents.findConsent(decision.consent.id)).toBeUndefined();
      expect(await consents.findReceipt(decision.receipt.id)).toBeUndefined();
    });
  });
}
