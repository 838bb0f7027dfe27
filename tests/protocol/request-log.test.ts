// One line for each request, and what a person, a service or an attacker sent in none of them (AL-18, AL-19).

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { isFoundIn } from '../support/find-secret.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { sendRaw, toObject, toPort } from '../support/raw-request.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { createRequest, obtainTokens, openAccountPage, withdraw } from '../support/visits.ts';
import { metricCatalogue } from '../../src/telemetry/metric-catalogue.ts';
import { createWorld, findFreePort } from '../support/world.ts';
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
  let metricsPort: number;

  const readNumbers = async (): Promise<string> => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const readNumber = async (name: string): Promise<number> =>
    Number(
      (await readNumbers())
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length) ?? Number.NaN,
    );

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
    metricsPort = await findFreePort();
    world = await createWorld({ env: { HUWIYA_METRICS_LISTEN: `127.0.0.1:${metricsPort}` } });
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

  test('IN-14 numbers are told at a listener of their own, which knows nothing else, and nowhere that people come', async () => {
    expect(await readNumbers()).toContain('huwiya_ready 1\n');
    for (const path of ['/', '/healthz', '/token', '/account', '/metrics/', '/metrics?x=1', '/debug/pprof', '/ledger/checkpoint']) {
      const answer = await fetch(`http://127.0.0.1:${metricsPort}${path}`);
      expect([path, answer.status, await answer.text()]).toEqual([path, 404, '']);
    }
    expect((await fetch(`http://127.0.0.1:${metricsPort}/metrics`, { method: 'POST' })).status).toBe(404);
    for (const path of ['/metrics', '/debug', '/status', '/admin']) {
      expect([path, (await fetch(`${world.issuer}${path}`)).status]).toEqual([path, 404]);
    }
  });

  it('counts answers, their times, sign-ins and refusals, and keeps the counts between looks', async () => {
    const before = await Promise.all(
      [
        'huwiya_answers_total{area="jwks",status="2xx"}',
        'huwiya_answer_seconds_count{area="jwks"}',
        'huwiya_refusals_total{code="request/not-found"}',
        'huwiya_refusals_total{code="invalid_grant"}',
      ].map(async (name) => [name, (await readNumber(name)) || 0] as const),
    );
    await fetch(`${world.issuer}/jwks`);
    await fetch(`${world.issuer}/nowhere-at-all`);
    await requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: planted });
    for (const [name, count] of before) {
      expect([name, await readNumber(name)]).toEqual([name, count + 1]);
    }
    // Enrolment opened the own page; two services and the page again followed.
    expect(await readNumber('huwiya_sign_in_steps_total{step="signed-in"}')).toBeGreaterThanOrEqual(1);
    expect(await readNumber('huwiya_sign_in_steps_total{step="decided"}')).toBeGreaterThanOrEqual(2);
    expect(await readNumber('huwiya_sign_in_steps_total{step="tokens"}')).toBeGreaterThanOrEqual(3);
    const times = (await readNumbers()).split('\n').filter((line) => line.startsWith('huwiya_answer_seconds_bucket{area="token"'));
    const values = times.map((line) => Number(line.split(' ')[1]));
    expect(values).toHaveLength(12);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect([times.at(-1)?.includes('le="+Inf"'), values.at(-1)]).toEqual([
      true,
      await readNumber('huwiya_answer_seconds_count{area="token"}'),
    ]);
  });

  it('tells of the database, the log, the outbox, the keys and the process', async () => {
    for (const [name, least, most] of [
      ['huwiya_store_writable', 1, 1],
      ['huwiya_store_write_seconds', 0, 2],
      ['huwiya_store_bytes{file="database"}', 4096, 1e9],
      ['huwiya_store_bytes{file="wal"}', 0, 1e9],
      ['huwiya_store_free_bytes', 1, 1e15],
      ['huwiya_log_entries', 3, 1e4],
      ['huwiya_log_pending_seconds', 0, 10],
      ['huwiya_outbox_waiting', 0, 100],
      ['huwiya_outbox_dead', 0, 0],
      ['huwiya_token_key_age_seconds{alg="ES256"}', 2 * 86_400, 2 * 86_400 + 600],
      ['huwiya_token_key_rotation_timestamp_seconds', Date.now() / 1000 + 87 * 86_400, Date.now() / 1000 + 89 * 86_400],
      ['process_resident_memory_bytes', 1e6, 1e11],
      ['process_start_time_seconds', 1e9, Date.now() / 1000],
    ] as const) {
      const value = await readNumber(name);
      expect([name, value, value >= least && value <= most]).toEqual([name, value, true]);
    }
  });

  test('AL-19 numbers have the names and labels of the catalogue, few of each, and hold nothing that anybody sent', async () => {
    const text = await readNumbers();
    const lines = text.trimEnd().split('\n');
    const rows = new Map<string, readonly string[]>(Object.entries(metricCatalogue).map(([name, { labels }]) => [name, labels]));
    const samples = lines.filter((line) => !line.startsWith('#'));
    const odd = samples.filter((line) => {
      const [, name = '', said = ''] = /^([a-z0-9_]+?)(?:_(?:bucket|sum|count))?(?:\{(.*)\})? -?[0-9.e+-]+$/.exec(line) ?? [];
      const labels = [...said.matchAll(/([a-z]+)="/g)].map(([, label = '']) => label).filter((label) => label !== 'le');
      return JSON.stringify(rows.get(name)) !== JSON.stringify(labels);
    });
    expect(odd).toEqual([]);
    expect(samples.length).toBeLessThan(600);
    expect(new Set(samples.map((line) => line.replace(/ \S+$/, ''))).size).toBe(samples.length);
    expect(secrets.filter((value) => isFoundIn(Buffer.from(text), value))).toEqual([]);
  });
});
