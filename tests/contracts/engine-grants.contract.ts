// What ends a token: at the next read, and inside the commit that would make one.

import { describe, expect, it } from 'vitest';
import type { Artefact, EngineWrite } from '../../src/oidc/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  consume,
  createEvent,
  createGrant,
  createName,
  createNextDecision,
  createToken,
  later,
  noChanges,
  noLimits,
  now,
  saveArtefact,
} from '../support/store-samples.ts';
import type { Grant } from '../support/store-samples.ts';
import { createStatusSaid } from '../support/status-said.ts';

type End = (opened: OpenedDatabase, grant: Grant) => Promise<unknown>;

const endings: readonly (readonly [what: string, end: End])[] = [
  [
    'the consent is withdrawn',
    async ({ storage }, { consent }) => storage.consents.saveDecision(createNextDecision(consent, { state: 'withdrawn' })),
  ],
  [
    'the consent is paused',
    async ({ storage }, { consent }) => storage.consents.saveDecision(createNextDecision(consent, { state: 'paused' })),
  ],
  [
    'the consent was paused and resumed',
    async ({ storage }, { consent }) => {
      const paused = createNextDecision(consent, { state: 'paused' });
      await storage.consents.saveDecision(paused);
      await storage.consents.saveDecision(createNextDecision(paused.consent, { state: 'given', change: 'resumed' }));
    },
  ],
  [
    'the consent has run out',
    async ({ storage }, { consent }) => storage.consents.saveDecision(createNextDecision(consent, { expiresAt: now })),
  ],
  ['the person is suspended', async ({ storage }, { person }) => storage.people.saveStatus(person.id, 'suspended', createStatusSaid())],
  [
    'the service is suspended',
    async ({ storage }, { service }) =>
      storage.agencies.saveServiceStatus(service.clientId, 'suspended', createEvent('service.status_changed')),
  ],
  [
    'the tokens of session and service were ended',
    async ({ storage }, { session, service }) => storage.engine.commit([endTokens(session.uid, service.clientId, true)], now),
  ],
];

const endPurpose: readonly [what: string, end: End] = [
  'the purpose is retired',
  async ({ storage }, { purpose }) => storage.agencies.saveChanges({ ...noChanges, endedPurposes: [purpose] }),
];

const endSession: End = async ({ storage }, { session }) =>
  storage.engine.commit([{ kind: 'end-session', uid: session.uid, at: now, told: null }], now);

function endTokens(sessionUid: string, clientId: string, includesOffline: boolean): EngineWrite {
  return { kind: 'end-tokens', sessionUid, clientId, at: now, includesOffline };
}

export function describeGrants(get: () => OpenedDatabase): void {
  const find = async (artefact: Artefact, at = now): Promise<Artefact | undefined> =>
    get().storage.engine.findArtefact(artefact.model, artefact.key, at);
  const commit = async (...writes: readonly EngineWrite[]): Promise<unknown> => get().storage.engine.commit(writes, now);

  describe('a token', () => {
    it.each(endings)('made before is dead at the next read when %s', async (_, end) => {
      const grant = await createGrant(get().storage);
      const tokens = [createToken(grant), createToken(grant, { model: 'RefreshToken', isOffline: true })];
      expect(await commit(...tokens.map(saveArtefact))).toEqual({ ok: true });
      expect(await Promise.all(tokens.map(async (token) => find(token)))).toEqual(tokens);
      await end(get(), grant);
      expect(await Promise.all(tokens.map(async (token) => find(token)))).toEqual([undefined, undefined]);
    });

    it.each(endings)('is not made for a code when %s while the code is exchanged', async (_, end) => {
      const grant = await createGrant(get().storage);
      const code = createToken(grant, { model: 'AuthorizationCode' });
      await commit(saveArtefact(code));
      await end(get(), grant);
      const token = createToken(grant, { createdAt: later - 1 });
      expect(await commit(consume(code), saveArtefact(token))).toEqual({ ok: false, failure: 'grant-ended' });
      expect(await get().engine.read({ text: 'SELECT key FROM artefacts WHERE key = ?', values: [token.key] })).toEqual([]);
    });

    it('is not made from a refresh token that was ended or revoked after it was read', async () => {
      const grant = await createGrant(get().storage);
      const [ended, revoked, kept] = ['ended', 'revoked', 'kept'].map(() => createToken(grant, { model: 'RefreshToken', isOffline: true }));
      for (const source of [ended, revoked, kept]) {
        await commit(saveArtefact(source ?? createToken(grant)));
      }
      const refresh = async (source: typeof kept) => {
        const made = createToken(grant, { createdAt: later, isOffline: true });
        return commit({ kind: 'require-artefact', key: source?.key ?? '' }, saveArtefact(made));
      };
      expect(await refresh(kept)).toEqual({ ok: true });
      await commit({ kind: 'destroy', key: revoked?.key ?? '', isOnce: false });
      expect(await refresh(revoked)).toEqual({ ok: false, failure: 'grant-ended' });
      await commit(endTokens(grant.session.uid, grant.service.clientId, true));
      expect(await refresh(ended)).toEqual({ ok: false, failure: 'grant-ended' });
    });

    it('ends with its session unless it is an offline one', async () => {
      const grant = await createGrant(get().storage);
      const [online, offline] = [createToken(grant), createToken(grant, { model: 'RefreshToken', isOffline: true })];
      await commit(saveArtefact(online), saveArtefact(offline));
      await endSession(get(), grant);
      expect([await find(online), await find(offline)]).toEqual([undefined, offline]);
      expect(await commit(saveArtefact(createToken(grant)))).toEqual({ ok: false, failure: 'session-ended' });
      expect(await commit(saveArtefact(createToken(grant, { isOffline: true })))).toEqual({ ok: true });
    });

    it('cannot rest on a session that nobody saved', async () => {
      const grant = await createGrant(get().storage);
      expect(await commit(saveArtefact(createToken(grant, { sessionUid: createName() })))).toEqual({ ok: false, failure: 'session-ended' });
    });

    it('made after the tokens of its session and service were ended lives, and one of another service was never touched', async () => {
      const [grant, other] = [await createGrant(get().storage), await createGrant(get().storage)];
      const theirs = createToken(other);
      await commit(saveArtefact(theirs), endTokens(grant.session.uid, grant.service.clientId, true));
      const [same, next] = [createToken(grant), createToken(grant, { createdAt: now + 1 })];
      expect(await commit(saveArtefact(same))).toEqual({ ok: false, failure: 'grant-ended' });
      expect(await commit(saveArtefact(next))).toEqual({ ok: true });
      expect([await find(next), await find(theirs)]).toEqual([next, theirs]);
    });

    it('of the offline kind outlives an ending that does not include it, also after a later and an earlier one', async () => {
      const grant = await createGrant(get().storage);
      const { uid } = grant.session;
      const [online, offline] = [createToken(grant), createToken(grant, { isOffline: true })];
      await commit(saveArtefact(online), saveArtefact(offline));
      await commit(endTokens(uid, grant.service.clientId, false));
      await commit({ ...endTokensAt(uid, grant, now - 10), includesOffline: true });
      expect([await find(online), await find(offline)]).toEqual([undefined, offline]);
      await commit({ ...endTokensAt(uid, grant, now + 10), includesOffline: true });
      expect(await find(offline)).toBeUndefined();
    });

    it('stays dead when the person agrees again after a withdrawal', async () => {
      const { consents } = get().storage;
      const grant = await createGrant(get().storage);
      const old = createToken(grant, { model: 'RefreshToken', isOffline: true });
      await commit(saveArtefact(old));
      const withdrawal = createNextDecision(grant.consent, { state: 'withdrawn' });
      await consents.saveDecision(withdrawal);
      expect(await consents.saveDecision(createNextDecision(withdrawal.consent, { state: 'given' }))).toBe('saved');
      expect(await find(old)).toBeUndefined();
      expect(await commit(consume(old), saveArtefact(createToken(grant)))).toEqual({ ok: false, failure: 'grant-ended' });
      const fresh = createToken(grant);
      expect(await commit(saveArtefact(fresh))).toEqual({ ok: true });
      expect(await find(fresh)).toEqual(fresh);
    });

    it('stays dead when a consent that had run out is renewed', async () => {
      const grant = await createGrant(get().storage);
      const old = createToken(grant);
      await commit(saveArtefact(old));
      const after = grant.consent.expiresAt;
      await get().storage.consents.saveDecision(createNextDecision(grant.consent, { decidedAt: after, expiresAt: after + 1000 }));
      expect(await find(old)).toBeUndefined();
    });

    it('stays dead, and its session with it, when a person becomes active again', async () => {
      const { people, engine } = get().storage;
      const [grant, other] = [await createGrant(get().storage), await createGrant(get().storage)];
      const [old, theirs] = [createToken(grant, { isOffline: true }), createToken(other)];
      await commit(saveArtefact(old), saveArtefact(theirs));
      for (const status of ['frozen', 'active'] as const) {
        await people.saveStatus(grant.person.id, status, createStatusSaid());
      }
      expect([await find(old), await find(theirs)]).toEqual([undefined, theirs]);
      expect(await engine.findSession(grant.session.key, now, 0)).toBeUndefined();
      expect(await commit(saveArtefact(createToken(grant)))).toEqual({ ok: false, failure: 'session-ended' });
    });

    it('lives on when its standing consent is renewed or narrowed', async () => {
      const grant = await createGrant(get().storage);
      const token = createToken(grant);
      await commit(saveArtefact(token));
      await get().storage.consents.saveDecision(createNextDecision(grant.consent, { attributes: [], decidedAt: now + 5 }));
      expect(await find(token)).toEqual(token);
    });

    it('of a service of our own needs neither a consent nor a row of the service', async () => {
      const grant = await createGrant(get().storage);
      const token = createToken(grant, { clientId: createName(), consentId: null });
      expect(await commit(saveArtefact(token))).toEqual({ ok: true });
      expect(await find(token)).toEqual(token);
    });

    it('is not made for a person or a consent that is not there', async () => {
      const grant = await createGrant(get().storage);
      for (const changes of [{ personId: createName() }, { consentId: createName() }]) {
        expect(await commit(saveArtefact(createToken(grant, changes)))).toEqual({ ok: false, failure: 'grant-ended' });
      }
    });
  });

  describe('a release', () => {
    it.each([...endings.slice(0, 6), endPurpose])('is refused when %s, also by whoever read it before', async (_, end) => {
      const grant = await createGrant(get().storage);
      const release = {
        kind: 'use-consent',
        consentId: grant.consent.id,
        version: grant.consent.version,
        at: now,
        limits: noLimits,
      } as const;
      expect(await commit(release)).toEqual({ ok: true });
      await end(get(), grant);
      expect(await commit(release, { kind: 'append-event', event: createEvent('data.released') })).toEqual({
        ok: false,
        failure: 'grant-ended',
      });
    });

    it('is refused when the person decided anew after the consent was read, and allowed on what they said last', async () => {
      const grant = await createGrant(get().storage);
      const narrowed = createNextDecision(grant.consent, { attributes: [], decidedAt: now + 5 });
      expect(await get().storage.consents.saveDecision(narrowed)).toBe('saved');
      const release = {
        kind: 'use-consent',
        consentId: grant.consent.id,
        version: grant.consent.version,
        at: now,
        limits: noLimits,
      } as const;
      expect(await commit(release)).toEqual({ ok: false, failure: 'grant-ended' });
      expect(await commit({ ...release, version: narrowed.consent.version })).toEqual({ ok: true });
    });

    it('is counted, with its time, once for each, also when many come at once, and never beyond what the purpose allows', async () => {
      const grant = await createGrant(get().storage);
      const use = {
        kind: 'use-consent',
        consentId: grant.consent.id,
        version: 1,
        at: now,
        limits: { mostUses: 5, frequency: null },
      } as const;
      const outcomes = await Promise.all(Array.from({ length: 8 }, async () => commit(use)));
      expect(outcomes.filter((outcome) => JSON.stringify(outcome) === '{"ok":true}')).toHaveLength(5);
      expect(await commit(use)).toEqual({ ok: false, failure: 'used-up' });
      const usage = async () => get().storage.consents.findConsent(grant.consent.id);
      expect(await usage()).toMatchObject({ uses: 5, lastUsedAt: now });
      const renewed = createNextDecision(grant.consent, { change: 'renewed' });
      await get().storage.consents.saveDecision(renewed);
      expect(await usage()).toMatchObject({ uses: 0, lastUsedAt: now });
      await commit({ ...use, version: 2, limits: noLimits });
      await get().storage.consents.saveDecision(createNextDecision(renewed.consent, { change: 'narrowed' }));
      expect(await usage()).toMatchObject({ uses: 1 });
    });

    it('is refused more often than the purpose allows within its period, and allowed in the next', async () => {
      const grant = await createGrant(get().storage);
      const limits = { mostUses: null, frequency: { times: 2, perMillis: 1000 } } as const;
      const useAt = async (at: number) => commit({ kind: 'use-consent', consentId: grant.consent.id, version: 1, at, limits });
      const outcomes = [await useAt(now), await useAt(now + 500), await useAt(now + 999), await useAt(now + 1000), await useAt(now + 1001)];
      expect(outcomes).toEqual([{ ok: true }, { ok: true }, { ok: false, failure: 'too-often' }, { ok: true }, { ok: true }]);
      // Another node's clock may be behind: without a frequency no order of times matters.
      expect(await commit({ kind: 'use-consent', consentId: grant.consent.id, version: 1, at: now - 5, limits: noLimits })).toEqual({
        ok: true,
      });
    });

    it('is refused when there is no such consent', async () => {
      expect(await commit({ kind: 'use-consent', consentId: createName(), version: 1, at: now, limits: noLimits })).toEqual({
        ok: false,
        failure: 'grant-ended',
      });
    });
  });
}

function endTokensAt(sessionUid: string, grant: Grant, at: number): Extract<EngineWrite, { kind: 'end-tokens' }> {
  return { kind: 'end-tokens', sessionUid, clientId: grant.service.clientId, at, includesOffline: false };
}
