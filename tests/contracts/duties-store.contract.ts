// What every store of duties promises: a duty is opened with its cause, answered once, and overdue by the time alone.

import { describe, expect, it } from 'vitest';
import type { Duty } from '../../src/domain/duties/duty.ts';
import type { DutyAnswer } from '../../src/domain/duties/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createConsent,
  createDecision,
  createEvent,
  createName,
  createNextDecision,
  createOutboxMessage,
  createSampleDuty,
  createScene,
  later,
  now,
} from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

const toAnswer = (duty: Duty, changes: Partial<DutyAnswer> = {}): DutyAnswer => ({
  id: duty.id,
  before: 'open',
  state: 'erased',
  article: null,
  at: later,
  event: createEvent('rp.erased'),
  ...changes,
});

export function describeDutiesStore(get: () => OpenedDatabase): void {
  const request = async (duty: Duty): Promise<Duty> => {
    await get().storage.duties.saveRequest({ duty, outbox: [], events: [createEvent('erasure.requested')] });
    return duty;
  };

  describe('duties', () => {
    it('are opened with the decision that causes them, or not at all', async () => {
      const { consents, duties } = get().storage;
      const consent = createConsent(await createScene(get().storage));
      await consents.saveDecision(createDecision(consent, null));
      const duty = createSampleDuty({ personId: consent.personId });
      const withdrawal = { ...createNextDecision(consent, { state: 'withdrawn' }), duties: [duty] };
      expect(await consents.saveDecision(withdrawal)).toBe('saved');
      expect(await duties.listDuties(consent.personId)).toEqual([duty]);
      const stale = { ...createNextDecision(consent, { state: 'withdrawn' }), duties: [createSampleDuty({ personId: consent.personId })] };
      expect(await consents.saveDecision(stale)).toBe('store/conflict');
      expect(await duties.listDuties(consent.personId)).toEqual([duty]);
    });

    it('do not exist without their entry', async () => {
      const { duties } = get().storage;
      const duty = createSampleDuty();
      const event = createEvent('erasure.requested');
      await get().append([event]);
      const refused = duties.saveRequest({ duty, outbox: [createOutboxMessage()], events: [event] });
      await expect(refused).rejects.toMatchObject({ code: 'ledger/unavailable' });
      expect(await duties.findDuty(duty.id)).toBeUndefined();
    });

    it('are opened by one of many requests about the same attributes, and by none once the account is closed', async () => {
      const { duties, erasures } = get().storage;
      const { person } = await createScene(get().storage);
      const recordId = createName();
      const ask = async (...attributes: readonly string[]) => {
        const duty = createSampleDuty({ personId: person.id, recordId, attributes });
        return duties.saveRequest({ duty, outbox: [], events: [createEvent('erasure.requested')] });
      };
      const all = await Promise.all(Array.from({ length: 6 }, async () => ask('email', 'given_name')));
      expect(all.toSorted((a, b) => a.localeCompare(b))).toEqual([...Array.from({ length: 5 }, () => 'duty/open'), 'saved']);
      expect([await ask('email'), await ask('birthdate')]).toEqual(['duty/open', 'saved']);
      const names = { handle: createName(), registryDigest: createName() };
      await erasures.erasePerson({ personId: person.id, ...names, event: createEvent('person.erased') });
      expect(await ask('phone_number')).toBe('consent/not-found');
    });

    it('are answered once for each state that the answer was made upon, together with the entry', async () => {
      const { duties } = get().storage;
      const duty = await request(createSampleDuty());
      const before = await countEntries(get());
      const article = { ar: 'المادة 5', en: 'Article 5' };
      expect(await duties.saveAnswer(toAnswer(duty, { state: 'acknowledged' }))).toBe('saved');
      expect(await duties.saveAnswer(toAnswer(duty))).toBe('duty/answered');
      expect(await duties.saveAnswer(toAnswer(duty, { before: 'acknowledged', state: 'kept', article }))).toBe('saved');
      expect(await duties.findDuty(duty.id)).toEqual({ ...duty, state: 'kept', article, answeredAt: later });
      expect(await countEntries(get())).toBe(before + 2);
    });

    it('take one of many answers at once', async () => {
      const duty = await request(createSampleDuty());
      const answers = await Promise.all(Array.from({ length: 8 }, async () => get().storage.duties.saveAnswer(toAnswer(duty))));
      expect(answers.filter((answer) => answer === 'saved')).toHaveLength(1);
    });

    it('know when the service was told, from the message that told it', async () => {
      const { duties, outbox } = get().storage;
      const message = createOutboxMessage({ createdAt: 1 });
      const duty = createSampleDuty({ messageId: message.id });
      await duties.saveRequest({ duty, outbox: [message], events: [] });
      const asked = { leaseId: createName(), now: 2, until: 3, topics: ['security-event'] as const, most: 1, mostPerRecipient: 1 };
      const [leased] = await outbox.lease(asked);
      expect(leased?.id).toBe(message.id);
      await outbox.settle({
        message: leased ?? { ...message, leaseId: '' },
        at: now + 7,
        next: { state: 'sent', removeAt: later },
        events: [],
      });
      expect(await duties.findDuty(duty.id)).toMatchObject({ toldAt: now + 7 });
    });

    it('are listed for their service page by page, the unanswered ones by themselves', async () => {
      const { duties } = get().storage;
      const clientId = createName();
      const all = [
        await request(createSampleDuty({ clientId })),
        await request(createSampleDuty({ clientId })),
        await request(createSampleDuty({ clientId })),
      ];
      await request(createSampleDuty());
      const ids = all.map(({ id }) => id).toSorted();
      const list = async (after: string | null, isUnanswered: boolean) =>
        (await duties.listOfService(clientId, { now, limit: 2, after, isUnanswered })).map(({ id }) => id);
      expect(await list(null, false)).toEqual(ids.slice(0, 2));
      expect(await list(ids[1] ?? null, false)).toEqual(ids.slice(2));
      const answered = all.find(({ id }) => id === ids[0]);
      await duties.saveAnswer(toAnswer(answered ?? createSampleDuty()));
      expect(await list(null, true)).toEqual(ids.slice(1));
    });

    it('are overdue when their day has passed without an answer, and the log is told once', async () => {
      const { duties } = get().storage;
      const late = await request(createSampleDuty({ dueAt: now }));
      const acknowledged = await request(createSampleDuty({ dueAt: now }));
      await duties.saveAnswer(toAnswer(acknowledged, { state: 'acknowledged' }));
      const answered = await request(createSampleDuty({ dueAt: now }));
      await duties.saveAnswer(toAnswer(answered));
      const inTime = await request(createSampleDuty({ dueAt: now + 1 }));
      const listed = (await duties.listOverdue({ now, limit: 1000, after: null, services: null })).map(({ id }) => id);
      const of = async (services: readonly string[]): Promise<readonly string[]> =>
        (await duties.listOverdue({ now, limit: 1000, after: null, services })).map(({ id }) => id);
      expect([await of([]), (await of([late.clientId])).includes(late.id), (await of(['another'])).includes(late.id)]).toEqual([
        [],
        true,
        false,
      ]);
      expect([late, acknowledged, answered, inTime].map(({ id }) => listed.includes(id))).toEqual([true, true, false, false]);
      const before = await countEntries(get());
      await duties.recordOverdue({ id: late.id, at: now, event: createEvent('rp.overdue') });
      await duties.recordOverdue({ id: late.id, at: now, event: createEvent('rp.overdue') });
      await duties.recordOverdue({ id: answered.id, at: now, event: createEvent('rp.overdue') });
      expect(await countEntries(get())).toBe(before + 1);
      const unrecorded = (await duties.listUnrecorded({ now, limit: 1000 })).map(({ id }) => id);
      expect([late, acknowledged].map(({ id }) => unrecorded.includes(id))).toEqual([false, true]);
    });
  });
}
