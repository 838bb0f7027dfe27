// Input that no browser sends (security contract 2.12).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { sendRaw, toObject, toPort } from '../support/raw-request.ts';
import type { RawRequest } from '../support/raw-request.ts';
import { readAttribute } from '../support/user-agent.ts';
import { createRequest, exchange, findStep, getForm, visit } from '../support/visits.ts';

const form = 'application/x-www-form-urlencoded';

describe('input', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const host = (): string => new URL(at.issuer).host;
  const raw = async (asked: Omit<RawRequest, 'port'>) =>
    sendRaw({ ...asked, port: toPort(at.issuer), headers: { host: host(), ...asked.headers } });
  const isAlive = async (): Promise<boolean> => (await raw({ path: '/healthz' })).status === 200;

  /** A ceremony page, and a way to post JSON to it as its script would. */
  const openCeremony = async (): Promise<{
    readonly traveller: Traveller;
    readonly post: (body: string, type?: string) => Promise<Response>;
  }> => {
    const traveller = createTraveller(at.issuer);
    const page = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    const url = new URL(readAttribute(page.body, 'data-verify-url'), at.issuer).href;
    const token = readAttribute(page.body, 'data-token');
    const post = async (body: string, type = 'application/json') =>
      traveller.agent.send(url, {
        method: 'POST',
        body,
        headers: { 'content-type': type, accept: 'application/json', 'x-huwiya-token': token },
      });
    return { traveller, post };
  };

  test('IN-01 a body that is too large, packed or shorter than it says is refused, and the node lives on', async () => {
    const { post } = await openCeremony();
    const started = process.memoryUsage().rss;
    for (const sizeBytes of [33 * 1024, 57 * 1024, 2 * 1024 * 1024]) {
      const answered = await post(JSON.stringify({ ceremony: 'x', response: 'y'.repeat(sizeBytes) }));
      expect([sizeBytes, answered.status]).toEqual([sizeBytes, 413]);
      const token = await raw({
        method: 'POST',
        path: '/token',
        body: `grant_type=${'x'.repeat(sizeBytes)}`,
        headers: { 'content-type': form },
      }).catch(() => undefined);
      expect([sizeBytes, token === undefined || (token.status >= 400 && token.status < 500)]).toEqual([sizeBytes, true]);
    }
    for (const encoding of ['gzip', 'br', 'deflate']) {
      const packed = await raw({
        method: 'POST',
        path: '/token',
        body: 'grant_type=x',
        headers: { 'content-type': form, 'content-encoding': encoding },
      });
      expect([encoding, packed.status >= 400 && packed.status < 500]).toEqual([encoding, true]);
    }
    expect(process.memoryUsage().rss - started).toBeLessThan(200 * 1024 * 1024);
    expect(await isAlive()).toBe(true);
    expect((await post(JSON.stringify({ ceremony: 'x', response: {} }))).status).toBe(400);
  });

  test('IN-02 JSON that is deep, wide, huge or named like a prototype is 400 and changes no object', async () => {
    const { post } = await openCeremony();
    const bodies = [
      `{"ceremony":"x","response":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      `{"ceremony":"x","response":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
      `{${Array.from({ length: 3000 }, (_, index) => `"k${index}":1`).join(',')}}`,
      '{"ceremony":"x","response":1e400}',
      '{"ceremony":"x","ceremony":"y","response":{},"ceremony":7}',
      '{"__proto__":{"isAdmin":true},"ceremony":"x","response":{}}',
      '{"constructor":{"prototype":{"isAdmin":true}},"ceremony":"x","response":{}}',
      '{"ceremony":"x","response":{"__proto__":{"isAdmin":true}}}',
      '{"ceremony":["x"],"response":{}}',
      'null',
      '[]',
      '"x"',
      '{',
      '',
    ];
    await at.changesNothing(async () => {
      for (const body of bodies) {
        expect([body.slice(0, 40), (await post(body)).status]).toEqual([body.slice(0, 40), 400]);
        expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
      }
      expect((await post('ceremony=x', form)).status).toBe(400);
    });
    const { traveller } = await openCeremony();
    expect(findStep(await traveller.agent.get(createRequest(at.issuer, 'permit').url))).toBe('sign-in');
  });

  test('IN-03 lists and objects in the query or the form of our own pages are refused or count for nothing', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    for (const query of ['lang[]=en', 'lang=en&lang=ar', 'lang[a]=b', 'switch=yes&switch=no', 'switch[x]=yes']) {
      for (const path of ['/', '/account', '/signed-out']) {
        expect([query, path, (await traveller.agent.get(`${at.issuer}${path}?${query}`)).status]).toEqual([query, path, 200]);
      }
    }
    const page = await traveller.agent.get(createRequest(at.issuer, 'clinic').url);
    const { action, fields } = getForm(page, /\/decision$/);
    await at.changesNothing(async () => {
      for (const extra of [
        'decision=allow&decision=refuse',
        'decision[]=allow',
        'decision[x]=allow',
        `decision=allow&token=${fields['token']}`,
      ]) {
        const body = `${new URLSearchParams(fields).toString()}&${extra}`;
        const answered = await traveller.agent.send(action, { method: 'POST', body, headers: { 'content-type': form } });
        expect([extra, answered.status]).toEqual([extra, 400]);
      }
    });
    expect((await traveller.agent.post(action, { ...fields, decision: 'refuse' })).url).toContain('access_denied');
  });

  test('IN-04 any other Host than the issuer is refused before anything else', async () => {
    const port = new URL(at.issuer).port;
    const path = '/.well-known/openid-configuration';
    expect((await raw({ path })).status).toBe(200);
    const others = [
      'evil.example',
      `evil.example:${port}`,
      `localhost.:${port}`,
      'localhost',
      `localhost:${Number(port) + 1}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
    ];
    const odd = [`evil.example:fake@localhost:${port}`, `localhost:${port}, evil.example`, `LOCALHOST:${port}`, ''];
    for (const name of [...others, ...odd]) {
      for (const asked of [path, '/', '/account', '/token', '/enrol/x']) {
        const answer = await raw({ path: asked, headers: { host: name } });
        expect([name, asked, answer.status]).toEqual([name, asked, expect.toBeOneOf([400, 421])]);
        expect(answer.body).not.toContain('evil.example');
      }
    }
    for (const target of [`http://evil.example${path}`, `${at.issuer}${path}`, `http://evil.example:${port}/token`, '*']) {
      const absolute = await raw({ path: target, method: target === '*' ? 'OPTIONS' : 'GET' });
      expect([target, absolute.status, absolute.body.includes('evil.example')]).toEqual([target, expect.toBeOneOf([400, 421]), false]);
    }
  });

  test('IN-05 headers that speak for a proxy count for nothing when there is none', async () => {
    const forged = {
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example;proto=https;for=203.0.113.7',
      'x-real-ip': '203.0.113.7',
      'x-original-url': '/account',
      'x-rewrite-url': '/account',
      'x-http-method-override': 'DELETE',
      'x-method-override': 'PUT',
    };
    const plain = await raw({ path: '/.well-known/openid-configuration' });
    const spoofed = await raw({ path: '/.well-known/openid-configuration', headers: forged });
    expect([spoofed.status, spoofed.body]).toEqual([200, plain.body]);
    expect(plain.body).toContain(`"token_endpoint":"${at.issuer}/token"`);
    const home = await raw({ path: '/', headers: { ...forged, accept: 'text/html' } });
    expect([home.status, home.headers['strict-transport-security']]).toEqual([200, undefined]);
    const { pathname, search } = new URL(createRequest(at.issuer, 'permit').url);
    const started = await raw({ path: `${pathname}${search}`, headers: forged });
    expect([started.status, String(started.headers.location).includes('evil')]).toEqual([303, false]);
  });

  test('IN-08 a path that is bent reaches nothing that its guard did not see', async () => {
    const bent = [
      '/account/..;/account',
      '/%61ccount',
      '/auth/..;/admin',
      '/x/../account',
      '/x/%2e%2e/account',
      '//account',
      '/account//services',
      '/ACCOUNT',
      '/account%2fservices',
      '/account%00',
      '/account;x=1',
      '/.env',
      '/assets/../package.json',
      '/assets/%2e%2e/package.json',
      '/assets/..%2f..%2fpackage.json',
      '/ledger/tile/../../checkpoint',
      '/%',
      '/%ff%fe',
      '/keys/',
      '/admin',
      '/debug',
      '/metrics',
      '/registration',
      '/reg',
    ];
    for (const path of bent) {
      const answer = await raw({ path, headers: { accept: 'text/html' } });
      expect([
        path,
        answer.status === 400 || answer.status === 404 || (answer.status === 303 && String(answer.headers.location).startsWith('/auth?')),
      ]).toEqual([path, true]);
      expect(answer.body).not.toContain('"dependencies"');
    }
    expect((await raw({ path: '/', headers: { accept: 'text/html' } })).status).toBe(200);
  });

  test('IN-10 whoever is not signed in cannot say in the request who they are', async () => {
    const owner = await at.newPerson();
    await visit(owner, 'permit');
    const [consent] = at.database.rows('SELECT id, person_id FROM consents LIMIT 1');
    const claims = {
      person_id: String(consent?.['person_id']),
      accountId: String(consent?.['person_id']),
      role: 'operator',
      sub: 'x',
      acr: 'urn:huwiya:loa:high',
    };
    const stranger = createTraveller(at.issuer);
    await at.changesNothing(async () => {
      const pressed = await stranger.agent.send(`${at.issuer}/account/consents/${String(consent?.['id'])}/withdraw`, {
        method: 'POST',
        body: new URLSearchParams(claims),
      });
      expect(pressed.status).toBe(401);
      for (const path of ['/account/passkeys/options', '/account/passkeys/verify']) {
        expect((await stranger.agent.postJson(`${at.issuer}${path}`, 'x', claims)).status).toBe(401);
      }
      const query = new URLSearchParams(claims).toString();
      expect(findStep(await stranger.agent.get(`${at.issuer}/account?${query}`))).toBe('sign-in');
      const silent = await stranger.agent.get(`${createRequest(at.issuer, 'permit', { prompt: 'none' }).url}&${query}`);
      expect(new URL(silent.url).searchParams.get('error')).toBe('login_required');
    });
    expect((await exchange(await visit(owner, 'permit'), at.issuer)).status).toBe(200);
  });

  test('IN-12 no error shows a stack, a statement, a version or the name of what runs here', async () => {
    const traveller = await at.newPerson();
    const revealing = /node_modules|\bat [\w.]+ \(|\.ts:\d|\.js:\d|SQLITE|SELECT |INSERT |oidc-provider|better-sqlite|koa|Error:|stack"?:/i;
    const bodies: (readonly [string, string])[] = [];
    for (const path of [
      '/nowhere',
      '/interaction/x',
      '/enrol/x',
      '/auth',
      '/auth/x',
      '/auth?client_id=%00',
      '/session/end/confirm',
      '/account/receipts/x.json',
      '/ledger/tile/x',
    ]) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await traveller.agent.send(`${at.issuer}${path}`, { headers: { accept } });
        expect([path, answer.headers.get('x-powered-by'), answer.headers.get('server')]).toEqual([path, null, null]);
        bodies.push([`${path} ${accept}`, await answer.text()]);
      }
    }
    for (const [path, body] of [
      ['/token', 'grant_type=x'],
      ['/request', 'x=y'],
      ['/token/revocation', 'token=x'],
      ['/me', 'access_token=x'],
    ] as const) {
      bodies.push([path, (await raw({ method: 'POST', path, body, headers: { 'content-type': form } })).body]);
    }
    const { post } = await openCeremony();
    at.database.run('ALTER TABLE consents RENAME TO consents_gone');
    const broken = await traveller.agent.send(createRequest(at.issuer, 'permit', { prompt: 'none' }).url);
    bodies.push(['broken', await broken.text()], ['broken ceremony', await (await post('{}')).text()]);
    at.database.run('ALTER TABLE consents_gone RENAME TO consents');
    for (const [name, body] of bodies) {
      expect([name, revealing.exec(body)?.[0]]).toEqual([name, undefined]);
    }
    const page = await traveller.agent.get(`${at.issuer}/nowhere`);
    expect([findErrorCode(page), /\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b/.test(page.body)]).toEqual(['request/not-found', true]);
    expect(toObject('{"a":1}')).toEqual({ a: 1 });
  });
});
