// What an act hears of PostgreSQL that asks for another try, is full, does not answer, or cannot be found; and that the next one works.

import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Act, Engine } from '../../src/storage/engine.ts';
import { createHealth } from '../../src/storage/health.ts';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { createSchema } from '../support/postgres-database.ts';
import type { TestSchema } from '../support/postgres-database.ts';
import type { PostgresServer } from '../support/postgres-server.ts';

/** `cut`: at the next commit every connection ends, before the server hears of it or once it has answered. */
type Wire = {
  readonly port: number;
  isSilent: boolean;
  cut: 'never' | 'before' | 'after';
  readonly open: () => Promise<void>;
  readonly close: () => void;
};

/** Carries bytes between a port and the server; a silent one keeps them and closes nothing, as a machine does whose power is gone. */
async function startWire(socketFile: string): Promise<Wire> {
  const open = new Set<Socket>();
  const state: Pick<Wire, 'isSilent' | 'cut'> = { isSilent: false, cut: 'never' };
  const server = createServer((near) => {
    const far = connect(socketFile);
    const ends = [near, far];
    ends.forEach((socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => ends.forEach((each) => each.destroy()));
    });
    let isCommitting = false;
    near.on('data', (bytes) => {
      isCommitting = state.cut !== 'never' && bytes.includes('COMMIT');
      if (isCommitting && state.cut === 'before') {
        near.destroy();
      } else if (!state.isSilent) {
        far.write(bytes);
      }
    });
    far.on('data', (bytes) => {
      if (isCommitting) {
        near.destroy();
      } else if (!state.isSilent) {
        near.write(bytes);
      }
    });
  });
  const listen = async (at: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(at, '127.0.0.1', resolve);
    });
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = (): void => {
    open.forEach((socket) => socket.destroy());
    server.close();
  };
  return Object.assign(state, { port, close, open: async () => listen(port) });
}

const unavailable = { code: 'store/unavailable' };

export function describePostgresAway(server: PostgresServer): void {
  describe('PostgreSQL', () => {
    let schema: TestSchema | undefined;
    let engine: Engine | undefined;
    const get = (): Engine => {
      if (engine === undefined) {
        throw new Error('the database is not open yet');
      }
      return engine;
    };
    beforeAll(async () => {
      schema = await createSchema(server);
      engine = openPostgres(schema.url);
      await engine.atomic(function* (): Act<void> {
        yield { script: 'CREATE TABLE acts (number bigint NOT NULL); CREATE TABLE once (key text NOT NULL PRIMARY KEY)' };
      });
    });
    afterAll(async () => {
      await engine?.close();
      await schema?.drop();
    });
    const count = async (): Promise<number> => Number((await get().read({ text: 'SELECT count(*) AS n FROM acts', values: [] }))[0]?.['n']);
    /** Acts that write, and are told `state` as long as `fails` says so. How often it was begun. */
    const act = async (state: string, fails: (tries: number) => boolean): Promise<{ readonly tries: number; readonly error: unknown }> => {
      let tries = 0;
      const ended = await get()
        .atomic(function* (): Act<void> {
          tries += 1;
          yield { text: 'INSERT INTO acts (number) VALUES (?)', values: [tries] };
          if (fails(tries)) {
            yield { script: `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${state}'; END $$` };
          }
        })
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      return { tries, error: ended };
    };

    test.each(['40001', '40P01'])(
      'FT-10 that says %s gets the act again, three times at most, and it is done once or not at all',
      async (state) => {
        const before = await count();
        expect(await act(state, (tries) => tries < 4)).toEqual({ tries: 4, error: undefined });
        expect(await count()).toBe(before + 1);
        expect(await act(state, () => true)).toMatchObject({ tries: 4, error: unavailable });
        expect(await count()).toBe(before + 1);
      },
    );

    test.each(['57014', '55P03', '53100', '08006'])('FT-10 that says %s is not asked again: who acts hears it', async (state) => {
      expect(await act(state, () => true)).toMatchObject({ tries: 1, error: unavailable });
    });

    const openFar = async (): Promise<{ readonly far: Engine; readonly wire: Wire }> => {
      const url = new URL(schema?.url ?? '');
      const wire = await startWire(`${url.searchParams.get('host') ?? ''}/.s.PGSQL.5432`);
      const options = encodeURIComponent(url.searchParams.get('options') ?? '');
      return { wire, far: openPostgres(`postgres://huwiya@127.0.0.1:${wire.port}/postgres?options=${options}`) };
    };

    /** What may happen once, and how often it was begun. */
    const actOnce = async (far: Engine, key: string): Promise<{ readonly tries: number; readonly ended: unknown }> => {
      let tries = 0;
      const ended = await far
        .atomic(function* (): Act<string> {
          tries += 1;
          const first = yield { text: 'INSERT INTO once (key) VALUES (?) ON CONFLICT DO NOTHING RETURNING key', values: [key] };
          if (first.length === 0) {
            return 'done before';
          }
          yield { text: 'INSERT INTO acts (number) VALUES (?)', values: [0] };
          return 'done';
        })
        .catch((error: unknown) => error);
      return { tries, ended };
    };

    test.each([
      { cut: 'before', when: 'before it reached the server: nothing was done', done: 0, next: 'done' },
      { cut: 'after', when: 'after it was done: the next try finds that out by its key', done: 1, next: 'done before' },
    ] as const)('FT-07 whose connection ends at a commit, $when, and nothing is done twice', async ({ cut, done, next }) => {
      const { far, wire } = await openFar();
      const before = await count();
      wire.cut = cut;
      expect(await actOnce(far, cut)).toMatchObject({ tries: 1, ended: unavailable });
      wire.cut = 'never';
      expect(await count()).toBe(before + done);
      expect(await actOnce(far, cut)).toEqual({ tries: 1, ended: next });
      expect(await count()).toBe(before + 1);
      await far.close();
      wire.close();
    });

    it('FT-09 that has not answered three times is asked once a second and by nobody else, and serves as soon as it answers', async () => {
      const { far, wire } = await openFar();
      const read = async () => far.read({ text: 'SELECT 1 AS one', values: [] });
      await read();
      wire.close();
      await Promise.allSettled([read(), read(), read()]);
      const began = performance.now();
      const refused = await Promise.allSettled(Array.from({ length: 50 }, read));
      expect(refused.every((each) => each.status === 'rejected' && each.reason.code === 'store/unavailable')).toBe(true);
      await expect(createHealth(far).probeWrite()).rejects.toMatchObject(unavailable);
      expect(performance.now() - began).toBeLessThan(500);
      await wire.open();
      await expect.poll(read, { timeout: 3000 }).toEqual([{ one: 1 }]);
      await far.close();
      wire.close();
    });

    it('FT-09 that has no connection left says so before 2.5 seconds are over, and serves again', async () => {
      const held = Array.from({ length: 10 }, async () => get().read({ text: 'SELECT pg_sleep(2.2)', values: [] }));
      const began = performance.now();
      await expect(count()).rejects.toMatchObject(unavailable);
      expect(performance.now() - began).toBeLessThan(2500);
      await Promise.all(held);
      expect(await count()).toBeGreaterThanOrEqual(0);
    });

    it('FT-09 that has no connection left is not taken for one that is away: who comes then waits for a connection, and is served', async () => {
      const held = Array.from({ length: 10 }, async () => get().read({ text: 'SELECT pg_sleep(2.3)', values: [] }));
      const tired = await Promise.allSettled(Array.from({ length: 5 }, count));
      expect(tired.every((each) => each.status === 'rejected' && each.reason.code === 'store/unavailable')).toBe(true);
      expect(await count()).toBeGreaterThanOrEqual(0);
      await Promise.all(held);
    });

    it('FT-09 that is silent before there is any connection is known to be away however many come, and serves when it speaks', async () => {
      const { far, wire } = await openFar();
      wire.isSilent = true;
      const read = async () => far.read({ text: 'SELECT 1 AS one', values: [] });
      const crowd: Promise<readonly PromiseSettledResult<unknown>[]>[] = [];
      for (let come = 0; come < 80; come += 1) {
        crowd.push(Promise.allSettled([read()]));
        await sleep(35);
      }
      const began = performance.now();
      await Promise.allSettled(Array.from({ length: 30 }, read));
      expect(performance.now() - began).toBeLessThan(500);
      expect((await Promise.all(crowd)).flat()).toMatchObject(Array.from({ length: 80 }, () => ({ reason: unavailable })));
      wire.isSilent = false;
      await expect.poll(read, { timeout: 5000 }).toEqual([{ one: 1 }]);
      await far.close();
      wire.close();
    });

    it('FT-09 that is not found says so', async () => {
      const lost = openPostgres('postgres://huwiya@nowhere.invalid/postgres');
      await expect(lost.read({ text: 'SELECT 1', values: [] })).rejects.toMatchObject(unavailable);
      await lost.close();
    });

    it('FT-09 that is silent is given up after one wait, in a reading and in an act, and serves on new connections when it speaks again', async () => {
      const { far, wire } = await openFar();
      const read = async () => far.read({ text: 'SELECT 1 AS one', values: [] });
      const write = async () =>
        far.atomic(function* (): Act<void> {
          yield { text: 'INSERT INTO acts (number) VALUES (?)', values: [0] };
        });
      await Promise.all([read(), write()]);
      const before = await count();
      wire.isSilent = true;
      const began = performance.now();
      const ended = await Promise.allSettled([read(), write()]);
      const took = performance.now() - began;
      wire.isSilent = false;
      expect(ended).toMatchObject([{ reason: unavailable }, { reason: unavailable }]);
      expect(took).toBeLessThan(4000);
      expect([await read(), await count()]).toEqual([[{ one: 1 }], before]);
      await far.close();
      wire.close();
    });
  });
}
