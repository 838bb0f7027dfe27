// What every store of the engine's artefacts promises.

import { describe, expect, it } from 'vitest';
import { artefactModels } from '../../src/oidc/store.ts';
import type { Artefact } from '../../src/oidc/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  consume,
  createArtefact,
  createEvent,
  createGrant,
  createName,
  createToken,
  later,
  now,
  saveArtefact,
  saveSession,
} from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';
import { describeEngineSessions } from './engine-sessions.contract.ts';
import { describeGrants } from './engine-grants.contract.ts';
import { describeRemembered } from './remembered-store.contract.ts';
import { describeOfflineTokens } from './offline-tokens.contract.ts';

export function describeEngineStore(get: () => OpenedDatabase): void {
  const find = async (artefact: Artefact, at = now): Promise<Artefact | undefined> =>
    get().storage.engine.findArtefact(artefact.model, artefact.key, at);

  describe('artefacts', () => {
    it.each(artefactModels)('of the model %s come back exactly as saved until they expire', async (model) => {
      const { engine } = get().storage;
      const artefact = createArtefact({ model, isOffline: model === 'RefreshToken' });
      expect(await engine.commit([saveArtefact(artefact)], now)).toEqual({ ok: true });
      expect(await find(artefact)).toEqual(artefact);
      expect(await find(artefact, later - 1)).toEqual(artefact);
      expect(await find(artefact, later)).toBeUndefined();
    });

    it('are found under their own model only', async () => {
      const { engine } = get().storage;
      const artefact = createArtefact({ model: 'AuthorizationCode' });
      await engine.commit([saveArtefact(artefact)], now);
      expect(await engine.findArtefact('AccessToken', artefact.key, now)).toBeUndefined();
      expect(await engine.commit([saveArtefact({ ...artefact, model: 'AccessToken' })], now)).toMatchObject({ ok: false });
      expect(await find(artefact)).toEqual(artefact);
    });

    it('stay visible to the engine once consumed', async () => {
      const { engine } = get().storage;
      const code = createArtefact({ model: 'AuthorizationCode' });
      await engine.commit([saveArtefact(code), consume(code)], now);
      expect(await find(code)).toEqual({ ...code, consumedAt: now });
    });

    it('change what they hold when saved again, never whether they were consumed', async () => {
      const { engine } = get().storage;
      const interaction = createArtefact({ model: 'Interaction' });
      await engine.commit([saveArtefact(interaction)], now);
      await engine.commit([consume(interaction)], now);
      await engine.commit([saveArtefact({ ...interaction, payload: '{"a":1}', expiresAt: later + 1 })], now);
      expect(await find(interaction)).toEqual({ ...interaction, payload: '{"a":1}', expiresAt: later + 1, consumedAt: now });
    });

    it('never come back once destroyed', async () => {
      const { engine } = get().storage;
      const interaction = createArtefact({ model: 'Interaction' });
      await engine.commit([saveArtefact(interaction)], now);
      await engine.commit([{ kind: 'destroy', key: interaction.key, isOnce: true }], now);
      expect(await find(interaction)).toBeUndefined();
      expect(await engine.commit([saveArtefact(interaction)], now)).toEqual({ ok: false, failure: 'already-consumed' });
      expect(await engine.commit([consume(interaction)], now)).toEqual({ ok: false, failure: 'grant-ended' });
      expect(await find(interaction)).toBeUndefined();
    });

    it('are destroyed by one of many where that matters, and nothing of the others is written', async () => {
      const { engine } = get().storage;
      const [interaction, token] = [createArtefact({ model: 'Interaction' }), createArtefact()];
      await engine.commit([saveArtefact(interaction), saveArtefact(token)], now);
      const codes = Array.from({ length: 6 }, () => createArtefact({ model: 'AuthorizationCode' }));
      const answers = await Promise.all(
        codes.map(async (code) => engine.commit([{ kind: 'destroy', key: interaction.key, isOnce: true }, saveArtefact(code)], now)),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 5 }, () => ({ ok: false, failure: 'already-consumed' })));
      const found = await Promise.all(codes.map(async (code) => engine.findArtefact('AuthorizationCode', code.key, now)));
      expect(found.filter((code) => code !== undefined)).toHaveLength(1);
      for (let time = 0; time < 2; time += 1) {
        expect(await engine.commit([{ kind: 'destroy', key: token.key, isOnce: false }], now)).toEqual({ ok: true });
      }
    });
  });

  describe('a commit', () => {
    it('writes nothing at all when one of its conditions fails', async () => {
      const { engine } = get().storage;
      const code = createArtefact({ model: 'AuthorizationCode' });
      await engine.commit([saveArtefact(code), consume(code)], now);
      const before = await countEntries(get());
      const token = createArtefact();
      const replay = createName();
      const event = createEvent('service.entered');
      const late = [
        saveArtefact(token),
        { kind: 'save-replay', key: replay, expiresAt: later },
        { kind: 'append-event', event },
        consume(code),
      ] as const;
      expect(await engine.commit(late, now)).toEqual({ ok: false, failure: 'already-consumed' });
      expect(await find(token)).toBeUndefined();
      expect(await engine.hasReplay(replay, now)).toBe(false);
      expect(await countEntries(get())).toBe(before);
    });

    it('writes nothing at all when its event cannot be written', async () => {
      const { engine } = get().storage;
      const event = createEvent('service.entered');
      await get().append([event]);
      const token = createArtefact();
      const commit = engine.commit([saveArtefact(token), { kind: 'append-event', event }], now);
      await expect(commit).rejects.toMatchObject({ code: 'ledger/unavailable' });
      expect(await find(token)).toBeUndefined();
    });

    it('is one durable commit, however many writes it has', async () => {
      const { storage } = get();
      const grant = await createGrant(storage);
      const before = storage.commits();
      const writes = [createToken(grant), createToken(grant, { model: 'RefreshToken' })].map(saveArtefact);
      await storage.engine.commit([...writes, { kind: 'append-event', event: createEvent('service.entered') }], now);
      expect(storage.commits()).toBe(before + 1);
    });

    it('is not made by a sequencer or a removal that finds nothing to do', async () => {
      const { storage } = get();
      const nothing = () => ({ entries: [], tiles: [], checkpoint: null });
      const before = storage.commits();
      await storage.ledger.sequenceEvents(nothing);
      await storage.removeExpired(0);
      expect(storage.commits()).toBe(before);
    });

    it('leaves no trace when it is refused', async () => {
      const { storage } = get();
      const before = storage.commits();
      expect(await storage.engine.commit([consume(createArtefact())], now)).toEqual({ ok: false, failure: 'already-consumed' });
      expect(storage.commits()).toBe(before);
    });

    it('lets one of many consume a code, and gives the others nothing', async () => {
      const { engine } = get().storage;
      const code = createArtefact({ model: 'AuthorizationCode' });
      await engine.commit([saveArtefact(code)], now);
      const tokens = Array.from({ length: 32 }, () => createArtefact());
      const results = await Promise.all(tokens.map(async (token) => engine.commit([consume(code), saveArtefact(token)], now)));
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const found = await Promise.all(tokens.map(async (token) => find(token)));
      expect(found.filter((token) => token !== undefined)).toHaveLength(1);
    });

    it('accepts an assertion once, however many send it at once', async () => {
      const { engine } = get().storage;
      const key = createName();
      const results = await Promise.all(
        Array.from({ length: 32 }, async () => engine.commit([{ kind: 'save-replay', key, expiresAt: later }], now)),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(results).toContainEqual({ ok: false, failure: 'replayed' });
      expect([await engine.hasReplay(key, now), await engine.hasReplay(key, later)]).toEqual([true, false]);
    });
  });
  describe('the removal of what expired', () => {
    it('takes requests that were left lying when their time is over, and tokens a day later', async () => {
      const { storage, engine } = get();
      const grant = await createGrant(storage);
      const lying = createArtefact({ model: 'Interaction', expiresAt: now - 1 });
      const open = createArtefact({ model: 'Interaction', expiresAt: now + 1 });
      const token = createToken(grant, { expiresAt: now - 1 });
      await storage.engine.commit([lying, open, token].map(saveArtefact), now);
      while ((await storage.removeExpired(now)) > 0) {
        // As often as there is something.
      }
      const left = await engine.read({
        text: 'SELECT key FROM artefacts WHERE key IN (?, ?, ?)',
        values: [lying.key, open.key, token.key],
      });
      expect(new Set(left.map(({ key }) => key))).toEqual(new Set([open.key, token.key]));
    });

    it('takes what expired more than a day ago, in portions, and leaves everything that lives or must be remembered', async () => {
      const { storage } = get();
      const grant = await createGrant(storage);
      const day = 24 * 60 * 60 * 1000;
      const [old, young] = [createToken(grant, { expiresAt: now - 1 }), createToken(grant)];
      const keys = Array.from({ length: 600 }, createName);
      await storage.engine.commit([old, young].map(saveArtefact), now);
      await storage.engine.commit(
        keys.map((key) => ({ kind: 'save-replay', key, expiresAt: now - 1 })),
        now,
      );
      const ended = createName();
      await storage.engine.commit([{ kind: 'end-session', uid: ended, at: now + 1, told: null }], now);
      const counts = [
        await storage.removeExpired(now + day),
        await storage.removeExpired(now + day),
        await storage.removeExpired(now + day),
      ];
      expect(counts.map((count) => count > 0)).toEqual([true, true, false]);
      expect(await find(young)).toEqual(young);
      expect(await storage.consents.findConsent(grant.consent.id)).toMatchObject(grant.consent);
      const [left] = await get().engine.read({ text: 'SELECT count(*) AS total FROM artefacts WHERE key = ?', values: [old.key] });
      expect(Number(left?.['total'])).toBe(0);
      const late = {
        uid: ended,
        key: createName(),
        payload: '{}',
        personId: null,
        expiresAt: later,
        lastSeenAt: now,
        startedAt: now,
        device: null,
        isShared: false,
        passkeyId: null,
      };
      expect(await storage.engine.commit([saveSession(late)], now)).toMatchObject({ ok: false });
    });
  });
  describeGrants(get);
  describeRemembered(get);
  describeOfflineTokens(get);
  describeEngineSessions(get);
}
