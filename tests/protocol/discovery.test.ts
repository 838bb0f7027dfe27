// What a relying party reads before it does anything (OpenID Connect Discovery 1.0, RFC 8414), and whether it is so.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswer } from '../support/case-world.ts';
import { createTraveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { createRequest, findStep } from '../support/visits.ts';
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

  it('offers no fragment, no request object that is not taken, and every claim under its own name', () => {
    expect(values('response_modes_supported')).toEqual(['form_post', 'query']);
    expect(document).toMatchObject({ request_parameter_supported: false, request_uri_parameter_supported: false });
    expect(values('claims_supported')).toEqual(expect.arrayContaining(['sub', 'auth_time', 'acr', 'given_name', 'given_name#ar', 'email']));
    expect(new Set(values('claims_supported')).size).toBe(values('claims_supported').length);
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
