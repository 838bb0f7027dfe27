// One line for each request, and what a person, a service or an attacker sent in none of them (AL-18, AL-19).

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { isFoundIn } from '../support/find-secret.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { sendRaw, toObject, toPort } from '../support/raw-request.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { createRequest, obtainTokens, openAccountPage, withdraw } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const registryNumber = '1098765430';

const personal = {
  id: registryNumber,
  national_id: registryNumber,
  'given_name#ar': 'عبدالرحمن',
  'given_name#en': 'Abdulrahmaan',
  'family_name#en': 'Alshahraani',
  birthdate: '1987-11-23',
  email: 'abdulrahmaan.alshahraani@example.test',
  email_verified: true,
};

/** Told apart from everything else in a log by being long and made up. */
const planted = `planted-${randomBytes(12).toString('hex')}`;

const members = new Set([
  'level',
  'time',
  'msg',
  'reference',
  'method',
  'route',
  'status',
  'durationMs',
  'clientId',
  'code',
  'causes',
  'version',
  'issuer',
  'dialect',
  'listen',
]);

describe('the log of a node', () => {
  let world: World;
  let secrets: readonly string[];

  const lines = (): readonly Readonly<Record<string, unknown>>[] => world.logLines.map((line) => toObject(line));
  const answered = (): readonly Readonly<Record<string, unknown>>[] => lines().filter((line) => line['msg'] === 'answered');

  /** What somebody sends who looks for a way into the log or through it. */
  async function attack(): Promise<void> {
    const port = toPort(world.issuer);
    const host = new URL(world.issuer).host;
    const hostile = [
      { path: `/${planted}/%0d%0a%1b%5b31m{"level":60}` },
      { path: `/enrol/${planted}` },
      { path: `/interaction/${planted}` },
      { path: `/account/services/${planted}` },
      { path: `/account/receipts/${planted}.json` },
      { path: `/auth/${planted}` },
      { path: `/auth?client_id=${planted}&state=${planted}&login_hint=${registryNumber}` },
      { path: `/auth?client_id=mol-work-permit&redirect_uri=https://${planted}.example/` },
      { path: `/session/end?id_token_hint=${planted}&client_id=${planted}` },
      { path: `/me?access_token=${planted}`, headers: { authorization: `Bearer ${planted}` } },
      {
        path: '/',
        headers: { cookie: `_session=${planted}`, 'user-agent': planted, referer: `https://${planted}.example/`, 'x-request-id': planted },
      },
      { path: '/token', method: 'POST', body: `grant_type=${planted}&client_id=${planted}&client_secret=${planted}` },
      {
        path: '/token',
        method: 'POST',
        body: `grant_type=refresh_token&refresh_token=${planted}`,
        headers: { authorization: `Basic ${Buffer.from(`moh-clinic:${planted}`).toString('base64')}` },
      },
      { path: '/request', method: 'POST', body: `client_id=${planted}` },
      { path: `/ledger/tile/${planted}` },
      { path: `/${planted}`, method: 'DELETE' },
    ];
    for (const { headers, ...asked } of hostile) {
      const type = asked.body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
      await sendRaw({ port, ...asked, headers: { host, ...type, ...headers } });
    }
    await sendRaw({ port, path: '/', headers: { host: `${planted}.example` } });
  }

  beforeAll(async () => {
    world = await createWorld();
    const link = await world.invite(await world.addPerson('citizen', personal));
    const traveller = createTraveller(world.issuer);
    await enrol(traveller, link);
    const offline = { scope: 'openid offline_access', prompt: 'consent', state: `state-${planted}`, nonce: `nonce-${planted}` };
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline, attributes: ['email', 'birthdate'] });
    const released = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    const refreshed = await requestTokens(world.issuer, {
      grant_type: 'refresh_token',
      refresh_token: String(tokens.body['refresh_token']),
    });
    await obtainTokens(traveller, 'clinic');
    await openAccountPage(traveller);
    await withdraw(traveller, 'clinic');
    await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    await attack();
    const { email_verified: _verified, ...words } = personal;
    secrets = [
      planted,
      clinicSecret,
      link.split('/').at(-1) ?? '',
      ...Object.values(words),
      ...[...traveller.agent.cookies.values()].map(({ value }) => value),
      ...['access_token', 'refresh_token', 'id_token']
        .flatMap((name) => [tokens.body[name], refreshed.body[name]])
        .filter((value) => typeof value === 'string'),
      String(tokens.visit.answer.get('code')),
      tokens.visit.request.verifier,
      String(released.body['sub']),
    ].filter((value) => value.length >= 8);
  });

  afterAll(async () => {
    await world.close();
  });

  it('has one line for each answer, with a reference that the answer carries too', async () => {
    const before = answered().length;
    const answer = await fetch(`${world.issuer}/account`, { redirect: 'manual', headers: { 'x-request-id': planted } });
    expect(answered()).toHaveLength(before + 1);
    const reference = answer.headers.get('x-request-id');
    expect(reference).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(answered().at(-1)).toMatchObject({ reference, method: 'GET', route: '/account', status: answer.status });
    const failed = await fetch(`${world.issuer}/nowhere`, { headers: { accept: 'text/html' } });
    expect(await failed.text()).toContain(failed.headers.get('x-request-id'));
    expect(lines().filter((line) => line['reference'] === failed.headers.get('x-request-id'))).toHaveLength(2);
  });

  it('says which route answered, how, how fast and for which service', () => {
    const routes = new Set(answered().map(({ method, route, status }) => `${String(method)} ${String(route)} ${String(status)}`));
    for (const expected of [
      'GET /auth 303',
      'POST /token 200',
      'GET /me 200',
      'GET /enrol/:token 200',
      'GET /auth/:uid 303',
      'DELETE none 404',
    ]) {
      expect(routes).toContain(expected);
    }
    const services = answered()
      .map(({ clientId }) => clientId)
      .filter((id) => id !== undefined);
    expect(new Set(services)).toEqual(new Set(['mol-work-permit', 'moh-clinic', 'huwiya-account']));
    expect(answered().some(({ route, clientId }) => route === '/interaction/:uid/decision' && clientId === 'mol-work-permit')).toBe(true);
    expect(answered().every(({ durationMs }) => typeof durationMs === 'number' && durationMs >= 0)).toBe(true);
  });

  test('AL-18: has whole JSON objects of known members, however somebody tries to break out of a line', () => {
    expect(world.logLines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(lines().flatMap((line) => Object.keys(line).filter((name) => !members.has(name)))).toEqual([]);
    expect(world.logLines.every((line) => line.length < 2000)).toBe(true);
  });

  it('is silent about assets and probes', async () => {
    const before = world.logLines.length;
    await fetch(`${world.issuer}/healthz`);
    await fetch(`${world.issuer}/readyz`);
    const page = await (await fetch(world.issuer)).text();
    const [, asset] = /href="(\/assets\/[^"]+\.css)"/.exec(page) ?? [];
    expect((await fetch(`${world.issuer}${asset ?? ''}`)).status).toBe(200);
    expect(world.logLines.slice(before).map((line) => toObject(line)['route'])).toEqual(['/']);
  });

  test('AL-19: holds no value of the person, no token, code, cookie or secret, and nothing that an attacker planted', () => {
    const bytes = Buffer.from(world.logLines.join(''));
    expect(secrets.length).toBeGreaterThan(15);
    expect(world.logLines.length).toBeGreaterThan(30);
    expect(secrets.filter((value) => isFoundIn(bytes, value))).toEqual([]);
  });
});
