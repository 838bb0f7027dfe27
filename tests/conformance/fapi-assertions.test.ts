// FAPI 2.0 Security Profile Final after the suite's plan, part 5: the assertions by which a service says who it is. A service with a certificate sends none.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeWith } from './exchange-with.ts';
import { nowSeconds } from '../support/fapi-client.ts';
import type { Answer } from '../support/fapi-client.ts';
import { createFapiWorld, push } from '../support/fapi-world.ts';
import type { FapiWorld } from '../support/fapi-world.ts';

describe('FAPI 2.0 Security Profile: assertions', () => {
  let at: FapiWorld;

  beforeAll(async () => {
    at = await createFapiWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const pushAs = async (claims: Readonly<Record<string, unknown>>): Promise<Answer> =>
    (await push(at.first, { assertion: { claims } })).answer;

  const unauthenticated = { status: expect.toBeOneOf([400, 401]), error: expect.toBeOneOf(['invalid_client', 'invalid_request']) };
  const invalidClient = { status: 401, error: 'invalid_client' };

  it('fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted', async () => {
    const ahead = nowSeconds() + 8;
    expect((await pushAs({ iat: ahead, nbf: ahead, exp: ahead + 60 })).status).toBe(201);
  });

  it('fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails', async () => {
    const ahead = nowSeconds() + 65;
    expect(await pushAs({ iat: ahead, nbf: ahead, exp: ahead + 60 })).toMatchObject(unauthenticated);
    expect(await pushAs({ iat: ahead, exp: ahead + 60 })).toMatchObject(unauthenticated);
    expect(await pushAs({ nbf: ahead, exp: ahead + 60 })).toMatchObject(unauthenticated);
  });

  it('fapi2-security-profile-final-par-test-array-as-audience-fails', async () => {
    expect(await pushAs({ aud: [at.issuer, 'https://other.example/one', 'another'] })).toMatchObject(unauthenticated);
    expect(await pushAs({ aud: [at.issuer] })).toMatchObject(unauthenticated);
  });

  it('fapi2-security-profile-final-par-test-par-endpoint-url-as-audience-fails', async () => {
    expect(await pushAs({ aud: `${at.issuer}/request` })).toMatchObject(unauthenticated);
  });

  it('fapi2-security-profile-final-par-test-token-endpoint-url-as-audience-fails', async () => {
    expect(await pushAs({ aud: `${at.issuer}/token` })).toMatchObject(unauthenticated);
  });

  it('fapi2-security-profile-final-ensure-signed-client-assertion-with-RS256-fails', async () => {
    expect(await exchangeWith(at.first, { assertion: { algorithm: 'RS256' } })).toMatchObject(invalidClient);
  });

  it('fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint', async () => {
    expect(await exchangeWith(at.first, { without: 'assertion' })).toMatchObject(invalidClient);
  });

  it('fapi2-security-profile-final-ensure-client-assertion-with-exp-is-5-minutes-in-past-fails', async () => {
    expect(await exchangeWith(at.first, { assertion: { claims: { exp: nowSeconds() - 300 } } })).toMatchObject(invalidClient);
  });

  it('fapi2-security-profile-final-ensure-client-assertion-with-wrong-aud-fails', async () => {
    expect(await exchangeWith(at.first, { assertion: { claims: { aud: 'https://fapidev-as.authlete.net/' } } })).toMatchObject(
      invalidClient,
    );
  });

  it('fapi2-security-profile-final-ensure-client-assertion-with-no-sub-fails', async () => {
    expect(await exchangeWith(at.first, { assertion: { claims: { sub: undefined } } })).toMatchObject(invalidClient);
  });
});
