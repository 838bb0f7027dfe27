// What a relying party reads before it does anything (OpenID Connect Discovery 1.0, RFC 8414), and whether it is so.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allClaimNames } from '../../src/domain/attributes/catalogue.ts';
import { readAnswer } from '../support/case-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { createTraveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { createEnrolled, createRequest, findStep, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('discovery', () => {
  let world: World;
  let document: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    world = await createWorld();
    document = toObject(await (await fetch(`${world.issuer}/.well-known/openid-configuration`)).text());
  });

  afterAll(async () => {
    await world.close();
  });

  const values = (member: string): readonly unknown[] => {
    const found = document[member];
    return Array.isArray(found) ? found : [];
  };

  const open = async (extra: Readonly<Record<string, string>>) =>
    createTraveller(world.issuer).agent.get(createRequest(world.issuer, 'permit', extra).url);

  it('says the languages of the pages and of the claims, and a page comes in each', async () => {
    expect(document).toMatchObject({ ui_locales_supported: ['ar', 'en'], claims_locales_supported: ['ar', 'en'] });
    for (const [asked, shown] of [
      ['ar', 'ar'],
      ['en', 'en'],
      ['fr en', 'en'],
      ['en-GB fr', 'en'],
      ['fr-CA', 'ar'],
    ] as const) {
      const page = await open({ ui_locales: asked, claims_locales: asked });
      expect([asked, /<html[^>]* lang="([a-z]+)"/.exec(page.body)?.[1]]).toEqual([asked, shown]);
    }
  });

  it('says how a page may be displayed, and one nobody knows is passed over', async () => {
    expect(values('display_values_supported')).toEqual(['page', 'popup', 'touch', 'wap']);
    for (const display of [...values('display_values_supported').map(String), 'hologram', '']) {
      expect([display, findStep(await open({ display }))]).toEqual([display, 'sign-in']);
    }
  });

  it('says the prompts that there are, and refuses any other', async () => {
    expect(values('prompt_values_supported')).toEqual(['none', 'login', 'consent', 'select_account']);
    for (const prompt of ['login', 'consent', 'select_account', 'login consent', 'consent login select_account']) {
      expect([prompt, findStep(await open({ prompt }))]).toEqual([prompt, 'sign-in']);
    }
    for (const prompt of ['create', 'LOGIN', 'login,consent', 'none consent']) {
      expect([prompt, readAnswer((await open({ prompt })).url).get('error')]).toEqual([prompt, 'invalid_request']);
    }
  });

  it('offers no fragment, no request that lies elsewhere, and every claim under its own name', () => {
    expect(values('response_modes_supported')).toEqual(['form_post', 'query', 'jwt', 'query.jwt', 'form_post.jwt']);
    expect(document).toMatchObject({ request_parameter_supported: true, request_uri_parameter_supported: false });
    expect(values('request_object_signing_alg_values_supported')).toEqual(['ES256', 'PS256', 'EdDSA']);
    expect(values('authorization_signing_alg_values_supported')).toEqual(['ES256', 'PS256']);
    expect(values('claims_supported')).toEqual(expect.arrayContaining(['sub', 'auth_time', 'acr', 'given_name', 'given_name#ar', 'email']));
    expect(new Set(values('claims_supported')).size).toBe(values('claims_supported').length);
  });

  it('names addresses of this provider, and each of them answers', async () => {
    for (const [name, address] of Object.entries(document).filter(([member]) => member.endsWith('_endpoint') || member === 'jwks_uri')) {
      expect([name, String(address).startsWith(`${world.issuer}/`)]).toEqual([name, true]);
      const asked = (['GET', 'POST'] as const).map(async (method) => fetch(String(address), { method, redirect: 'manual' }));
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      expect([name, statuses.every((status) => status === 404), statuses.some((status) => status >= 500)]).toEqual([name, false, false]);
    }
  });

  it('names nothing that this provider does not do', () => {
    const absent = /^(?:frontchannel_|check_session_iframe|registration_endpoint|device_|backchannel_authentication|authorization_details)/;
    expect(Object.keys(document).filter((member) => absent.test(member))).toEqual([]);
    expect([values('response_types_supported'), values('subject_types_supported')]).toEqual([['code'], ['pairwise']]);
    expect([values('code_challenge_methods_supported'), values('claim_types_supported')]).toEqual([['S256'], ['normal']]);
  });

  it('lists every claim that can arrive, and no other', () => {
    const facts = ['sub', 'iss', 'sid', 'acr', 'amr', 'auth_time', 'verified_claims'];
    expect(values('claims_supported').map(String).toSorted()).toEqual([...facts, ...allClaimNames()].toSorted());
  });

  it('lists both levels that a sign-in can reach', async () => {
    const { body } = await obtainTokens(await createEnrolled(world), 'permit');
    expect(values('acr_values_supported')).toEqual(['urn:huwiya:loa:substantial', 'urn:huwiya:loa:high']);
    expect(values('acr_values_supported')).toContain((await readIdToken(world.issuer, body['id_token']))['acr']);
  });

  it('is right about the ways of asking and of answering that it names, and about those that it does not', async () => {
    const hear = async (extra: Readonly<Record<string, string>>) => readAnswer((await open({ prompt: 'none', ...extra })).url).get('error');
    expect([await hear({}), await hear({ response_mode: 'query' })]).toEqual(['login_required', 'login_required']);
    // Signed answers are offered to whoever registers them: tests/protocol/signed-messages.test.ts.
    for (const mode of ['fragment', 'web_message', 'jwt', 'query.jwt', 'form_post.jwt', 'fragment.jwt']) {
      expect([mode, await hear({ response_mode: mode })]).not.toEqual([mode, 'login_required']);
    }
    // To a service that did not register any; the lists above are of those that others may send.
    expect(await hear({ request: 'eyJhbGciOiJub25lIn0.e30.' })).toBe('request_not_supported');
    expect(await hear({ request_uri: 'https://service.example/request' })).toBe('request_uri_not_supported');
    expect(await hear({ claims: JSON.stringify({ userinfo: { name: null } }) })).toBe('login_required');
  });

  it('says the same to plain OAuth', async () => {
    const plain = toObject(await (await fetch(`${world.issuer}/.well-known/oauth-authorization-server`)).text());
    expect(plain).toEqual(document);
  });

  it('login_hint is taken and shown nowhere, and tells nothing about whether somebody exists', async () => {
    const strip = (body: string): string => body.replaceAll(/interaction\/[\w-]+|data-token="[^"]*"|value="[^"]*"/g, '');
    await world.addPerson();
    const [known, unknown] = [await open({ login_hint: '1000000008' }), await open({ login_hint: 'nobody@example.test' })];
    expect(known.body).not.toContain('1000000008');
    expect([unknown.status, strip(unknown.body)]).toEqual([known.status, strip(known.body)]);
    expect(world.logLines.join('')).not.toMatch(/1000000008|nobody@example/);
  });
});
