// FAPI 2.0 Security Profile Final after the suite's plan, part 1: what a well-behaved service does, and must be able to do.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callResource, authorize, createFapiWorld, exchange, obtain, open, push, readToken, ways } from '../support/fapi-world.ts';
import type { FapiWorld, Side } from '../support/fapi-world.ts';
import { standardClaims } from '../support/fapi-services.ts';
import { readAnswer } from '../support/case-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { startLogoutReceiver } from '../support/logout-receiver.ts';
import { createTraveller } from '../support/person-journey.ts';
import { registerMetadata } from '../support/receiver.ts';
import { getForm } from '../support/visits.ts';
import { toObject } from '../support/raw-request.ts';

const text = (length: number): string => 'Ab3-_~.x'.repeat(Math.ceil(length / 8)).slice(0, length);

/** What an ID token may hold that nobody asked for (OIDC Core 1.0 §2, §3.1.3.6). */
const ordinaryClaims = ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'azp', 'at_hash'];

describe.each(ways)('FAPI 2.0 Security Profile: a well-behaved service, by %s', (way) => {
  let at: FapiWorld;

  beforeAll(async () => {
    at = await createFapiWorld(way);
  });

  afterAll(async () => {
    await at.close();
  });

  const fetchMetadata = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
    const response = await fetch(`${at.issuer}${path}`);
    expect([response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'application/json']);
    return toObject(await response.text());
  };

  const isCertified = way === 'certificate';

  const callStatus = async (side: Side, token: string): Promise<number> => (await callResource(side, token)).status;

  it('fapi2-security-profile-final-discovery-end-point-verification', async () => {
    const metadata = await fetchMetadata('/.well-known/openid-configuration');
    const fapiAlgorithms = expect.arrayContaining(['ES256']);
    expect(metadata).toMatchObject({
      issuer: at.issuer,
      authorization_endpoint: `${at.issuer}/auth`,
      token_endpoint: `${at.issuer}/token`,
      userinfo_endpoint: `${at.issuer}/me`,
      jwks_uri: `${at.issuer}/jwks`,
      pushed_authorization_request_endpoint: `${at.issuer}/request`,
      authorization_response_iss_parameter_supported: true,
      response_types_supported: ['code'],
      grant_types_supported: expect.arrayContaining(['authorization_code', 'refresh_token']),
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: expect.arrayContaining(['private_key_jwt']),
      token_endpoint_auth_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA'],
      dpop_signing_alg_values_supported: fapiAlgorithms,
      id_token_signing_alg_values_supported: fapiAlgorithms,
      userinfo_signing_alg_values_supported: fapiAlgorithms,
      scopes_supported: expect.arrayContaining(['openid', 'profile', 'offline_access']),
      subject_types_supported: ['pairwise'],
      claims_parameter_supported: true,
    });
    // Other classes may send their requests openly, so it is no rule for everybody; a value that is there has to be a boolean (RFC 9126 §5).
    expect([undefined, true, false]).toContain(metadata['require_pushed_authorization_requests']);
    for (const absent of ['registration_endpoint', 'check_session_iframe']) {
      expect(metadata).not.toHaveProperty(absent);
    }
    const plain = await fetchMetadata('/.well-known/oauth-authorization-server');
    expect(plain['issuer']).toBe(at.issuer);
    const { certified } = at.first;
    expect(metadata['tls_client_certificate_bound_access_tokens']).toBe(isCertified ? true : undefined);
    expect(metadata['mtls_endpoint_aliases']).toEqual(
      certified && {
        token_endpoint: `${certified.door.origin}/token`,
        pushed_authorization_request_endpoint: `${certified.door.origin}/request`,
        userinfo_endpoint: `${certified.door.origin}/me`,
        introspection_endpoint: `${certified.door.origin}/token/introspection`,
        revocation_endpoint: `${certified.door.origin}/token/revocation`,
      },
    );
    const certificateMethods = ['tls_client_auth', 'self_signed_tls_client_auth'];
    expect(
      certificateMethods.map((method) => String(metadata['token_endpoint_auth_methods_supported']).split(',').includes(method)),
    ).toEqual([isCertified, isCertified]);
    const keys = await (await fetch(`${at.issuer}/jwks`)).text();
    expect(keys).not.toMatch(/"(?:d|p|q|k)":/);
  });

  it('fapi2-security-profile-final-happy-flow', async () => {
    const first = await obtain(at.first, { changes: { state: text(10), nonce: text(10) } });
    expect([...first.authorized.answer.keys()].toSorted()).toEqual(['code', 'iss', 'state']);
    expect([first.authorized.answer.get('iss'), first.authorized.answer.get('state')]).toEqual([at.issuer, text(10)]);
    expect(first.authorized.pushed.answer.body).toMatchObject({ expires_in: 60, request_uri: expect.stringMatching(/^urn:.{22,}/) });
    expect(first.tokens.body).toMatchObject({ token_type: isCertified ? 'Bearer' : 'DPoP', expires_in: 300 });
    expect(first.tokens.headers.get('cache-control')).toContain('no-store');
    const claims = await readIdToken(at.issuer, readToken(first.tokens, 'id_token'));
    expect(claims).toMatchObject({ nonce: text(10), aud: at.first.client.clientId });
    expect(Object.keys(claims).filter((name) => !ordinaryClaims.includes(name))).toEqual([]);
    const served = await callResource(at.first, first.accessToken);
    expect([served.status, served.headers.has('date'), served.body['sub']]).toEqual([200, true, claims['sub']]);
    for (const accept of ['application/json; charset=utf-8', 'application/json, */*', '*/*']) {
      expect((await callResource(at.first, first.accessToken, { headers: { accept } })).status).toBe(200);
    }
    const inQuery = await fetch(`${at.issuer}/me?access_token=${encodeURIComponent(first.accessToken)}`);
    expect(inQuery.status).toBeGreaterThanOrEqual(400);
    const jkt = await at.second.prover.thumbprint();
    const ofProofs = isCertified ? {} : { dpop_jkt: jkt };
    const second = await obtain(at.second, { changes: { state: text(128), nonce: text(43), ...ofProofs } });
    expect(Object.fromEntries(second.authorized.answer)).toMatchObject({ dummy1: 'lorem', dummy2: 'ipsum', state: text(128) });
    expect(await callStatus(at.second, second.accessToken)).toBe(200);
    const crossed = await callResource(at.first, second.accessToken);
    expect([crossed.status, crossed.error]).toEqual([401, 'invalid_token']);
  });

  it('fapi2-security-profile-final-user-rejects-authentication', async () => {
    const fresh = createTraveller(at.issuer, at.traveller.authenticator);
    const places = {
      'at the sign-in': { traveller: fresh, prompt: undefined, decision: 'leave' },
      'at the decision': { traveller: at.traveller, prompt: 'consent', decision: 'refuse' },
    } as const;
    for (const [name, { traveller, prompt, decision }] of Object.entries(places)) {
      for (const [side, extra] of [
        [{ ...at.first, traveller }, []],
        [{ ...at.second, traveller }, ['dummy1', 'dummy2']],
      ] as const) {
        const pushed = await push(side, { changes: { prompt, state: text(128) } });
        const form = getForm(await open(side, pushed), /\/decision$/);
        const answer = readAnswer((await traveller.agent.post(form.action, { ...form.fields, decision })).url);
        expect([name, answer.get('error'), answer.get('state'), answer.get('iss')]).toEqual([name, 'access_denied', text(128), at.issuer]);
        expect([...answer.keys()].toSorted()).toEqual([...extra, 'error', 'error_description', 'iss', 'state'].toSorted());
      }
    }
  });

  it('fapi2-security-profile-final-ensure-authorization-request-without-state-success', async () => {
    const { authorized, accessToken } = await obtain(at.first, { changes: { state: undefined } });
    expect([...authorized.answer.keys()].toSorted()).toEqual(['code', 'iss']);
    expect(await callStatus(at.first, accessToken)).toBe(200);
  });

  it('fapi2-security-profile-final-ensure-authorization-request-without-nonce-success', async () => {
    const { tokens } = await obtain(at.first, { changes: { nonce: undefined } });
    expect(await readIdToken(at.issuer, readToken(tokens, 'id_token'))).not.toHaveProperty('nonce');
  });

  it('fapi2-security-profile-final-ensure-authorization-request-with-64-char-nonce-success', async () => {
    const { tokens } = await obtain(at.first, { changes: { nonce: text(64) } });
    expect(await readIdToken(at.issuer, readToken(tokens, 'id_token'))).toMatchObject({ nonce: text(64) });
  });

  it('fapi2-security-profile-final-ensure-other-scope-order-succeeds', async () => {
    const { tokens, accessToken } = await obtain(at.first, { changes: { scope: 'profile openid' } });
    expect(String(tokens.body['scope']).split(' ').toSorted()).toEqual(['openid', 'profile']);
    expect(await callStatus(at.first, accessToken)).toBe(200);
  });

  it('fapi2-security-profile-final-test-claims-parameter-identity-claims', async () => {
    const supported = (await fetchMetadata('/.well-known/openid-configuration'))['claims_supported'];
    const asked = [...standardClaims, 'sub', 'email_verified', 'phone_number_verified'];
    expect(supported).toEqual(expect.arrayContaining(asked));
    const forms = [null, { essential: true }, { essential: false }, {}];
    const members = Object.fromEntries(asked.map((name, index) => [name, name === 'sub' ? null : forms[index % forms.length]]));
    const claims = JSON.stringify({ id_token: members, userinfo: members, kRandomPlace1: { kRandomClaim1: null } });
    const { tokens, accessToken } = await obtain(at.first, { changes: { scope: 'openid', claims } });
    const idToken = await readIdToken(at.issuer, readToken(tokens, 'id_token'));
    // Identity stays out of the browser and out of logs: it is released by UserInfo alone (decision 9).
    expect(Object.keys(idToken).filter((name) => !ordinaryClaims.includes(name))).toEqual([]);
    const { status, body, headers } = await callResource(at.first, accessToken);
    expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([200, 'application/json']);
    expect(Object.keys(body).toSorted()).toEqual(asked.toSorted());
    expect(body).toMatchObject({ sub: idToken['sub'], email_verified: true, updated_at: 1_763_712_000, address: { country: 'SA' } });
  });

  it('fapi2-security-profile-final-access-token-type-header-case-sensitivity', async () => {
    const { accessToken } = await obtain(at.first);
    for (const scheme of isCertified ? ['bEArer', 'bearer', 'BEARER'] : ['dPOp', 'dpop', 'DPOP']) {
      expect([scheme, (await callResource(at.first, accessToken, { scheme })).status]).toEqual([scheme, 200]);
    }
  });

  it('fapi2-security-profile-final-par-without-duplicate-parameters', async () => {
    const none = { response_type: undefined, scope: undefined, redirect_uri: undefined };
    const { accessToken } = await obtain(at.first, { beside: none });
    expect(await callStatus(at.first, accessToken)).toBe(200);
  });

  it('fapi2-security-profile-final-ensure-authorization-request-with-long-nonce', async () => {
    const { tokens } = await obtain(at.first, { changes: { nonce: text(384) } });
    expect(await readIdToken(at.issuer, readToken(tokens, 'id_token'))).toMatchObject({ nonce: text(384) });
  });

  it('fapi2-security-profile-final-ensure-authorization-request-with-long-state', async () => {
    const authorized = await authorize(at.first, { changes: { state: text(1000) } });
    expect(authorized.answer.get('state')).toBe(text(1000));
    expect((await exchange(at.first, authorized)).status).toBe(200);
  });

  it('names the session of a service that registered where it hears of its end, as the logout token names it (OIDC Back-Channel Logout 1.0 §2.4)', async () => {
    const receiver = await startLogoutReceiver(at.issuer, at.first.client.clientId);
    try {
      await registerMetadata(at.world, at.first.client.clientId, { backchannel_logout_uri: receiver.url });
      const { tokens } = await obtain(at.first);
      const { sid } = await readIdToken(at.issuer, readToken(tokens, 'id_token'));
      const page = await at.traveller.agent.get(`${at.issuer}/session/end?client_id=${at.first.client.clientId}`);
      const form = getForm(page, /session\/end\/confirm$/);
      await at.traveller.agent.post(form.action, { ...form.fields, logout: 'yes' });
      expect(sid).toBeTypeOf('string');
      // The earlier sign-ins of this session, from before the registration, end under a name of their own.
      await vi.waitFor(() => expect(receiver.taken.map(({ payload }) => payload['sid'])).toContain(sid), { timeout: 10_000, interval: 50 });
    } finally {
      await receiver.close();
    }
  });
});
