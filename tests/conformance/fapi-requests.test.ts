// FAPI 2.0 Security Profile Final after the suite's plan, part 3: pushed requests, what stands beside them, and what must not be pushed.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findErrorCode, readAnswer } from '../support/case-world.ts';
import { createFapiAssertion, createPlainRequest, toAnswer, toAssertionFields } from '../support/fapi-client.ts';
import type { Answer, Changes } from '../support/fapi-client.ts';
import {
  authorize,
  callResource,
  createFapiWorld,
  exchange,
  obtain,
  open,
  push,
  readToken,
  toAuthorizationUrl,
  ways,
} from '../support/fapi-world.ts';
import type { FapiWorld } from '../support/fapi-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { createTraveller } from '../support/person-journey.ts';
import { shiftTime } from '../support/shift-time.ts';
import type { Answered } from '../support/user-agent.ts';
import { findStep, goThrough } from '../support/visits.ts';

describe.each(ways)('FAPI 2.0 Security Profile: requests, by %s', (way) => {
  let at: FapiWorld;

  beforeAll(async () => {
    at = await createFapiWorld(way);
  });

  afterAll(async () => {
    await at.close();
  });

  const pushWith = async (changes: Changes): Promise<Answer> => (await push(at.first, { changes })).answer;

  const refused = { status: 400, error: 'invalid_request' };
  const untyped = { status: 400, error: expect.toBeOneOf(['unsupported_response_type', 'invalid_request', 'unauthorized_client']) };
  const bare: Changes = { response_type: undefined, scope: undefined, redirect_uri: undefined };

  /** What the service hears, or the code of our page. */
  const toOutcome = (page: Answered): string | undefined => {
    const answer = readAnswer(page.url);
    return page.url.startsWith(`${at.issuer}/`) ? `page ${findErrorCode(page)}` : `${answer.get('error')} ${answer.has('code')}`;
  };

  it('fapi2-security-profile-final-ensure-different-nonce-inside-and-outside-request-object', async () => {
    const { tokens, authorized } = await obtain(at.first, { beside: { nonce: 'another-nonce' } });
    expect((await readIdToken(at.issuer, readToken(tokens, 'id_token')))['nonce']).toBe(authorized.request.nonce);
  });

  it('fapi2-security-profile-final-ensure-different-state-inside-and-outside-request-object', async () => {
    const { answer, request } = await authorize(at.first, { beside: { state: 'another-state' } });
    expect(answer.get('state')).toBe(request.state);
  });

  it('fapi2-security-profile-final-state-only-outside-request-object-not-used', async () => {
    const { authorized, tokens } = await obtain(at.first, { changes: { state: undefined }, beside: { state: 'an-outer-state' } });
    expect([...authorized.answer.keys()].toSorted()).toEqual(['code', 'iss']);
    expect(await readIdToken(at.issuer, readToken(tokens, 'id_token'))).not.toHaveProperty('s_hash');
  });

  it('fapi2-security-profile-final-ensure-request-object-without-redirect-uri-fails', async () => {
    expect(await pushWith({ redirect_uri: undefined })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-plain-fapi-tolerate-unregistered-redirect-uri', async () => {
    expect(await pushWith({ redirect_uri: `${at.first.client.redirectUri}/hK4Xy` })).toMatchObject(refused);
    expect(await pushWith({ redirect_uri: 'https://evil.example/callback' })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails', async () => {
    const { parameters, state } = createPlainRequest(at.first.client);
    const page = await at.traveller.agent.get(`${at.issuer}/auth?${new URLSearchParams(parameters).toString()}`);
    const answer = readAnswer(page.url);
    expect(page.url.startsWith(at.first.client.redirectUri)).toBe(true);
    expect([answer.get('error'), answer.get('state'), answer.get('iss')]).toEqual(['invalid_request', state, at.issuer]);
    expect([...answer.keys()].toSorted()).toEqual(['error', 'error_description', 'iss', 'state']);
  });

  it('fapi2-security-profile-final-ensure-redirect-uri-in-authorization-request', async () => {
    const pushed = await push(at.first, { changes: { redirect_uri: undefined } });
    expect(pushed.answer).toMatchObject({ ...refused, body: { error_description: expect.stringContaining('redirect_uri') } });
  });

  it('fapi2-security-profile-final-ensure-response-type-code-idtoken-fails', async () => {
    expect(await pushWith({ response_type: 'code id_token' })).toMatchObject(untyped);
  });

  it('fapi2-security-profile-final-ensure-response-type-token-fails', async () => {
    expect(await pushWith({ response_type: 'token' })).toMatchObject(untyped);
  });

  it('fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', async () => {
    const other = { ...at.first, traveller: createTraveller(at.issuer, at.traveller.authenticator) };
    const pushed = await push(other);
    const url = toAuthorizationUrl(other, pushed);
    expect(findStep(await other.traveller.agent.get(url))).toBe('sign-in');
    const arrived = await goThrough(other.traveller, await other.traveller.agent.get(url));
    const authorized = { request: pushed.request, pushed, callback: arrived.url, answer: readAnswer(arrived.url) };
    expect((await exchange(other, authorized)).status).toBe(200);
  });

  it('fapi2-security-profile-final-par-attempt-reuse-request_uri', async () => {
    const { authorized, accessToken } = await obtain(at.first);
    expect(toOutcome(await open(at.first, authorized.pushed))).toBe('invalid_request_uri false');
    expect(toOutcome(await open(at.first, authorized.pushed, bare))).toBe('page interaction/expired');
    expect((await callResource(at.first, accessToken)).status).toBe(200);
  });

  it('fapi2-security-profile-final-par-attempt-to-use-expired-request_uri', async () => {
    const pushed = await push(at.first);
    const time = shiftTime();
    try {
      time.advance(1000 * Number(pushed.answer.body['expires_in']) + 2000);
      expect(toOutcome(await open(at.first, pushed))).toBe('invalid_request_uri false');
      expect(toOutcome(await open(at.first, pushed, bare))).toBe('page interaction/expired');
    } finally {
      time.restore();
    }
  });

  it('fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client', async () => {
    const pushed = await push(at.first);
    const { clientId, redirectUri } = at.second.client;
    const heard = await open(at.first, pushed, { client_id: clientId, redirect_uri: redirectUri });
    expect(readAnswer(heard.url).get('error')).toBeOneOf(['invalid_request', 'invalid_request_object', 'invalid_request_uri']);
    expect(toOutcome(await open(at.first, pushed, { client_id: clientId }))).toBe('page service/return-address-unknown');
    expect(toOutcome(await open(at.first, pushed))).toBe('null true');
  });

  it('fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param', async () => {
    const { answer } = await push(at.first, { form: { request_uri: 'urn:ietf:params:oauth:request_uri:kHgF3k2Jw8dVb4TzqL0N' } });
    const codes = ['invalid_request', 'invalid_request_object', 'request_uri_not_supported'];
    expect(answer).toMatchObject({ status: 400, error: expect.toBeOneOf(codes) });
  });

  it('fapi2-security-profile-final-par-attempt-invalid-http-method', async () => {
    const { parameters } = createPlainRequest(at.first.client);
    for (const method of ['PUT', 'GET', 'DELETE']) {
      const form = new URLSearchParams({ ...parameters, ...toAssertionFields(createFapiAssertion(at.issuer, at.first.client)) });
      const answer = await toAnswer(await fetch(`${at.issuer}/request`, { method, ...(method === 'GET' ? {} : { body: form }) }));
      expect([method, answer.status, answer.headers.get('allow'), answer.error]).toEqual([method, 405, 'POST', 'invalid_request']);
    }
  });

  it('fapi2-security-profile-final-par-ensure-pkce-required', async () => {
    expect(await pushWith({ code_challenge: undefined, code_challenge_method: undefined })).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-par-plain-pkce-rejected', async () => {
    const plain = 'kHgF3k2Jw8dVb4TzqL0NkHgF3k2Jw8dVb4TzqL0NkHgF';
    expect(await pushWith({ code_challenge: plain, code_challenge_method: 'plain' })).toMatchObject(refused);
    expect(await pushWith({ code_challenge: plain, code_challenge_method: undefined })).toMatchObject(refused);
  });
});
