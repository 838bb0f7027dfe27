// Offline tokens outlive their session, and never the passkey that it was begun with.

import { describe, expect, it } from 'vitest';
import { dayMs } from '../../src/domain/kernel/clock.ts';
import type { Passkey } from '../../src/domain/passkeys/passkey.ts';
import type { Artefact } from '../../src/oidc/store.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createEvent,
  createGrant,
  createPasskey,
  createSession,
  createToken,
  later,
  now,
  saveArtefact,
  saveSession,
} from '../support/store-samples.ts';
import type { Grant } from '../support/store-samples.ts';

type Begun = { readonly passkey: Passkey; readonly grant: Grant; readonly tokens: readonly Artefact[] };

export function describeOfflineTokens(get: () => OpenedDatabase): void {
  const save = async (artefact: Artefact): Promise<unknown> => get().storage.engine.commit([saveArtefact(artefact)], now);
  const findAll = async (tokens: readonly Artefact[]): Promise<readonly (Artefact | undefined)[]> =>
    Promise.all(tokens.map(async ({ model, key }) => get().storage.engine.findArtefact(model, key, now)));

  /** A session that runs out at this time, begun with a passkey of its own, and the offline tokens of a service that was entered in it. */
  const begin = async (of: Grant, expiresAt = later): Promise<Begun> => {
    const { engine, passkeys } = get().storage;
    const passkey = createPasskey(of.person.id);
    await passkeys.savePasskey({ passkey, invitationDigest: null, now, event: createEvent('passkey.registered') });
    const grant = { ...of, session: createSession(of.person.id, { passkeyId: passkey.id, expiresAt }) };
    const tokens = [createToken(grant, { model: 'RefreshToken', isOffline: true }), createToken(grant, { isOffline: true })];
    await engine.commit([saveSession(grant.session), ...tokens.map(saveArtefact)], now);
    return { passkey, grant, tokens };
  };

  describe('offline tokens', () => {
    it.each(['removed', 'copied', 'changed'] as const)(
      'end with the passkey of their session when that is %s, also long after the session, and no others do',
      async (reason) => {
        const { storage } = get();
        const grant = await createGrant(storage);
        const [ended, old, kept] = [await begin(grant), await begin(grant, now - 30 * dayMs), await begin(grant)];
        while ((await storage.removeExpired(now)) > 0) {
          // As often as there is something.
        }
        await storage.passkeys.endPasskeys({
          personId: grant.person.id,
          ids: [ended.passkey.id, old.passkey.id],
          reason,
          at: now,
          keepsOne: false,
          events: [],
          sealSessionEnd: () => createEvent('session.ended'),
        });
        expect(await findAll([...ended.tokens, ...old.tokens])).toEqual([undefined, undefined, undefined, undefined]);
        expect(await findAll(kept.tokens)).toEqual(kept.tokens);
        for (const begun of [ended, old]) {
          const late = createToken(begun.grant, { isOffline: true, createdAt: later });
          expect(await save(late)).toEqual({ ok: false, failure: 'grant-ended' });
        }
        expect(await save(createToken(kept.grant, { isOffline: true }))).toEqual({ ok: true });
      },
    );
  });
}
