// FAPI 2.0 Message Signing Final: what the plan adds to the security profile. Every request is a signed object (RFC 9101), every answer is signed (JARM).

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nowSeconds } from '../support/fapi-client.ts';
import type { Answer, Changes } from '../support/fapi-client.ts';
import { authorize, callResource, createFapiWorld, exchange, obtain, open, push, readToken } from '../support/fapi-world.ts';
import type { FapiWorld, Side } from '../support/fapi-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { encode, openSignedAnswer, readReturned } from '../support/signed-request.ts';
import type { ObjectChanges } from '../support/signed-request.ts';
import { getForm } from '../support/visits.ts';

const minutes = (count: number): number => count * 60;

describe('FAPI 2.0 Message Signing', () => {
  let at: FapiWorld;

  beforeAll(async () => {
    at = await createFapiWorld('signing');
  });

  afterAll(async () => {
    await at.close();
  });

  const pushObject = async (object: ObjectChanges, changes: Changes = {}): Promise<Answer> =>
    (await push(at.first, { object, changes })).answer;

  const pushClaims = async (claims: Readonly<Record<string, unknown>>): Promise<Answer> => pushObject({ claims });

  const refused = { status: 400, error: 'invalid_request_object' };

  const served = async (side: Side, accessToken: string): Promise<number> => (await callResource(side, accessToken)).status;

  it('fapi2-security-profile-final-ensure-request-object-with-multiple-aud-succeeds', async () => {
    const { accessToken } = await obtain(at.first, { object: { claims: { aud: [at.issuer, 'https://other1.example.com', 'invalid'] } } });
    expect(await served(at.first, accessToken)).toBe(200);
  });

  it('fapi2-security-profile-final-ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted', async () => {
    const ahead = nowSeconds() + 8;
    const { accessToken } = await obtain(at.first, { object: { claims: { iat: ahead, nbf: ahead, exp: ahead + 60 } } });
    expect(await served(at.first, accessToken)).toBe(200);
    for (const member of ['iat', 'nbf']) {
      expect([member, await pushClaims({ [member]: nowSeconds() + 65, exp: nowSeconds() + 120 })]).toMatchObject([member, refused]);
    }
  });

  it('fapi2-security-profile-final-ensure-request-object-without-exp-fails', async () => {
    expect(await pushClaims({ exp: undefined })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-request-object-without-nbf-fails', async () => {
    expect(await pushClaims({ nbf: undefined })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-expired-request-object-fails', async () => {
    for (const ago of [minutes(5), 5, 0]) {
      expect([
        ago,
        await pushClaims({ iat: nowSeconds() - minutes(10), nbf: nowSeconds() - minutes(10), exp: nowSeconds() - ago }),
      ]).toMatchObject([ago, refused]);
    }
  });

  it('fapi2-security-profile-final-ensure-request-object-with-bad-aud-fails', async () => {
    for (const aud of ['https://www.other1.example.com', `${at.issuer}/`, [], undefined]) {
      expect([aud, await pushClaims({ aud })]).toMatchObject([aud, refused]);
    }
  });

  it('fapi2-security-profile-final-ensure-request-object-with-exp-over-60-fails', async () => {
    expect(await pushClaims({ exp: nowSeconds() + minutes(70) })).toMatchObject(refused);
    expect((await pushClaims({ exp: nowSeconds() + minutes(59) })).status).toBe(201);
  });

  it('fapi2-security-profile-final-ensure-request-object-with-nbf-over-60-fails', async () => {
    expect(await pushClaims({ nbf: nowSeconds() - minutes(70) })).toMatchObject(refused);
    expect((await pushClaims({ nbf: nowSeconds() - minutes(58) })).status).toBe(201);
  });

  it('fapi2-security-profile-final-ensure-signed-request-object-with-RS256-fails', async () => {
    expect(await pushObject({ algorithm: 'RS256' })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-request-object-signature-algorithm-is-not-none', async () => {
    const unsigned = (object: string): string => `${encode({ alg: 'none' })}.${object.split('.')[1]}.`;
    expect(await pushObject({ bend: unsigned })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-request-object-with-invalid-signature-fails', async () => {
    const spoil = (object: string): string => {
      const [head, claims, signature = ''] = object.split('.');
      const bytes = Buffer.from(signature, 'base64url').map((byte) => byte ^ 0x5a);
      return [head, claims, Buffer.from(bytes).toString('base64url')].join('.');
    };
    expect(await pushObject({ bend: spoil })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-matching-key-in-authorization-request', async () => {
    const { key, kid, algorithm } = at.second.client;
    expect(await pushObject({ key, algorithm, head: { kid } })).toMatchObject(refused);
    expect(await pushObject({ key, algorithm })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-unsigned-request-at-par-endpoint-fails', async () => {
    const { answer } = await push(at.first, { object: null });
    expect(answer).toMatchObject({ status: 400, error: 'invalid_request' });
  });

  it('fapi2-security-profile-final-par-authorization-request-containing-request_uri', async () => {
    const uri = 'urn:ietf:params:oauth:request_uri:kHgF3k2Jw8dVb4TzqL0N';
    expect(await pushClaims({ request_uri: uri })).toMatchObject(refused);
    expect(await pushClaims({ request: 'eyJhbGciOiJub25lIn0.e30.' })).toMatchObject(refused);
  });

  it('signs in with a signed request and a signed answer, by the algorithm that each service registered', async () => {
    for (const side of [at.first, at.second]) {
      const { authorized, tokens, accessToken } = await obtain(side);
      const response = new URL(authorized.callback).searchParams.get('response') ?? '';
      const { algorithm, claims } = await openSignedAnswer(at.issuer, side.client.clientId, response);
      expect([algorithm, Object.keys(claims).toSorted()]).toEqual([side.client.algorithm, ['aud', 'code', 'exp', 'iss', 'state']]);
      expect(claims['state']).toBe(authorized.request.state);
      expect((await readIdToken(at.issuer, readToken(tokens, 'id_token')))['nonce']).toBe(authorized.request.nonce);
      expect(await served(side, accessToken)).toBe(200);
    }
  });

  it('ignores what stands beside the object, at either endpoint', async () => {
    const outside = {
      state: 'outside',
      nonce: 'outside',
      scope: 'openid email',
      response_mode: 'query',
      redirect_uri: 'https://evil.example/',
    };
    const { request_uri: _none, ...beside } = { ...outside, request_uri: undefined };
    const authorized = await authorize(at.first, { form: outside, beside });
    expect(authorized.answer.get('state')).toBe(authorized.request.state);
    const tokens = await exchange(at.first, authorized);
    expect([tokens.body['scope'], (await readIdToken(at.issuer, readToken(tokens, 'id_token')))['nonce']]).toEqual([
      'openid profile',
      authorized.request.nonce,
    ]);
  });

  it('keeps a request for no longer than its object lives', async () => {
    const answer = await pushClaims({ exp: nowSeconds() + 20 });
    expect([answer.status, answer.body['expires_in']]).toEqual([201, expect.toSatisfy((seconds: number) => seconds > 0 && seconds <= 20)]);
  });

  it('signs a refusal of the person too', async () => {
    const pushed = await push(at.second, { changes: { prompt: 'consent' } });
    const form = getForm(await open(at.second, pushed), /\/decision$/);
    const arrived = await at.traveller.agent.post(form.action, { ...form.fields, decision: 'refuse' });
    expect([...new URL(arrived.url).searchParams.keys()].toSorted()).toEqual(['dummy1', 'dummy2', 'response']);
    const answer = await readReturned({ issuer: at.issuer, clientId: at.second.client.clientId }, arrived.url);
    expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', error_description: 'consent_refused', iss: at.issuer });
    expect(answer.get('state')).toBe(pushed.request.state);
  });
});
