// What every outbox promises: no message is lost, none is in two hands at once, and what became of it is written together with its entry.

import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../src/domain/outbox/message.ts';
import type { LeaseAsked, LeasedMessage } from '../../src/domain/outbox/store.ts';
import { insertMessage } from '../../src/storage/insert-message.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createOutboxMessage, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

const minute = 60_000;

function describeLeases(get: () => OpenedDatabase, add: (...messages: readonly OutboxMessage[]) => Promise<void>): void {
  const lease = async (changes: Partial<LeaseAsked> = {}): Promise<readonly LeasedMessage[]> =>
    get().storage.outbox.lease({
      leaseId: createName(),
      now,
      until: now + minute,
      topics: ['security-event'],
      most: 100,
      mostPerRecipient: 100,
      ...changes,
    });

  it('hands out each message once, counted, those due first', async () => {
    const [later, sooner] = [createOutboxMessage({ createdAt: now - 1 }), createOutboxMessage({ createdAt: now - 2 })];
    await add(later, sooner, createOutboxMessage({ createdAt: now + 1 }));
    const leased = await lease();
    expect(leased.map(({ id }) => id)).toEqual([sooner.id, later.id]);
    expect(leased[0]).toEqual({ ...sooner, attempts: 1, leaseId: leased[0]?.leaseId });
    expect(await lease()).toEqual([]);
  });

  it('hands a message to one of many nodes that ask at once', async () => {
    const messages = Array.from({ length: 12 }, () => createOutboxMessage());
    await add(...messages);
    const taken = await Promise.all(Array.from({ length: 8 }, async () => lease({ most: 3 })));
    const ids = taken.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(messages.map(({ id }) => id)));
  });

  it('keeps to the limit of a recipient whoever asks, and lets others pass', async () => {
    const busy = Array.from({ length: 5 }, () => createOutboxMessage({ recipient: 'slow', createdAt: now - 10 }));
    const other = createOutboxMessage({ recipient: 'other' });
    await add(...busy, other);
    const taken = await Promise.all(Array.from({ length: 4 }, async () => lease({ mostPerRecipient: 2 })));
    const recipients = taken.flat().map(({ recipient }) => recipient);
    expect(recipients.toSorted()).toEqual(['other', 'slow', 'slow']);
  });

  it('hands out again what a node took and never came back with', async () => {
    const message = createOutboxMessage();
    await add(message);
    const [first] = await lease();
    expect(await lease({ now: now + minute - 1, until: now + 2 * minute })).toEqual([]);
    const [second] = await lease({ now: now + minute, until: now + 2 * minute });
    expect(second).toMatchObject({ id: message.id, attempts: 2 });
    const { outbox } = get().storage;
    const late = { message: { ...message, leaseId: first?.leaseId ?? '' }, at: now, events: [createEvent('export.created')] };
    const before = await countEntries(get());
    expect(await outbox.settle({ ...late, next: { state: 'sent', removeAt: now } })).toBe('lease-lost');
    expect(await countEntries(get())).toBe(before);
    expect(await outbox.measure()).toMatchObject({ waiting: 1 });
  });

  it('keeps nothing that says which messages went together: one letter would lead from one person to another', async () => {
    const { outbox } = get().storage;
    await add(...Array.from({ length: 3 }, () => createOutboxMessage()));
    const [sent, waiting, dead] = await lease();
    const [at, events] = [now, []] as const;
    expect(sent && (await outbox.settle({ message: sent, at, events, next: { state: 'sent', removeAt: now + minute } }))).toBe('saved');
    const later = { state: 'waiting', failure: 'timeout', nextAttemptAt: now + minute, othersNotBefore: now } as const;
    expect(waiting && (await outbox.settle({ message: waiting, at, events, next: later }))).toBe('saved');
    const ended = { state: 'dead', failure: 'gone', removeAt: now + minute } as const;
    expect(dead && (await outbox.settle({ message: dead, at, events, next: ended }))).toBe('saved');
    const rows = await get().engine.read({ text: 'SELECT lease_id FROM outbox', values: [] });
    expect(rows.map((row) => row['lease_id'])).toEqual([null, null, null]);
  });

  it('hands out only what somebody here can send', async () => {
    await add(createOutboxMessage());
    expect(await lease({ topics: [] })).toEqual([]);
  });
}

function describeEnds(get: () => OpenedDatabase, add: (...messages: readonly OutboxMessage[]) => Promise<void>): void {
  const take = async (at = now): Promise<LeasedMessage> => {
    const asked = { leaseId: createName(), now: at, until: at + minute, topics: ['security-event'] as const, most: 1, mostPerRecipient: 1 };
    const [leased] = await get().storage.outbox.lease(asked);
    if (leased === undefined) {
      throw new Error('nothing is due');
    }
    return leased;
  };
  const listed = async (state: 'waiting' | 'sent' | 'dead') => get().storage.outbox.list({ state, limit: 10 });

  it('erases what a sent message said, in one act with its entry', async () => {
    const { outbox } = get().storage;
    const message = createOutboxMessage({ body: 'secret-words', personId: createName() });
    await add(message);
    const before = await countEntries(get());
    const leased = await take();
    const events = [createEvent('export.created')];
    expect(await outbox.settle({ message: leased, at: now + 5, next: { state: 'sent', removeAt: now + minute }, events })).toBe('saved');
    expect(await countEntries(get())).toBe(before + 1);
    expect(await listed('sent')).toEqual([expect.objectContaining({ id: message.id, attempts: 1, sentAt: now + 5, failure: null })]);
    const rows = await get().engine.read({ text: "SELECT id FROM outbox WHERE body <> '' OR person_id IS NOT NULL", values: [] });
    expect(rows).toEqual([]);
  });

  it('is not sent when its entry cannot be written', async () => {
    const { outbox } = get().storage;
    await add(createOutboxMessage());
    const event = createEvent('export.created');
    await get().append([event]);
    const leased = await take();
    const settlement = { message: leased, at: now, next: { state: 'sent', removeAt: now } as const, events: [event] };
    await expect(outbox.settle(settlement)).rejects.toMatchObject({ code: 'ledger/unavailable' });
    expect(await listed('waiting')).toHaveLength(1);
  });

  it('waits after a failure, and with it the others for the same recipient', async () => {
    const { outbox } = get().storage;
    await add(createOutboxMessage({ recipient: 'away', createdAt: now - 2 }));
    await add(createOutboxMessage({ recipient: 'away', createdAt: now - 1 }), createOutboxMessage({ recipient: 'here' }));
    const next = { state: 'waiting', failure: 'timeout', nextAttemptAt: now + 9000, othersNotBefore: now + 4000 } as const;
    await outbox.settle({ message: await take(), at: now, next, events: [] });
    const waiting = await listed('waiting');
    expect(waiting.map(({ recipient, nextAttemptAt, failure }) => [recipient, nextAttemptAt, failure])).toEqual([
      ['away', now + 9000, 'timeout'],
      ['away', now + 4000, null],
      ['here', now, null],
    ]);
    expect((await take()).recipient).toBe('here');
  });

  it('is dead until an operator brings it back, and is then tried for its whole life', async () => {
    const { outbox } = get().storage;
    const message = createOutboxMessage({ body: 'kept' });
    await add(message);
    await outbox.settle({
      message: await take(),
      at: now,
      next: { state: 'dead', failure: 'refused', removeAt: now + minute },
      events: [],
    });
    expect(await outbox.measure()).toEqual({ waiting: 0, dead: 1, oldestWaitingAt: null });
    const again = { now: now + 10, giveUpAt: now + 1_000_000 };
    expect(await outbox.retry({ id: createName(), ...again })).toBe('not-retried');
    expect(await outbox.retry({ id: message.id, ...again })).toBe('saved');
    expect(await outbox.measure()).toEqual({ waiting: 1, dead: 0, oldestWaitingAt: message.createdAt });
    expect(await take(now + 10)).toMatchObject({ id: message.id, body: 'kept', attempts: 1, giveUpAt: now + 1_000_000 });
    expect(await outbox.retry({ id: message.id, ...again })).toBe('not-retried');
  });

  it('is listed for its service alone, the last first, page by page, and letters to persons never', async () => {
    const { outbox } = get().storage;
    const [recipient, other] = [createName(), createName()];
    const ids = ['01', '02', '03', '04'].map((start) => `${start}-${createName()}`);
    const [first = '', second = '', third = '', fourth = ''] = ids;
    await add(...[first, second, third].map((id) => createOutboxMessage({ id, recipient })));
    await add(createOutboxMessage({ id: fourth, recipient, topic: 'mail' }), createOutboxMessage({ recipient: other }));
    const listOf = async (state: 'waiting' | 'dead' | null, before: string | null, limit = 2) =>
      (await outbox.listOfRecipient(recipient, { state, before, limit })).map(({ id }) => id);
    expect([await listOf(null, null), await listOf(null, second), await listOf('waiting', third)]).toEqual([
      [third, second],
      [first],
      [second, first],
    ]);
    expect(await listOf('dead', null)).toEqual([]);
  });

  it('is removed some time after its end, and never while it waits', async () => {
    const { outbox } = get().storage;
    await add(createOutboxMessage());
    await outbox.settle({ message: await take(), at: now, next: { state: 'sent', removeAt: now + minute }, events: [] });
    await add(createOutboxMessage());
    await get().storage.removeExpired(now + 10 * 86_400_000);
    expect(await listed('sent')).toEqual([]);
    expect(await listed('waiting')).toHaveLength(1);
  });
}

export function describeOutboxStore(get: () => OpenedDatabase): void {
  const add = async (...messages: readonly OutboxMessage[]): Promise<void> => {
    const { engine } = get();
    await engine.atomic(function* () {
      for (const message of messages) {
        yield insertMessage(engine.tables, message);
      }
    });
  };

  describe('the outbox', () => {
    beforeEach(async () => {
      await get().engine.atomic(function* () {
        yield { text: 'DELETE FROM outbox', values: [] };
      });
    });
    describeLeases(get, add);
  });

  describe('a message of the outbox', () => {
    beforeEach(async () => {
      await get().engine.atomic(function* () {
        yield { text: 'DELETE FROM outbox', values: [] };
      });
    });
    describeEnds(get, add);
  });
}
