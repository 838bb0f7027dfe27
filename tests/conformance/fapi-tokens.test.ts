// FAPI 2.0 Security Profile Final after the suite's plan, part 4: the token endpoint, with what must be proven there and how often it may be asked.

import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeWith } from './exchange-with.ts';
import type { Answer } from '../support/fapi-client.ts';
import {
  authorize,
  callResource,
  createFapiWorld,
  exchange,
  obtain,
  readToken,
  requestToken,
  ways,
  withNewKey,
} from '../support/fapi-world.ts';
import type { FapiWorld, Side, TokenParts } from '../support/fapi-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { shiftTime } from '../support/shift-time.ts';

describe.each(ways)('FAPI 2.0 Security Profile: the token endpoint, by %s', (way) => {
  let at: FapiWorld;

  beforeAll(async () => {
    at = await createFapiWorld(way);
  });

  afterAll(async () => {
    await at.close();
  });

  const invalidGrant = { status: 400, error: 'invalid_grant' };
  const invalidClient = { status: 401, error: 'invalid_client' };

  const isCertified = way === 'certificate';

  /** The service without what proves that it holds the key of its tokens. */
  const bare = (side: Side): Side => ({ ...side, ...(side.certified && { certified: { ...side.certified, shown: undefined } }) });

  const unheld = isCertified
    ? invalidClient
    : { status: 400, error: expect.toBeOneOf(['invalid_request', 'invalid_grant', 'invalid_dpop_proof']) };

  it('fapi2-security-profile-final-ensure-holder-of-key-required', async () => {
    const authorized = await authorize(at.first);
    const unproven = await exchange(bare(at.first), authorized, { without: 'proof' });
    expect(unproven).toMatchObject(unheld);
    expect(unproven.body).not.toHaveProperty('access_token');
    expect((await exchange(at.first, authorized)).status).toBe(200);
  });

  const refresh = async (side: Side, token: string, parts: TokenParts = {}): Promise<Answer> =>
    requestToken(side, { ...parts, form: { grant_type: 'refresh_token', refresh_token: token, ...parts.form } });

  it('fapi2-security-profile-final-ensure-client-id-in-token-endpoint', async () => {
    const { clientId } = at.second.client;
    const foreign = { claims: { iss: clientId, sub: clientId } };
    expect(await exchangeWith(at.first, { form: { client_id: clientId }, assertion: foreign })).toMatchObject(invalidClient);
  });

  it('fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client', async () => {
    const authorized = await authorize(at.first);
    expect(await exchange(at.second, authorized)).toMatchObject(invalidGrant);
    const own = { redirect_uri: at.second.client.redirectUri };
    expect(await exchange(at.second, authorized, { form: own })).toMatchObject(invalidGrant);
    expect((await exchange(at.first, authorized)).status).toBe(200);
  });

  it('fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second', async () => {
    const { authorized, accessToken } = await obtain(at.first);
    expect((await callResource(at.first, accessToken)).status).toBe(200);
    // Really waited: a clock that went back afterwards would have ended what comes next in the future.
    await setTimeout(1000);
    expect(await exchange(at.first, authorized)).toMatchObject(invalidGrant);
    expect((await callResource(at.first, accessToken)).status).toBe(401);
  });

  it('fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code', async () => {
    const authorized = await authorize(at.first);
    const time = shiftTime();
    try {
      time.advance(62_000);
      expect(await exchange(at.first, authorized)).toMatchObject(invalidGrant);
    } finally {
      time.restore();
    }
  });

  it('fapi2-security-profile-final-ensure-pkce-code-verifier-required', async () => {
    expect(await exchangeWith(at.first, { form: { code_verifier: undefined } })).toMatchObject(invalidGrant);
  });

  it('fapi2-security-profile-final-incorrect-pkce-code-verifier-rejected', async () => {
    const form = { code_verifier: 'kHgF3k2Jw8dVb4TzqL0NkHgF3k2Jw8dVb4TzqL0NkHgF' };
    expect(await exchangeWith(at.first, { form })).toMatchObject(invalidGrant);
  });

  it('fapi2-security-profile-final-refresh-token', async () => {
    const offline = { changes: { scope: 'openid offline_access', prompt: 'consent' } };
    const first = await obtain(at.first, offline);
    const token = readToken(first.tokens, 'refresh_token');
    expect(token).toMatch(/^[\x20-\x7e]{22,}$/);
    const renewed = await refresh(withNewKey(at.first), token, { form: { scope: 'openid offline_access' } });
    expect(renewed).toMatchObject({ status: 200, body: { token_type: isCertified ? 'Bearer' : 'DPoP', expires_in: 300 } });
    expect(renewed.headers.get('cache-control')).toContain('no-store');
    expect(renewed.body['access_token']).not.toBe(first.accessToken);
    expect(renewed.body['refresh_token']).toBe(token);
    const [before, after] = await Promise.all(
      [first.tokens, renewed].map(async (answer) => readIdToken(at.issuer, readToken(answer, 'id_token'))),
    );
    const { iss, sub, aud, auth_time: signedIn } = before ?? {};
    expect(after).toMatchObject({ iss, sub, aud, auth_time: signedIn });
    expect(await refresh(bare(at.first), token, { without: 'proof' })).toMatchObject(isCertified ? invalidClient : invalidGrant);
    const second = await obtain(at.second, offline);
    expect((await callResource(at.first, second.accessToken)).status).toBe(401);
    expect(await refresh(at.first, readToken(second.tokens, 'refresh_token'))).toMatchObject(invalidGrant);
    expect((await refresh(at.second, readToken(second.tokens, 'refresh_token'))).status).toBe(200);
    expect((await refresh(at.first, token)).status).toBe(200);
  });
});
