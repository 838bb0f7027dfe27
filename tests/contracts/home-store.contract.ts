// What every store behind a person's own page promises.

import { describe, expect, it } from 'vitest';
import { createHomeStore } from '../../src/storage/home-store.ts';
import { toGranted } from '../../src/domain/consent/consent.ts';
import type { OwnEntryFilter } from '../../src/domain/home/store.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { EventType, SealedEvent } from '../../src/domain/ledger/event.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createConsent,
  createDecision,
  createName,
  createNextDecision,
  createPurpose,
  createScene,
  createService,
  later,
  noChanges,
  now,
} from '../support/store-samples.ts';

type About = { readonly personRef: string; readonly service?: string; readonly attributes?: readonly string[] };

function createEventAt(at: number, type: EventType, about: About): SealedEvent {
  const needs = { clock: { now: () => at }, random: systemRandom };
  return sealEvent(needs, { type, actor: { kind: 'service', ref: null }, service: null, ...about });
}

const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);

const first = { before: null, limit: 2 };

export function describeHomeStore(get: () => OpenedDatabase): void {
  describe('a person’s own page', () => {
    it('lists their services, what stands first, page by page without a gap, and nobody else’s', async () => {
      const { storage } = get();
      const scene = await createScene(storage);
      const other = await createScene(storage);
      const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${letter}-${createName()}`);
      const services = names.map((clientId) =>
        createService(scene.service.agencyId, { clientId, name: { ar: `خدمة ${clientId}`, en: `The 100%_${clientId}` } }),
      );
      await storage.agencies.saveChanges({ ...noChanges, services, purposes: names.map((clientId) => createPurpose(clientId)) });
      for (const [index, clientId] of names.entries()) {
        const consent = { ...createConsent(scene), clientId, decidedAt: now + index };
        await storage.consents.saveDecision(createDecision(consent, null));
        if (index === 4) {
          await storage.consents.saveDecision(createNextDecision(consent, { state: 'withdrawn', decidedAt: later }));
        }
      }
      await storage.consents.saveDecision(createDecision(createConsent(other), null));
      const personId = scene.person.id;
      const seen: string[] = [];
      let after = null;
      do {
        const page = await storage.home.readServices(personId, {}, { now: later, after, limit: 2 });
        expect(page.count).toBe(5);
        seen.push(...page.clientIds);
        after = page.next;
      } while (after !== null);
      expect(seen).toEqual([names[3], names[2], names[1], names[0], names[4]]);

      const find = async (words: string) =>
        (await storage.home.readServices(personId, { words }, { now: later, after: null, limit: 9 })).clientIds;
      expect(await find(names[2] ?? '')).toEqual([names[2]]);
      expect(await find('خدمة')).toHaveLength(5);
      expect(await find('100%_')).toHaveLength(5);
      expect(await find('100_%')).toEqual([]);
      expect(await find('"en"')).toEqual([]);
      expect(await find("'")).toEqual([]);
      const ended = await storage.home.readServices(personId, { group: 'ended' }, { now: later, after: null, limit: 9 });
      expect(ended.clientIds).toEqual([names[4]]);
      const consents = await storage.home.readConsentsOf(personId, names, { now: later, group: 'valid', perService: 1 });
      expect(consents.map(({ clientId }) => clientId).toSorted()).toEqual(names.slice(0, 4));
      expect(await storage.home.readConsentsOf(other.person.id, names, { now: later, perService: 1 })).toEqual([]);
      const standing = await storage.home.readStanding(personId, later);
      expect(standing.map(({ clientId }) => clientId).toSorted()).toEqual(names.slice(0, 4));
      const ids = standing.map(({ id }) => id);
      const records = await storage.home.readRecords(personId, ids);
      const told = ({ id, clientId, decidedAt, attributes }: (typeof records)[number]) => ({
        id,
        clientId,
        decidedAt,
        granted: toGranted({ attributes }),
      });
      expect(records.map(told).toSorted(byId)).toEqual(standing.toSorted(byId));
      expect(await storage.home.readRecords(other.person.id, ids)).toEqual([]);
      expect(await storage.home.readRecords(personId, [])).toEqual([]);
    });

    it('lists receipts with what was decided, the newest first, before the log has numbered anything', async () => {
      const { storage } = get();
      const scene = await createScene(storage);
      const consent = createConsent(scene);
      const given = createDecision(consent, null);
      const withdrawn = createNextDecision(consent, { state: 'withdrawn', decidedAt: later });
      await storage.consents.saveDecision(given);
      await storage.consents.saveDecision(withdrawn);
      const page = await storage.home.readReceipts(scene.person.id, { after: null, limit: 1 });
      expect(page.receipts).toEqual([{ ...withdrawn.receipt, change: 'withdrawn', actedBy: 'self' }]);
      const next = await storage.home.readReceipts(scene.person.id, { after: page.next, limit: 1 });
      expect(next).toEqual({ receipts: [{ ...given.receipt, change: 'given', actedBy: 'self' }], next: null });
      expect((await storage.home.readReceipts(createName(), { after: null, limit: 1 })).receipts).toEqual([]);

      const versions = async (perConsent: number) =>
        (await storage.home.readDecisions([consent.id], perConsent)).map(({ version }) => version);
      expect(await versions(1)).toEqual([2]);
      expect(await versions(5)).toEqual([2, 1]);
      expect(await storage.home.readDecisions([], 5)).toEqual([]);
      const place = { consentId: consent.id, version: 1 };
      expect((await storage.home.readDecisionsAt(scene.person.id, [place])).map(({ id }) => id)).toEqual([given.receipt.id]);
      expect(await storage.home.readDecisionsAt(createName(), [place])).toEqual([]);
      expect((await storage.home.readConsents(scene.person.id, consent.clientId, { after: null, limit: 1 })).consents).toMatchObject([
        withdrawn.consent,
      ]);
    });

    it('reads what ends soon, the first to end first', async () => {
      const { storage } = get();
      const scene = await createScene(storage);
      const soon = createConsent(scene, { purposeId: 'soon', expiresAt: now + 1000 });
      const next = createConsent(scene, { purposeId: 'next', expiresAt: now + 2000 });
      const far = createConsent(scene, { purposeId: 'far', expiresAt: now + 9000 });
      for (const consent of [far, next, soon]) {
        await storage.consents.saveDecision(createDecision(consent, null));
      }
      const read = async (from: number) =>
        (await storage.home.readEnding(scene.person.id, { now: from, until: now + 5000 }, 9)).map(({ purposeId }) => purposeId);
      expect(await read(now)).toEqual(['soon', 'next']);
      expect(await read(now + 1500)).toEqual(['next']);
    });

    it('reads their entries by time, filtered, from where the page before ended', async () => {
      const { storage, append } = get();
      const personRef = createName();
      const at = now + 10_000;
      const events = [
        createEventAt(at, 'session.started', { personRef }),
        createEventAt(at + 10, 'data.released', { personRef, service: 'one', attributes: ['email', 'given_name'] }),
        createEventAt(at + 20, 'data.released', { personRef, service: 'two', attributes: ['given_name'] }),
        createEventAt(at + 30, 'service.entered', { personRef, service: 'one' }),
      ];
      const stranger = createEventAt(at + 25, 'data.released', { personRef: createName(), service: 'one', attributes: ['email'] });
      await append([...events, stranger]);
      const ids = async (filter: OwnEntryFilter, limit = 9) =>
        (await storage.home.readEntries(personRef, filter, { before: null, limit })).entries.map(({ id }) =>
          events.findIndex((event) => event.id === id),
        );
      expect(await ids({})).toEqual([3, 2, 1, 0]);
      expect(await ids({ types: ['data.released'] })).toEqual([2, 1]);
      expect(await ids({ types: [] })).toEqual([]);
      expect(await ids({ service: 'one' })).toEqual([3, 1]);
      expect(await ids({ attribute: 'email' })).toEqual([1]);
      expect(await ids({ from: at + 10, to: at + 30 })).toEqual([2, 1]);
      const page = await storage.home.readEntries(personRef, {}, first);
      expect(page.next).toBe(events[2]?.id);
      const next = await storage.home.readEntries(personRef, {}, { before: page.next, limit: 2 });
      expect(next).toMatchObject({ next: null, lookedBackTo: null, entries: [{ id: events[1]?.id, index: null }, { id: events[0]?.id }] });
      expect(await storage.home.findEntry(personRef, events[1]?.id ?? '')).toMatchObject({
        attributes: ['email', 'given_name'],
        service: 'one',
      });
      expect(await storage.home.findEntry(personRef, stranger.id)).toBeUndefined();
      expect((await storage.home.readLastReleases(personRef)).toSorted((a, b) => a.at - b.at)).toEqual([
        { service: 'one', attributes: ['email', 'given_name'], at: at + 10 },
        { service: 'two', attributes: ['given_name'], at: at + 20 },
      ]);
    });

    it('looks through so many entries for one page and no more, and goes on from there', async () => {
      const { engine, append } = get();
      const mostLooked = 20;
      const home = createHomeStore(engine, mostLooked);
      const personRef = createName();
      const rare = createEventAt(now, 'data.released', { personRef, service: 'rare' });
      const many = Array.from({ length: mostLooked + 5 }, (_, index) =>
        createEventAt(now + 1 + index, 'service.entered', { personRef, service: 'often' }),
      );
      await append([rare, ...many]);
      const page = await home.readEntries(personRef, { service: 'rare' }, first);
      expect(page).toMatchObject({ entries: [], next: many[5]?.id, lookedBackTo: now + 6 });
      const next = await home.readEntries(personRef, { service: 'rare' }, { ...first, before: page.next });
      expect(next).toMatchObject({ entries: [{ id: rare.id }], next: null, lookedBackTo: null });
    });
  });
}
