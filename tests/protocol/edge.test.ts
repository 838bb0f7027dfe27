// What comes in from outside and is refused, or read, before anything else looks at it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorldDatabase, whileAway } from '../support/open-database.ts';
import { sendRaw, toPort } from '../support/raw-request.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createUserAgent } from '../support/user-agent.ts';
import { createEnrolled, createRequest, obtainTokens } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

describe('the edge', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  it.each([33_000, 400_000])('answers a form of %i bytes with 413 and a page, not with a fault', async (size) => {
    const response = await fetch(`${world.issuer}/auth`, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: `a=${'a'.repeat(size)}`,
    });
    expect([response.status, (await response.text()).includes('data-error="request/too-large"')]).toEqual([413, true]);
    expect(world.logLines.join('')).not.toContain('internal/unexpected');
  });

  it.each(['/auth', '/session/end'])(
    'repeats a form posted to %s as the same request by GET, and keeps none of it in the log',
    async (path) => {
      const fields = {
        client_id: 'mol-work-permit',
        login_hint: 'sara.alqahtani',
        id_token_hint: 'eyJhbGciOiJFUzI1NiJ9.hint',
        state: 'a b&c=d',
      };
      const url = `${world.issuer}${path}?ui_locales=en`;
      const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
      const target = new URL(response.headers.get('location') ?? '', world.issuer);
      expect([response.status, target.pathname, response.headers.get('referrer-policy')]).toEqual([303, path, 'no-referrer']);
      expect(Object.fromEntries(target.searchParams)).toEqual({ ui_locales: 'en', ...fields });
      await createUserAgent(world.issuer).get(target.href);
      expect(world.logLines.join('')).not.toMatch(/alqahtani|eyJhbGci/);
    },
  );

  it.each(['/auth', '/session/end'])('says plainly that a form posted to %s is too long for an address', async (path) => {
    const post = async (length: number): Promise<Response> =>
      fetch(`${world.issuer}${path}`, {
        method: 'POST',
        headers: { accept: 'text/html' },
        body: new URLSearchParams({ client_id: 'mol-work-permit', claims: 'x'.repeat(length) }),
        redirect: 'manual',
      });
    expect((await post(7000)).status).toBe(303);
    const refused = await post(9000);
    expect([refused.status, (await refused.text()).includes('data-error="request/address-too-long"')]).toEqual([414, true]);
  });

  it('looks at the host before anything asks the database, and answers a database that is away with a page', async () => {
    const { pathname, search } = new URL(createRequest(world.issuer, 'permit', { request: 'x' }).url);
    const ask = async (host: string) =>
      sendRaw({ port: toPort(world.issuer), path: `${pathname}${search}`, headers: { host, accept: 'text/html' } });
    const database = openWorldDatabase(world);
    const [foreign, own] = await whileAway(database, 'services', async () => [
      await ask('evil.example'),
      await ask(new URL(world.issuer).host),
    ]);
    database.close();
    expect([foreign.status, foreign.body.includes('data-error="request/wrong-host"')]).toEqual([421, true]);
    expect([own.status, own.body.includes('data-error="store/unavailable"')]).toEqual([503, true]);
    expect(own.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each([
    ['fr;q=1, en;q=0.2, ar;q=0.9', 'ar'],
    ['en-GB,en;q=0.9', 'en'],
    ['ar-SA, en;q=0.5', 'ar'],
    ['fr', 'ar'],
    ['*', 'ar'],
    ['', 'ar'],
  ])('reads the languages "%s" by their weights as %s', async (languages, expected) => {
    const response = await fetch(world.issuer, { headers: { 'accept-language': languages } });
    expect(/<html[^>]* lang="([a-z]+)"/.exec(await response.text())?.[1]).toBe(expected);
  });

  it.each([
    ['/nowhere', 'href="/"'],
    ['/account/nowhere', 'href="/account"'],
  ])('leads from the error at %s back to our own pages', async (path, link) => {
    const page = await (await fetch(`${world.issuer}${path}`, { headers: { accept: 'text/html' } })).text();
    expect(page.slice(page.indexOf('<main'))).toContain(link);
  });

  it('follows what a request names above a press made elsewhere, and a press on the pages of that request above it', async () => {
    const agent = createUserAgent(world.issuer);
    const languageOf = async (url: string): Promise<string | undefined> =>
      /<html[^>]* lang="([a-z]+)"/.exec((await agent.get(url)).body)?.[1];
    expect(await languageOf(`${world.issuer}/?lang=en`)).toBe('en');
    expect(await languageOf(world.issuer)).toBe('en');
    const asked = await agent.get(createRequest(world.issuer, 'permit', { ui_locales: 'ar' }).url);
    expect(asked.body).toContain('lang="ar"');
    expect(await languageOf(`${asked.url}?lang=en`)).toBe('en');
    expect(await languageOf(asked.url)).toBe('en');
    expect(await languageOf(createRequest(world.issuer, 'permit', { ui_locales: 'ar' }).url)).toBe('en');
  });

  it('lets no service revoke a token of another, nor learn that it is one', async () => {
    const tokens = await obtainTokens(await createEnrolled(world), 'permit');
    const revoke = (token: unknown) =>
      fetch(`${world.issuer}/token/revocation`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}` },
        body: new URLSearchParams({ token: String(token) }),
      });
    const [foreign, unknown] = [await revoke(tokens.body['access_token']), await revoke('no-such-token')];
    expect([foreign.status, await foreign.text()]).toEqual([unknown.status, await unknown.text()]);
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(200);
  });

  const addresses = [
    ['/.well-known/openid-configuration', 'GET'],
    ['/.well-known/oauth-authorization-server', 'GET'],
    ['/jwks', 'GET'],
    ['/me', 'GET'],
    ['/me', 'POST'],
    ['/auth', 'GET'],
    ['/auth/no-such-request', 'GET'],
    ['/request', 'POST'],
    ['/token', 'POST'],
    ['/token/introspection', 'POST'],
    ['/token/revocation', 'POST'],
    ['/session/end', 'GET'],
    ['/session/end/confirm', 'POST'],
    ['/session/end/success', 'GET'],
  ] as const;

  const toSpellings = (path: string): readonly string[] => {
    const [first = '', ...rest] = path.slice(1).split('/');
    const shouted = ['', first.toUpperCase(), ...rest].join('/');
    const tail = rest.length === 0 || first === 'auth' ? [] : [['', first, ...rest.map((part) => part.toUpperCase())].join('/')];
    return [shouted, `${path}/`, `${shouted}/`, ...tail];
  };

  it.each(addresses)('answers no other spelling of %s (%s), and tells no script anything there', async (path, method) => {
    const port = toPort(world.issuer);
    const origin = 'https://evil.example';
    const headers = { host: new URL(world.issuer).host, origin, accept: 'application/json', 'access-control-request-method': 'POST' };
    const { search } = new URL(createRequest(world.issuer, 'permit').url);
    expect((await sendRaw({ port, path: `${path}${search}`, method, headers })).status).not.toBe(404);
    const database = openWorldDatabase(world);
    const before = database.count(['artefacts', 'sessions', 'entries']);
    for (const spelling of toSpellings(path)) {
      for (const asked of [method, 'OPTIONS', 'HEAD']) {
        const answer = await sendRaw({ port, path: `${spelling}${search}`, method: asked, headers });
        const grants = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'));
        expect([spelling, asked, [404, 405].includes(answer.status), grants]).toEqual([spelling, asked, true, []]);
      }
    }
    expect(database.count(['artefacts', 'sessions', 'entries'])).toEqual(before);
    database.close();
  });

  it('releases nothing at another spelling of UserInfo, and takes no code at another of the token endpoint', async () => {
    const traveller = await createEnrolled(world);
    const tokens = await obtainTokens(traveller, 'permit');
    const authorization = `Bearer ${String(tokens.body['access_token'])}`;
    for (const path of ['/ME', '/me/', '/Me']) {
      expect([path, (await fetch(`${world.issuer}${path}`, { headers: { authorization } })).status]).toEqual([path, 404]);
    }
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(200);
  });

  it.each(['/Audit/api/v1/entries', '/audit/API/v1/entries', '/audit/api/V1/entries', '/agency/API/v1/duties', '/account/Security'])(
    'knows our own addresses by their letters too: %s',
    async (path) => {
      expect((await fetch(`${world.issuer}${path}`, { redirect: 'manual' })).status).toBe(404);
    },
  );
});
