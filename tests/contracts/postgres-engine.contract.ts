// What only a server with several connections shows.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Act } from '../../src/storage/engine.ts';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { insertMessage } from '../../src/storage/insert-message.ts';
import { lockRegister } from '../../src/storage/register.ts';
import { openDatabase } from '../support/opened-database.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createSchema } from '../support/postgres-database.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import {
  consume,
  createEvent,
  createGrant,
  createName,
  createNextDecision,
  createOutboxMessage,
  createToken,
  later,
  noLimits,
  now,
  saveArtefact,
  saveSession,
} from '../support/store-samples.ts';
import { describePostgresAway } from './postgres-away.contract.ts';
import { describeRegisterOfTwoNodes } from './two-nodes.contract.ts';

export function describePostgresEngine(server: PostgresServer): void {
  describe('The engine of PostgreSQL', () => {
    describeConnections(server);
    describeRegisterOfTwoNodes(server);
    describePostgresAway(server);
  });
}

function describeConnections(server: PostgresServer): void {
  let opened: OpenedDatabase | undefined;
  const get = (): OpenedDatabase => {
    if (opened === undefined) {
      throw new Error('the database is not open yet');
    }
    return opened;
  };
  beforeAll(async () => {
    const schema = await createSchema(server);
    opened = await openDatabase(openPostgres(schema.url), schema.drop);
  });
  afterAll(async () => opened?.close());

  function* touch(...keys: readonly string[]): Act<void> {
    for (const key of keys) {
      yield { text: 'UPDATE replays SET expires_at = expires_at + 1 WHERE key = ?', values: [key] };
      yield { text: 'SELECT pg_sleep(0.05)', values: [] };
    }
  }

  describe('A PostgreSQL server with several connections', () => {
    it('has nothing against a start', async () => {
      expect(await get().storage.checkStart()).toEqual([]);
    });

    it('ends one of two acts that wait for each other, and that act is tried again', async () => {
      const [first, second] = [createName(), createName()];
      const keep = (key: string) => ({ kind: 'save-replay', key, expiresAt: later }) as const;
      await get().storage.engine.commit([keep(first), keep(second)], now);
      await Promise.all([get().engine.atomic(() => touch(first, second)), get().engine.atomic(() => touch(second, first))]);
      const rows = await get().engine.read({ text: 'SELECT expires_at FROM replays WHERE key IN (?, ?)', values: [first, second] });
      expect(rows.map((row) => Number(row['expires_at']))).toEqual([later + 2, later + 2]);
    });

    it('hands out what leaves while somebody holds the register', async () => {
      const { engine, storage } = get();
      const message = createOutboxMessage();
      await engine.atomic(function* (): Act<void> {
        yield insertMessage(engine.tables, message);
      });
      const holding = engine.atomic(function* (): Act<void> {
        yield* lockRegister(engine);
        yield { text: 'SELECT pg_sleep(1.5)', values: [] };
      });
      const until = message.createdAt + 60_000;
      const asked = { leaseId: createName(), now: message.createdAt, until, topics: [message.topic], most: 1, mostPerRecipient: 1 };
      const first = await Promise.race([holding.then(() => 'the register'), sleep(200).then(async () => storage.outbox.lease(asked))]);
      expect(first).toMatchObject([{ id: message.id }]);
      await holding;
    });

    it('lets many requests of one session through without waiting for a deadlock to be found', async () => {
      const grant = await createGrant(get().storage);
      const started = Date.now();
      const requests = Array.from({ length: 40 }, async () =>
        get().storage.engine.commit([saveArtefact(createToken(grant)), saveSession(grant.session)], now),
      );
      expect(new Set((await Promise.all(requests)).map(({ ok }) => ok))).toEqual(new Set([true]));
      expect(Date.now() - started).toBeLessThan(1000);
    });

    it('takes too long: the statement is given up and the next one works', async () => {
      await expect(get().engine.read({ text: 'SELECT pg_sleep(9)', values: [] })).rejects.toMatchObject({ code: 'store/unavailable' });
      expect(await get().engine.read({ text: 'SELECT 1 AS one', values: [] })).toEqual([{ one: 1 }]);
    });

    it('cuts its connections: what was under way fails as a fault, and the next act works', async () => {
      const cut = get().engine.atomic(function* () {
        yield { text: 'SELECT pg_terminate_backend(pg_backend_pid())', values: [] };
      });
      await expect(cut).rejects.toMatchObject({ code: 'store/unavailable' });
      expect(await get().storage.engine.commit([{ kind: 'save-replay', key: createName(), expiresAt: later }], now)).toEqual({ ok: true });
    });

    it('that is not there is a fault of the start', async () => {
      const storage = openStorage({ kind: 'postgres', url: 'postgres://huwiya@localhost/postgres?host=/nowhere' });
      expect(await storage.checkStart()).toMatchObject([{ setting: 'HUWIYA_DATABASE' }]);
      await storage.close();
    });
  });

  describe('A withdrawal on PostgreSQL beside releases and exchanges of another node', () => {
    it('is believed from the moment it was acknowledged, and nothing made before it lives on', async () => {
      for (let round = 0; round < 20; round += 1) {
        const { consents, engine } = get().storage;
        const grant = await createGrant(get().storage);
        const codes = Array.from({ length: 6 }, () => createToken(grant, { model: 'AuthorizationCode' }));
        await engine.commit(codes.map(saveArtefact), now);
        let isAcknowledged = false;
        const attempt = async (place: number): Promise<{ readonly isLate: boolean; readonly ok: boolean }> => {
          await sleep(place % 3);
          const isLate = isAcknowledged;
          const code = codes[place] ?? createToken(grant);
          const release = {
            kind: 'use-consent',
            consentId: grant.consent.id,
            version: grant.consent.version,
            at: now,
            limits: noLimits,
          } as const;
          const event = { kind: 'append-event', event: createEvent('data.released') } as const;
          const exchange = [consume(code), saveArtefact(createToken(grant, { key: `token-${code.key}` }))];
          const { ok } = await engine.commit(place % 2 === 0 ? exchange : [release, event], now);
          return { isLate, ok };
        };
        const attempts = codes.map(async (_, place) => attempt(place));
        expect(await consents.saveDecision(createNextDecision(grant.consent, { state: 'withdrawn' }))).toBe('saved');
        isAcknowledged = true;
        const outcomes = [...(await Promise.all(attempts)), await attempt(0), await attempt(1)];
        expect(outcomes.filter(({ isLate, ok }) => isLate && ok)).toEqual([]);
        const left = await Promise.all(codes.map(async ({ key }) => engine.findArtefact('AccessToken', `token-${key}`, now)));
        expect(left.filter((token) => token !== undefined)).toEqual([]);
      }
    });
  });
}
