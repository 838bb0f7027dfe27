// What the short way reads (ADR-0112): all that a remembered sign-in rests on, or nothing.

import { describe, expect, it } from 'vitest';
import type { EngineStore } from '../../src/oidc/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createStatusSaid } from '../support/status-said.ts';
import { consume, createGrant, createNextDecision, createToken, later, now, saveArtefact } from '../support/store-samples.ts';
import type { Grant } from '../support/store-samples.ts';

export function describeRemembered(get: () => OpenedDatabase): void {
  const store = (): EngineStore => get().storage.engine;
  const toAsked = ({ purpose, service, session }: Grant) => ({
    key: session.key,
    clientId: service.clientId,
    purposeId: purpose.id,
    now,
    idleSince: 0,
  });

  describe('what a request of a remembered sign-in rests on', () => {
    it('is read at once', async () => {
      const grant = await createGrant(get().storage);
      const { consent, person, session } = grant;
      const { isShared, lastSeenAt, payload, personId, uid } = session;
      expect(await store().findRemembered(toAsked(grant))).toEqual({
        session: { isShared, lastSeenAt, payload, personId, uid },
        consent: await get().storage.consents.findConsent(consent.id),
        kind: person.kind,
        hasOpenRecovery: false,
      });
    });

    it('is nothing for another session, service or purpose, or at another time', async () => {
      const grant = await createGrant(get().storage);
      const asked = toAsked(grant);
      const others = [
        { key: 'other' },
        { clientId: 'other' },
        { purposeId: 'other' },
        { now: grant.session.expiresAt },
        { idleSince: later * 2 },
      ];
      for (const other of others) {
        expect(await store().findRemembered({ ...asked, ...other })).toBeUndefined();
      }
    });

    it('is nothing once the record, the session or the person has ended', async () => {
      const grants = [await createGrant(get().storage), await createGrant(get().storage), await createGrant(get().storage)] as const;
      await get().storage.consents.saveDecision(createNextDecision(grants[0].consent, { state: 'withdrawn' }));
      await store().commit([{ kind: 'end-session', uid: grants[1].session.uid, at: now, told: null }], now);
      await get().storage.people.saveStatus(grants[2].person.id, 'suspended', createStatusSaid());
      expect(await Promise.all(grants.map(async (grant) => store().findRemembered(toAsked(grant))))).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });
  });

  describe.each([
    ['AuthorizationCode', 'findExchange', 'code'],
    ['AccessToken', 'findReleasable', 'token'],
  ] as const)('what an artefact of the model %s rests on', (model, method, name) => {
    const create = async (): Promise<{ readonly grant: Grant; readonly artefact: ReturnType<typeof createToken> }> => {
      const grant = await createGrant(get().storage);
      const artefact = createToken(grant, { model });
      await store().commit([saveArtefact(artefact)], now);
      return { grant, artefact };
    };

    it('is read at once, with the subject of the sector', async () => {
      const { grant, artefact } = await create();
      expect(await store()[method](artefact.key, now)).toBeUndefined();
      await get().storage.people.getSubject(grant.person.registryDigest, grant.service.sector, `subject-${grant.person.id}`);
      const { clientId, isOffline, key, payload, personId } = artefact;
      expect(await store()[method](key, now)).toMatchObject({
        [name]: { clientId, isOffline, key, payload, personId },
        consent: { id: grant.consent.id },
        subject: `subject-${grant.person.id}`,
      });
    });

    it('is nothing for one that was used, has ended or run out, or whose person is not active', async () => {
      const made = [await create(), await create(), await create(), await create()] as const;
      for (const { grant } of made) {
        await get().storage.people.getSubject(grant.person.registryDigest, grant.service.sector, `subject-${grant.person.id}`);
      }
      const [used, ended, old, suspended] = made;
      await store().commit([consume(used.artefact)], now);
      await store().commit([{ kind: 'destroy', key: ended.artefact.key, isOnce: true }], now);
      await get().storage.people.saveStatus(suspended.grant.person.id, 'suspended', createStatusSaid());
      expect(await store()[method](used.artefact.key, now)).toBeUndefined();
      expect(await store()[method](ended.artefact.key, now)).toBeUndefined();
      expect(await store()[method](old.artefact.key, old.artefact.expiresAt)).toBeUndefined();
      expect(await store()[method](suspended.artefact.key, now)).toBeUndefined();
    });
  });
}
