// What an ID token says, and what it never says.

import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, createAuthorization, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import { exchangeCode, fetchUserInfo } from '../support/service.ts';
import { permitRedirect } from '../support/sample-services.ts';
import { registerMetadata } from '../support/receiver.ts';
import { createEnrolled, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('an ID token', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  it('carries facts of authentication and the session, and no attribute even when one is named for it', async () => {
    const traveller = createTraveller(world.issuer);
    await enrol(traveller, await world.invite(await world.addPerson()));
    const claims = JSON.stringify({ id_token: { email: null, given_name: { essential: true } } });
    const asked = createAuthorization(world.issuer, { clientId: 'mol-work-permit', redirectUri: permitRedirect, extra: { claims } });
    const callback = await allow(traveller, await signIn(traveller, await traveller.agent.get(asked.url)), ['email']);
    const tokens = await exchangeCode(world.issuer, callback.url, asked.verifier);
    const keys = createRemoteJWKSet(new URL('/jwks', world.issuer));
    const { payload, protectedHeader } = await jwtVerify(String(tokens.body['id_token']), keys, {
      issuer: world.issuer,
      audience: 'mol-work-permit',
    });
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload).toMatchObject({ nonce: asked.nonce, acr: 'urn:huwiya:loa:substantial' });
    expect(payload['amr']).toEqual(expect.arrayContaining(['user']));
    expect(payload['auth_time']).toBeTypeOf('number');
    expect(payload['sid']).toBeTypeOf('string');
    expect(Object.keys(payload).toSorted()).toEqual(
      ['acr', 'amr', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'].toSorted(),
    );
    const info = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    expect(info.body).toMatchObject({ sub: payload.sub, given_name: 'سارة', email: 'sara@example.test' });
    expect(info.body).not.toHaveProperty('family_name');
  });

  it.each(['ES256', 'PS256', 'RS256'])(
    'is signed by the key of the algorithm that the service registered, and so is its UserInfo: %s',
    async (alg) => {
      await registerMetadata(world, 'moh-clinic', { id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg });
      const { body } = await obtainTokens(await createEnrolled(world), 'clinic');
      const answer = await fetch(`${world.issuer}/me`, { headers: { authorization: `Bearer ${String(body['access_token'])}` } });
      const keys = createRemoteJWKSet(new URL('/jwks', world.issuer));
      for (const token of [String(body['id_token']), await answer.text()]) {
        const { payload } = await jwtVerify(token, keys, { issuer: world.issuer, audience: 'moh-clinic', algorithms: [alg] });
        expect([decodeProtectedHeader(token).alg, typeof payload.sub]).toEqual([alg, 'string']);
      }
    },
  );
});
