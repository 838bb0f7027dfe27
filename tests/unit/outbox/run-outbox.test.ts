// The worker of the outbox: what it does with the answers of senders, and that nothing of one message or one round can end it.

import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { systemSleep } from '../../../src/domain/ledger/sleep.ts';
import { toPause } from '../../../src/domain/outbox/backoff.ts';
import { runOutbox } from '../../../src/domain/outbox/run-outbox.ts';
import type { OutboxWorker, Sender, Sent } from '../../../src/domain/outbox/run-outbox.ts';
import { insertMessage } from '../../../src/storage/insert-message.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createName, createOutboxMessage, now } from '../../support/store-samples.ts';

const database = createSqliteDatabase();

describe('the worker of the outbox', () => {
  let opened: OpenedDatabase | undefined;
  let worker: OutboxWorker | undefined;
  let time = now;
  const told: string[] = [];

  afterEach(async () => {
    await worker?.stop();
    await opened?.close();
    [opened, worker, time, told.length] = [undefined, undefined, now, 0];
  });

  const add = async (changes: Parameters<typeof createOutboxMessage>[0] = {}): Promise<string> => {
    opened ??= await database.open();
    const { engine } = opened;
    const message = createOutboxMessage(changes);
    await engine.atomic(function* () {
      yield insertMessage(engine.tables, message);
    });
    return message.id;
  };

  const start = async (send: Sender['send'], outbox = opened?.storage.outbox): Promise<void> => {
    if (outbox === undefined) {
      throw new Error('nothing was added');
    }
    const clock = { now: () => time };
    const sender: Sender = {
      send,
      toEvents: ({ personId }, end) => [
        { type: 'export.created', personRef: personId, actor: { kind: 'system', ref: null }, reason: end.state },
      ],
    };
    worker = runOutbox({
      outbox,
      senders: { 'security-event': sender },
      clock,
      random: systemRandom,
      sleep: systemSleep,
      steady: clock,
      pause: 5,
      report: (fault) => told.push(String(fault)),
      tell: (_, failure) => told.push(failure),
    });
  };

  const listed = async (state: 'waiting' | 'sent' | 'dead') => opened?.storage.outbox.list({ state, limit: 10 });
  const entries = async () => opened?.engine.read({ text: 'SELECT body FROM entries', values: [] });

  it('tries again until it is delivered, and the log has one entry for all attempts', async () => {
    const id = await add();
    const answers: Sent[] = [{ result: 'failed', failure: 'timeout' }, { result: 'failed', failure: 'status-503' }, { result: 'sent' }];
    const seen: string[] = [];
    await start(async (message) => {
      seen.push(message.id);
      return answers.shift() ?? { result: 'sent' };
    });
    await expect
      .poll(async () => {
        time += 20_000;
        return (await listed('sent'))?.length;
      })
      .toBe(1);
    expect(seen).toEqual([id, id, id]);
    expect(told).toEqual(['timeout', 'status-503']);
    expect(await entries()).toHaveLength(1);
  });

  it('gives up at once what the other side will never take, and later what it took too long to take', async () => {
    await add({ recipient: 'never', createdAt: now });
    await add({ recipient: 'late', createdAt: now, giveUpAt: now + 500 });
    await start(async ({ recipient }) =>
      recipient === 'never' ? { result: 'refused', failure: 'invalid_key' } : { result: 'failed', failure: 'timeout' },
    );
    await expect.poll(async () => (await listed('dead'))?.map(({ failure }) => failure).toSorted()).toEqual(['invalid_key', 'timeout']);
    expect((await entries())?.map(({ body }) => /"reason":"(\w+)"/.exec(String(body))?.[1])).toEqual(['dead', 'dead']);
  });

  it('FT-22 lays a message aside that breaks its sender again and again, and delivers all others', async () => {
    await add({ recipient: 'broken', createdAt: now, giveUpAt: now + 60_000 });
    const others = await Promise.all(['one', 'two', 'three'].map(async (recipient) => add({ recipient, createdAt: now })));
    let tries = 0;
    await start(async ({ recipient }) => {
      if (recipient === 'broken') {
        tries += 1;
        throw new Error('poison');
      }
      return { result: 'sent' };
    });
    await expect
      .poll(async () => {
        time += 20_000;
        return [(await listed('dead'))?.map(({ recipient }) => recipient), (await listed('sent'))?.map(({ id }) => id).toSorted()];
      })
      .toEqual([['broken'], others.toSorted()]);
    expect(tries).toBeGreaterThan(1);
    expect(await listed('waiting')).toEqual([]);
  });

  it('outlives a sender that throws, and an outbox that cannot be read', async () => {
    await add();
    const outbox = opened?.storage.outbox;
    let rounds = 0;
    const faulty = outbox && {
      ...outbox,
      lease: async (asked: Parameters<typeof outbox.lease>[0]) => {
        rounds += 1;
        if (rounds === 1) {
          throw new Error('away');
        }
        return outbox.lease(asked);
      },
    };
    await start(async () => {
      throw new Error('broken');
    }, faulty);
    await expect.poll(() => told).toEqual(['Error: away', 'Error: broken', 'internal']);
    expect(await listed('waiting')).toEqual([expect.objectContaining({ failure: 'internal', attempts: 1 })]);
  });

  it('never has more than two messages on their way to one recipient, nor more than sixteen at all', async () => {
    const recipients = Array.from({ length: 12 }, () => createName());
    for (const recipient of recipients) {
      await add({ recipient });
      await add({ recipient });
      await add({ recipient });
    }
    const under = new Map<string, number>();
    let [most, mostOfOne] = [0, 0];
    await start(async ({ recipient }) => {
      under.set(recipient, (under.get(recipient) ?? 0) + 1);
      most = Math.max(
        most,
        [...under.values()].reduce((sum, count) => sum + count, 0),
      );
      mostOfOne = Math.max(mostOfOne, under.get(recipient) ?? 0);
      await systemSleep(10);
      under.set(recipient, (under.get(recipient) ?? 0) - 1);
      return { result: 'sent' };
    });
    await expect.poll(async () => (await opened?.storage.outbox.measure())?.waiting).toBe(0);
    expect([most, mostOfOne]).toEqual([16, 2]);
  });

  it('stops when what is on its way was written, and takes no more', async () => {
    await add({ recipient: 'one' });
    let release = (): void => undefined;
    await start(
      () =>
        new Promise((resolve) => {
          release = () => resolve({ result: 'sent' });
        }),
    );
    await expect.poll(async () => (await listed('waiting'))?.[0]?.attempts).toBe(1);
    const stopping = worker?.stop();
    await add({ recipient: 'two' });
    release();
    await stopping;
    expect(await listed('sent')).toHaveLength(1);
    expect(await listed('waiting')).toHaveLength(1);
  });
});

describe('the pause before the next attempt', () => {
  it('grows, stays within the hour, and keeps what the other side asked for', () => {
    const within = fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 1e9 }), (attempts, asked) => {
      const pause = toPause(systemRandom, attempts, asked);
      const whole = Math.min(2000 * 2 ** (attempts - 1), 3_600_000);
      expect(pause).toBeGreaterThanOrEqual(Math.max(whole / 2, Math.min(asked, 3_600_000)));
      expect(pause).toBeLessThanOrEqual(Math.max(whole, Math.min(asked, 3_600_000)));
    });
    fc.assert(within);
  });
});
