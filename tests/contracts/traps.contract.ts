// Traps of the engine's kind of store, each as a pair: the naive form breaks under some order of events, ours under none.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../src/storage/engine.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  consume,
  createArtefact,
  createGrant,
  createName,
  createNextDecision,
  createSession,
  createToken,
  later,
  now,
  saveArtefact,
  saveSession,
} from '../support/store-samples.ts';

/** Puts off a step until the order of events that is being tried reaches it; a step ends before the next one begins. */
type Step = <T>(work: () => Promise<T>) => Promise<T>;

const runs = { numRuns: 25 };

/** Whether `holds` under every order of events tried. */
async function findBreak(holds: (step: Step) => Promise<boolean>): Promise<boolean> {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    let last: Promise<unknown> = Promise.resolve();
    const step: Step = async (work) => {
      await scheduler.schedule(Promise.resolve());
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    };
    return scheduler.waitFor(holds(step));
  });
  const { failed } = await fc.check(property, { ...runs, endOnFailure: true });
  return failed;
}

const countTrue = (outcomes: readonly boolean[]): number => outcomes.filter(Boolean).length;

export function describeTraps(get: () => OpenedDatabase): void {
  const write = async (statement: Statement): Promise<void> =>
    get().engine.atomic(function* () {
      yield statement;
    });

  describe('single use of a code (M1)', () => {
    const race = async (use: (key: string) => Promise<boolean>): Promise<boolean> => {
      const code = createArtefact({ model: 'AuthorizationCode' });
      await get().storage.engine.commit([saveArtefact(code)], now);
      return countTrue(await Promise.all(Array.from({ length: 3 }, async () => use(code.key)))) === 1;
    };
    const look = async (key: string): Promise<boolean> => {
      const code = await get().storage.engine.findArtefact('AuthorizationCode', key, now);
      return code?.consumedAt === null;
    };

    it('breaks when the code is found, looked at and then marked', async () => {
      const isBroken = await findBreak(async (step) =>
        race(async (key) => {
          if (!(await step(async () => look(key)))) {
            return false;
          }
          await step(async () => write({ text: 'UPDATE artefacts SET consumed_at = ? WHERE key = ?', values: [now, key] }));
          return true;
        }),
      );
      expect(isBroken).toBe(true);
    });

    it('holds when the marking itself is the condition', async () => {
      const isBroken = await findBreak(async (step) =>
        race(async (key) => {
          await step(async () => look(key));
          const code = createArtefact({ model: 'AuthorizationCode', key });
          const result = await step(async () => get().storage.engine.commit([consume(code)], now));
          return result.ok;
        }),
      );
      expect(isBroken).toBe(false);
    });
  });

  describe('single use of an assertion (M2)', () => {
    const race = async (use: (key: string) => Promise<boolean>): Promise<boolean> => {
      const key = createName();
      return countTrue(await Promise.all(Array.from({ length: 3 }, async () => use(key)))) === 1;
    };
    const isNew = async (key: string): Promise<boolean> => !(await get().storage.engine.hasReplay(key, now));

    it('breaks when the store looks first and saves afterwards', async () => {
      const upsert = 'INSERT INTO replays (key, expires_at) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at';
      const isBroken = await findBreak(async (step) =>
        race(async (key) => {
          if (!(await step(async () => isNew(key)))) {
            return false;
          }
          await step(async () => write({ text: upsert, values: [key, later] }));
          return true;
        }),
      );
      expect(isBroken).toBe(true);
    });

    it('holds when the store only inserts', async () => {
      const isBroken = await findBreak(async (step) =>
        race(async (key) => {
          const result = await step(async () => get().storage.engine.commit([{ kind: 'save-replay', key, expiresAt: later }], now));
          return result.ok;
        }),
      );
      expect(isBroken).toBe(false);
    });
  });

  describe('a logout beside a request under way (M4)', () => {
    const race = async (
      logOut: (uid: string) => Promise<unknown>,
      save: (uid: string, key: string) => Promise<unknown>,
    ): Promise<boolean> => {
      const session = createSession(null);
      await get().storage.engine.commit([saveSession(session)], now);
      await Promise.all([logOut(session.uid), save(session.uid, session.key)]);
      return (await get().storage.engine.findSession(session.key, now, 0)) === undefined;
    };

    it('brings the session back when logout deletes it and the request saves what it had read', async () => {
      const upsert = `INSERT INTO sessions (uid, key, payload, expires_at, last_seen_at) VALUES (?, ?, '{}', ?, ?)
        ON CONFLICT (uid) DO UPDATE SET payload = excluded.payload`;
      const isBroken = await findBreak(async (step) =>
        race(
          async (uid) => step(async () => write({ text: 'DELETE FROM sessions WHERE uid = ?', values: [uid] })),
          async (uid, key) => step(async () => write({ text: upsert, values: [uid, key, later, now] })),
        ),
      );
      expect(isBroken).toBe(true);
    });

    it('leaves the session ended when its uid stays as a tombstone', async () => {
      const isBroken = await findBreak(async (step) =>
        race(
          async (uid) => step(async () => get().storage.engine.commit([{ kind: 'end-session', uid, at: now, told: null }], now)),
          async (uid, key) => step(async () => get().storage.engine.commit([saveSession(createSession(null, { uid, key }))], now)),
        ),
      );
      expect(isBroken).toBe(false);
    });
  });
  describeWithdrawalTrap(get, write);
}

function describeWithdrawalTrap(get: () => OpenedDatabase, write: (statement: Statement) => Promise<void>): void {
  describe('a withdrawal beside a code exchange (M5)', () => {
    const insert = `INSERT INTO artefacts (key, model, payload, expires_at, created_at, is_offline) VALUES (?, 'AccessToken', '{}', ?, ?, ?)`;

    it('breaks when the consent is looked at before the token is inserted', async () => {
      const isBroken = await findBreak(async (step) => {
        const { consents } = get().storage;
        const grant = await createGrant(get().storage);
        let isAcknowledged = false;
        const withdraw = async (): Promise<void> => {
          await step(async () => {
            await consents.saveDecision(createNextDecision(grant.consent, { state: 'withdrawn' }));
            isAcknowledged = true;
          });
        };
        const exchange = async (): Promise<boolean> => {
          const consent = await step(async () => consents.findConsent(grant.consent.id));
          if (consent?.state !== 'given') {
            return true;
          }
          return step(async () => {
            const isLate = isAcknowledged;
            await write({ text: insert, values: [createName(), later, now, false] });
            return !isLate;
          });
        };
        const [, isSafe] = await Promise.all([withdraw(), exchange()]);
        return isSafe;
      });
      expect(isBroken).toBe(true);
    });

    it('holds when the insert asks again: no token is given out after the withdrawal was acknowledged, and none given out before lives on', async () => {
      const isBroken = await findBreak(async (step) => {
        const { consents, engine } = get().storage;
        const grant = await createGrant(get().storage);
        const [code, token] = [createToken(grant, { model: 'AuthorizationCode' }), createToken(grant)];
        await engine.commit([saveArtefact(code)], now);
        let isAcknowledged = false;
        const withdraw = async (): Promise<void> => {
          await step(async () => {
            await consents.saveDecision(createNextDecision(grant.consent, { state: 'withdrawn' }));
            isAcknowledged = true;
          });
        };
        const exchange = async (): Promise<boolean> => {
          await step(async () => consents.findConsent(grant.consent.id));
          return step(async () => {
            const isLate = isAcknowledged;
            const { ok } = await engine.commit([consume(code), saveArtefact(token)], now);
            return !(ok && isLate);
          });
        };
        const [, isSafe] = await Promise.all([withdraw(), exchange()]);
        return isSafe && (await engine.findArtefact('AccessToken', token.key, now)) === undefined;
      });
      expect(isBroken).toBe(false);
    });
  });
}
