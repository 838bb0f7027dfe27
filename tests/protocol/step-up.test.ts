// A fresher or stronger sign-in for one act (RFC 9470): the interface of a service refuses, the person signs in anew, and the new token says so truly.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChallenge, toStepUpRequest } from '../../examples/step-up/step-up.ts';
import type { Rule, TokenFacts } from '../../examples/step-up/step-up.ts';
import { readIdToken } from '../support/id-token.ts';
import { toObject } from '../support/raw-request.ts';
import { createAssertion, exchangeCode } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import type { ShiftedTime } from '../support/shift-time.ts';
import { createBothKinds } from '../support/strong-passkey.ts';
import { createEnrolled, createRequest, findStep, goThrough, leaveStepUp, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const high = 'urn:huwiya:loa:high';
const substantial = 'urn:huwiya:loa:substantial';

describe('a step up', () => {
  let world: World;
  let time: ShiftedTime;

  beforeAll(async () => {
    world = await createWorld();
  });

  beforeEach(() => {
    time = shiftTime();
  });

  afterEach(() => {
    time.restore();
  });

  afterAll(async () => {
    await world.close();
  });

  const introspect = async (token: unknown): Promise<TokenFacts> => {
    const form = new URLSearchParams({
      token: String(token),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: createAssertion(world.issuer),
    });
    const body = toObject(await (await fetch(`${world.issuer}/token/introspection`, { method: 'POST', body: form })).text());
    return { active: body['active'] === true, acr: String(body['acr']), auth_time: Number(body['auth_time']) };
  };

  /** One act of the interface: the challenge, or undefined where it is done. */
  const act = async (token: unknown, rule: Rule): Promise<string | undefined> =>
    findChallenge(await introspect(token), rule, Math.floor(Date.now() / 1000));

  it('by max_age asks for one fresh ceremony, and the token that comes of it is let through', async () => {
    const traveller = await createEnrolled(world);
    const rule: Rule = { levels: [substantial], maxAgeSeconds: 60 };
    const first = await obtainTokens(traveller, 'permit');
    expect(await act(first.body['access_token'], rule)).toBeUndefined();
    time.advance(minutes(3));
    const challenge = await act(first.body['access_token'], rule);
    expect(challenge).toBe('Bearer error="insufficient_user_authentication", max_age="60"');
    const extra = toStepUpRequest(challenge ?? null);
    expect(extra).toEqual({ max_age: '60' });
    expect(findStep(await traveller.agent.get(createRequest(world.issuer, 'permit', extra).url))).toBe('sign-in');
    const second = await obtainTokens(traveller, 'permit', { extra: extra ?? {} });
    const facts = await introspect(second.body['access_token']);
    expect([facts.active, facts.acr]).toEqual([true, substantial]);
    expect(Math.floor(Date.now() / 1000) - (facts.auth_time ?? 0)).toBeLessThan(30);
    expect(await act(second.body['access_token'], rule)).toBeUndefined();
    expect(await act(first.body['access_token'], rule)).toBe(challenge);
  });

  it('by acr_values asks whoever has both kinds for the stronger one, and the new token is let through', async () => {
    const { weak, strong } = await createBothKinds(world);
    const rule: Rule = { levels: [high] };
    const first = await obtainTokens(weak, 'permit');
    const challenge = await act(first.body['access_token'], rule);
    expect(challenge).toBe(`Bearer error="insufficient_user_authentication", acr_values="${high}"`);
    const request = createRequest(world.issuer, 'permit', toStepUpRequest(challenge ?? null) ?? {});
    const page = await weak.agent.get(request.url);
    expect(page.body).toContain('/step-up/verify');
    const arrived = await goThrough(strong, page);
    const second = await exchangeCode(world.issuer, arrived.url, request.verifier);
    expect((await introspect(second.body['access_token'])).acr).toBe(high);
    expect(await act(second.body['access_token'], rule)).toBeUndefined();
    expect((await readIdToken(world.issuer, second.body['id_token']))['acr']).toBe(high);
    expect(await act(first.body['access_token'], rule)).toBe(challenge);
  });

  it('by acr_values brings a token that says the level that was reached, and an essential one that no passkey reaches is explained', async () => {
    const traveller = await createEnrolled(world);
    const rule: Rule = { levels: [high] };
    const first = await obtainTokens(traveller, 'permit');
    const extra = toStepUpRequest((await act(first.body['access_token'], rule)) ?? null);
    expect(extra).toEqual({ acr_values: high });
    const wished = await obtainTokens(traveller, 'permit', { extra: extra ?? {} });
    expect((await introspect(wished.body['access_token'])).acr).toBe(substantial);
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: high } } });
    const page = await traveller.agent.get(createRequest(world.issuer, 'permit', { claims }).url);
    expect((await leaveStepUp(traveller, page, 'back')).url).toContain('error=unmet_authentication_requirements');
  });

  it('an interface asks nothing more of a token that is not active, and a service reads nothing into other refusals', async () => {
    expect(await act('no-such-token', { maxAgeSeconds: 60 })).toBe('Bearer error="invalid_token"');
    expect([toStepUpRequest(null), toStepUpRequest('Bearer error="invalid_token"')]).toEqual([undefined, undefined]);
  });

  it('UserInfo asks for it where a service now demands a level that the token was not made with', async () => {
    const tokens = await obtainTokens(await createEnrolled(world), 'permit');
    const read = async (): Promise<Response> =>
      fetch(`${world.issuer}/me`, { headers: { authorization: `Bearer ${String(tokens.body['access_token'])}` } });
    expect((await read()).status).toBe(200);
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const save = async (minimumLevel: 'substantial' | 'high'): Promise<void> => {
      const services = registered === undefined ? [] : [{ ...registered.service, minimumLevel }];
      await world.storage.agencies.saveChanges({
        agencies: [],
        services,
        purposes: [],
        endedPurposes: [],
        defaultPurposes: [],
        events: [],
      });
    };
    await save('high');
    const refused = await read();
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer realm="${world.issuer}", error="insufficient_user_authentication", acr_values="${high}"`,
    ]);
    expect(toStepUpRequest(refused.headers.get('www-authenticate'))).toEqual({ acr_values: high });
    expect(toObject(await refused.text())['error']).toBe('insufficient_user_authentication');
    await save('substantial');
    expect((await read()).status).toBe(200);
    const unknown = await fetch(`${world.issuer}/me`, { headers: { authorization: 'Bearer nothing' } });
    expect(unknown.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });
});
