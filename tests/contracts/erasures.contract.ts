// What every store promises about an account that is closed.

import { describe, expect, it } from 'vitest';
import type { Settlement } from '../../src/domain/outbox/store.ts';
import { insertMessage } from '../../src/storage/insert-message.ts';
import { insertInto } from '../../src/storage/statements.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createConsent,
  createDecision,
  createEvent,
  createGrant,
  createName,
  createNextDecision,
  createOutboxMessage,
  createPasskey,
  createSampleDuty,
  createScene,
  now,
} from '../support/store-samples.ts';

const dayMs = 24 * 60 * 60 * 1000;

function describeTies(get: () => OpenedDatabase): void {
  const close = async (personId: string): Promise<string> => {
    const names = { handle: createName(), registryDigest: createName() };
    return get().storage.erasures.erasePerson({ personId, ...names, event: createEvent('person.erased') });
  };
  const find = async (text: string, value: string) => get().engine.read({ text, values: [value] });

  it('lets every version of a record stand alone: decision and number of the receipt stay, whose it was and what was signed go', async () => {
    const { storage } = get();
    const consent = createConsent(await createScene(storage), { state: 'refused' });
    const { receipt, ...decision } = createDecision(consent, null);
    await storage.consents.saveDecision({ ...decision, receipt });
    expect(await close(consent.personId)).toBe('erased');
    expect(await storage.consents.findConsent(consent.id)).toBeUndefined();
    expect(await storage.consents.listReceipts(consent.personId)).toEqual([]);
    expect(await storage.consents.findReceipt(receipt.id)).toEqual({ ...receipt, personId: '', jws: '' });
    expect(await storage.consents.listDecisions(consent.id)).toMatchObject([{ version: 1, state: 'refused', eventId: receipt.eventId }]);
  });

  it('keeps of what agencies owe no more than they need for an answer, and nothing afterwards', async () => {
    const { duties } = get().storage;
    const { person } = await createScene(get().storage);
    const add = async (state: 'open' | 'erased') => {
      const duty = createSampleDuty({ personId: person.id, state });
      await duties.saveRequest({ duty, outbox: [], events: [createEvent('erasure.requested')] });
      return duty;
    };
    const [open, answered] = [await add('open'), await add('erased')];
    await close(person.id);
    expect(await duties.listDuties(person.id)).toEqual([]);
    expect(await duties.findDuty(answered.id)).toEqual({ ...answered, personId: null, subject: null });
    expect(await duties.findDuty(open.id)).toEqual({ ...open, personId: null });
    const answer = { id: open.id, article: null, at: now, event: createEvent('rp.erased', { personRef: person.id }) } as const;
    expect(await duties.saveAnswer({ ...answer, before: 'open', state: 'acknowledged' })).toBe('saved');
    expect(await duties.findDuty(open.id)).toMatchObject({ personId: null, subject: open.subject });
    const last = { ...answer, event: createEvent('rp.erased', { personRef: person.id }) };
    expect(await duties.saveAnswer({ ...last, before: 'acknowledged', state: 'erased' })).toBe('saved');
    expect(await duties.findDuty(open.id)).toMatchObject({ personId: null, subject: null });
    expect(await find('SELECT entry_id FROM entry_secrets WHERE person_ref = ?', person.id)).toHaveLength(0);
  });

  it('lets messages to services leave without saying whose they are, and drops those that cannot arrive', async () => {
    const { storage, engine } = get();
    const { person } = await createScene(storage);
    const add = async (recipient: string) => {
      const message = createOutboxMessage({ recipient, personId: person.id });
      await engine.atomic(function* () {
        yield insertMessage(engine.tables, message);
      });
      return message.id;
    };
    const [dead, arriving, failing] = [await add('dead'), await add('arriving'), await add('failing')];
    await engine.atomic(function* () {
      yield { text: "UPDATE outbox SET state = 'dead' WHERE id = ?", values: [dead] };
    });
    await close(person.id);
    const asked = { leaseId: createName(), now, until: now + 60_000, topics: ['security-event'], most: 100, mostPerRecipient: 9 } as const;
    const leased = new Map((await storage.outbox.lease(asked)).map((message) => [message.id, message]));
    expect([dead, arriving, failing].map((id) => leased.get(id)?.personId)).toEqual([undefined, null, null]);
    const settle = async (id: string, next: Settlement['next']) =>
      storage.outbox.settle({ message: { ...createOutboxMessage({ id }), leaseId: asked.leaseId }, at: now, next, events: [] });
    await settle(arriving, { state: 'sent', removeAt: now + dayMs });
    await settle(failing, { state: 'dead', failure: 'status-500', removeAt: now + dayMs });
    const left = await Promise.all([dead, arriving, failing].map(async (id) => find('SELECT body FROM outbox WHERE id = ?', id)));
    expect(left).toEqual([[], [{ body: '' }], []]);
  });

  it('keeps the answer to a report from nobody: that it was answered stays, its words and what opens the entry do not', async () => {
    const { reports } = get().storage;
    const { person, service } = await createScene(get().storage);
    const about = { id: createName(), caseNumber: createName(), personId: person.id, clientId: service.clientId, entryId: null } as const;
    const words = { wrappedKey: 'key', ciphertext: 'text' };
    const open = { ...about, category: 'other', openedAt: now, words, answer: null, closedAt: null } as const;
    await reports.saveReport(open, createEvent('complaint.opened', { personRef: person.id }));
    await close(person.id);
    const event = createEvent('complaint.closed', { personRef: person.id });
    expect(await reports.saveAnswer({ id: about.id, answer: words, closedAt: now, event })).toBe(true);
    const nothing = { wrappedKey: '', ciphertext: '' };
    expect(await reports.findReport(about.caseNumber)).toMatchObject({ words: nothing, answer: nothing, closedAt: now });
    expect(await find('SELECT entry_id FROM entry_secrets WHERE entry_id = ?', event.id)).toEqual([]);
    expect(await find('SELECT id FROM entries WHERE id = ?', event.id)).toHaveLength(1);
  });
}

export function describeErasures(get: () => OpenedDatabase): void {
  describe('an erasure', () => {
    describeTies(get);

    it('destroys key, data, passkeys and what opens entries in one act, once, and frees the identity', async () => {
      const { storage, append, engine } = get();
      const { consent, person, session } = await createGrant(storage);
      await append(Array.from({ length: 2005 }, () => createEvent('service.entered', { personRef: person.id })));
      const event = createEvent('passkey.registered', { personRef: person.id });
      await storage.passkeys.savePasskey({ passkey: createPasskey(person.id), invitationDigest: null, now, event });
      await engine.atomic(function* () {
        yield insertInto(engine.tables.proofings, {
          id: createName(),
          personId: person.id,
          at: now,
          isHigh: true,
          wrappedKey: 'key',
          ciphertext: 'text',
        });
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
      expect(await storage.erasures.listClosed()).toContain(person.id);
      expect(await storage.erasures.erasePerson(erasure())).toBe('unknown');
      await storage.erasures.scrub();
      expect(await storage.people.findPersonByRegistry(person.registryDigest)).toBeUndefined();
      expect(await storage.people.findPerson(person.id)).toMatchObject({ status: 'closed', sealed: { wrappedKey: '', ciphertext: '' } });
      const declared = { text: 'SELECT declared_key, declared_ciphertext FROM people WHERE id = ?', values: [person.id] };
      expect(await engine.read(declared)).toEqual([{ declared_key: null, declared_ciphertext: null }]);
      expect(await storage.passkeys.listPasskeys(person.id)).toEqual([]);
      expect(await storage.proofings.listProofings(person.id)).toEqual([]);
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
      const late = createEvent('service.entered', { personRef: person.id });
      await append([late]);
      expect(await engine.read({ text: 'SELECT entry_id FROM entry_secrets WHERE entry_id = ?', values: [late.id] })).toEqual([]);
      // An act that had begun before and did not see the closing.
      await engine.atomic(function* () {
        yield { text: "INSERT INTO entry_secrets (entry_id, person_ref, salt) VALUES (?, ?, 'salt')", values: [late.id, person.id] };
      });
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
