// A whole sign-in of a node whose operator keeps spans: which there are, what belongs to what, and what a person, a service or an attacker sent in none of them (AL-19).

import type { IncomingHttpHeaders } from 'node:http';
import { randomBytes } from 'node:crypto';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startCallee } from '../support/callee.ts';
import type { Callee } from '../support/callee.ts';
import { isFoundIn } from '../support/find-secret.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { findLoudLine } from '../support/quiet-log.ts';
import { sendRaw, toObject, toPort } from '../support/raw-request.ts';
import { registerMetadata } from '../support/receiver.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import { nameOf, registerSpanRecorder } from '../support/span-recorder.ts';
import type { RecordedSpan, SpanRecorder } from '../support/span-recorder.ts';
import { createRequest, obtainTokens, openAccountPage, signOut, withdraw } from '../support/visits.ts';
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

/** Told apart from everything else by being long and made up. */
const planted = `planted-${randomBytes(12).toString('hex')}`;

/** What a span may say: the list of the guide for operators. */
const attributes = new Set([
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'error.type',
  'server.address',
  'server.port',
  'huwiya.reference',
  'huwiya.topic',
  'huwiya.writes',
  'huwiya.entries',
]);

const caller = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'] as const;

describe('the spans of a node', () => {
  let world: World;
  let recorder: SpanRecorder;
  let service: Callee;
  let secrets: readonly string[];

  const requests = (): readonly RecordedSpan[] => recorder.spans.filter(({ options }) => options.kind === SpanKind.SERVER);
  const lines = (): readonly Readonly<Record<string, unknown>>[] => world.logLines.map((line) => toObject(line));
  const answered = (): readonly Readonly<Record<string, unknown>>[] => lines().filter((line) => line['msg'] === 'answered');
  const findRequest = (answer: { readonly headers: IncomingHttpHeaders }): RecordedSpan | undefined =>
    requests().find((span) => span.attributes['huwiya.reference'] === answer.headers['x-request-id']);

  const send = async (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') => {
    const answer = await sendRaw({ port: toPort(world.issuer), path, method, headers: { host: new URL(world.issuer).host, ...headers } });
    return { answer, span: findRequest(answer) };
  };

  async function attack(): Promise<void> {
    for (const path of [
      `/${planted}/%0d%0a`,
      `/enrol/${planted}`,
      `/interaction/${planted}`,
      `/account/services/${planted}`,
      `/account/receipts/${planted}.json`,
      `/auth/${planted}`,
      `/auth?client_id=${planted}&state=${planted}&login_hint=${registryNumber}`,
      `/me?access_token=${planted}`,
      `/ledger/tile/${planted}`,
    ]) {
      await send(path, {
        authorization: `Bearer ${planted}`,
        'user-agent': planted,
        cookie: `_session=${planted}`,
        traceparent: `00-${caller[0]}-${caller[1]}-01`,
        tracestate: `huwiya=${planted}`,
        baggage: `person=${planted}`,
        'x-request-id': planted,
      });
    }
    await send(`/${planted}`, { traceparent: planted }, 'PROPFIND');
  }

  async function goWholeWay(): Promise<void> {
    const link = await world.invite(await world.addPerson('citizen', personal));
    const traveller = createTraveller(world.issuer);
    await enrol(traveller, link);
    const offline = { scope: 'openid offline_access', prompt: 'consent', state: `state-${planted}`, nonce: `nonce-${planted}` };
    const tokens = await obtainTokens(traveller, 'permit', { extra: offline, attributes: ['email', 'birthdate'] });
    const released = await fetchUserInfo(world.issuer, tokens.body['access_token']);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) };
    const refreshed = await requestTokens(world.issuer, refresh);
    await obtainTokens(traveller, 'clinic');
    await openAccountPage(traveller);
    await withdraw(traveller, 'clinic');
    await traveller.agent.get(createRequest(world.issuer, 'permit').url);
    const cookies = [...traveller.agent.cookies.values()].map(({ value }) => value);
    await signOut(traveller, 'permit', 'everywhere');
    await attack();
    const { email_verified: _verified, ...words } = personal;
    secrets = [
      planted,
      clinicSecret,
      link.split('/').at(-1) ?? '',
      ...Object.values(words),
      ...cookies,
      ...['access_token', 'refresh_token', 'id_token']
        .flatMap((name) => [tokens.body[name], refreshed.body[name]])
        .filter((value) => typeof value === 'string'),
      String(tokens.visit.answer.get('code')),
      tokens.visit.request.verifier,
      String(released.body['sub']),
    ].filter((value) => value.length >= 8);
  }

  beforeAll(async () => {
    recorder = registerSpanRecorder();
    world = await createWorld();
    service = await startCallee(`/${planted}?of=${planted}`);
    await registerMetadata(world, 'mol-work-permit', { backchannel_logout_uri: service.url });
    await goWholeWay();
  });

  afterAll(async () => {
    recorder.remove();
    await service.close();
    await world.close();
  });

  it('are one for each answer of the log, named by the route, with its number, its status and the trace that the line names', () => {
    const said = (span: RecordedSpan) => ({
      reference: span.attributes['huwiya.reference'],
      name: nameOf(span),
      status: span.attributes['http.response.status_code'],
      trace: span.traceId,
    });
    const toName = ({ method, route }: Readonly<Record<string, unknown>>): string => {
      const known = method === 'PROPFIND' ? 'HTTP' : String(method);
      return route === 'none' ? known : `${known} ${String(route)}`;
    };
    const expected = answered().map((line) => ({
      reference: line['reference'],
      name: toName(line),
      status: line['status'],
      trace: line['trace_id'],
    }));
    const order = (a: { readonly reference: unknown }, b: { readonly reference: unknown }): number =>
      String(a.reference).localeCompare(String(b.reference));
    expect(requests().length).toBeGreaterThan(30);
    expect(requests().map(said).toSorted(order)).toEqual(expected.toSorted(order));
    expect(lines().find(({ msg }) => msg === 'started')).toMatchObject({ spans: true });
  });

  it('follow a sign-in by the patterns of its routes, and say so from the first moment on', () => {
    const names = requests().map(nameOf);
    for (const expected of [
      'GET /enrol/:token',
      'GET /auth',
      'GET /interaction/:uid',
      'POST /interaction/:uid/sign-in/verify',
      'POST /interaction/:uid/decision',
      'GET /auth/:uid',
      'POST /token',
      'GET /me',
    ]) {
      expect(names).toContain(expected);
    }
    // A sampler decides by what a span begins with.
    expect(new Set(requests().map((span) => span.names[0]))).toEqual(new Set(['GET', 'POST', 'HTTP']));
    const whole = requests().filter((span) => nameOf(span) === 'POST /token');
    expect(whole[0]).toMatchObject({
      parentId: undefined,
      attributes: { 'http.request.method': 'POST', 'http.route': '/token', 'http.response.status_code': 200 },
      status: undefined,
    });
  });

  it('hold the commit of a request as its child', () => {
    const tokens = requests().filter((span) => nameOf(span) === 'POST /token');
    const commits = tokens.map((span) => recorder.childrenOf(span).filter((child) => nameOf(child) === 'commit'));
    expect(commits.every((of) => of.length >= 1)).toBe(true);
    const [commit] = commits[0]?.slice(-1) ?? [];
    expect(commit).toMatchObject({ traceId: tokens[0]?.traceId, attributes: { 'huwiya.writes': expect.any(Number) } });
    expect(commit?.endedAt).toBeDefined();
    const withoutParent = recorder.find('commit').filter(({ parentId }) => parentId === undefined);
    expect(withoutParent).toEqual([]);
  });

  it('tell of rounds of the sequencer that numbered something, and of no other', async () => {
    await expect.poll(() => recorder.find('sequence').length).toBeGreaterThan(0);
    const rounds = recorder.find('sequence');
    expect(rounds.every(({ parentId, attributes: said }) => parentId === undefined && Number(said['huwiya.entries']) > 0)).toBe(true);
  });

  it('tell of messages that leave, with their calls as children, and tell the other side nothing', async () => {
    await expect.poll(() => recorder.find('deliver logout').length).toBeGreaterThan(1);
    const [failed, sent] = recorder.find('deliver logout');
    expect(failed).toMatchObject({
      parentId: undefined,
      attributes: { 'huwiya.topic': 'logout', 'error.type': 'status-503' },
      status: { code: SpanStatusCode.ERROR },
    });
    expect(sent).toMatchObject({ attributes: { 'huwiya.topic': 'logout' }, status: undefined });
    const { port, hostname } = new URL(service.url);
    const [call] = failed === undefined ? [] : recorder.childrenOf(failed);
    expect(call).toMatchObject({ names: ['POST'], traceId: failed?.traceId, options: { kind: SpanKind.CLIENT } });
    expect(call?.attributes).toEqual({
      'http.request.method': 'POST',
      'server.address': hostname,
      'server.port': Number(port),
      'http.response.status_code': 503,
      'error.type': '503',
    });
    expect(service.calls.length).toBeGreaterThan(1);
    expect(service.calls.flatMap((headers) => Object.keys(headers)).filter((name) => /^(?:trace|baggage|b3|x-)/.test(name))).toEqual([]);
  });

  it('point to the trace of a caller, and neither continue it nor follow what it says of sampling', async () => {
    const { span } = await send('/account', { traceparent: `00-${caller[0]}-${caller[1]}-01`, tracestate: 'a=b' });
    expect(span).toMatchObject({ parentId: undefined, links: [{ context: { traceId: caller[0], spanId: caller[1], traceFlags: 0 } }] });
    expect(span?.traceId).not.toBe(caller[0]);
    expect((await send('/account', { traceparent: 'sara@example.test' })).span).toMatchObject({ links: [] });
  });

  it('name a refusal by its code, and mark only what somebody should look at', async () => {
    const missing = await send('/nowhere');
    expect(missing.span).toMatchObject({ names: ['GET'], attributes: { 'error.type': 'request/not-found' }, status: undefined });
    expect(missing.span?.attributes['http.route']).toBeUndefined();
    const refused = await requestTokens(world.issuer, { grant_type: 'refresh_token', refresh_token: planted });
    expect(refused.status).toBe(400);
    expect(requests().at(-1)).toMatchObject({ attributes: { 'error.type': 'invalid_grant' }, status: undefined });
  });

  it('mark an answer that failed, and the commit that it failed at', async () => {
    const traveller = createTraveller(world.issuer);
    await enrol(traveller, await world.invite(await world.addPerson('citizen', { ...personal, id: '1087654320' })));
    const { body } = await obtainTokens(traveller, 'permit');
    const database = openWorldDatabase(world);
    const answer = await whileInsertFails(database, 'entries', async () => fetchUserInfo(world.issuer, body['access_token']));
    database.close();
    expect(answer.status).toBe(503);
    const request = requests().at(-1);
    const failed = { attributes: { 'error.type': 'ledger/unavailable' }, status: { code: SpanStatusCode.ERROR }, events: [] };
    expect(request).toMatchObject(failed);
    const commits = recorder.spans.filter((span) => nameOf(span) === 'commit' && span.traceId === request?.traceId);
    expect(commits).toMatchObject([{ parentId: request?.spanId, ...failed }]);
  });

  it('are not made of probes, nor of files', async () => {
    const before = requests().length;
    await send('/healthz');
    await send('/readyz');
    const [, asset = ''] = /href="(\/assets\/[^"]+\.css)"/.exec((await send('/')).answer.body) ?? [];
    expect((await send(asset)).answer.status).toBe(200);
    expect(requests()).toHaveLength(before + 1);
  });

  test('AL-19: hold nothing but the attributes of the list, no event, and no value of the person, token, code, cookie or secret', async () => {
    const said = recorder.spans.flatMap((span) => Object.keys({ ...span.options.attributes, ...span.attributes }));
    expect(said.filter((name) => !attributes.has(name))).toEqual([]);
    expect(new Set(said)).toEqual(attributes);
    expect(recorder.spans.flatMap(({ events }) => events)).toEqual([]);
    await expect.poll(() => recorder.spans.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
    const bytes = Buffer.from(JSON.stringify(recorder.spans));
    expect(secrets.length).toBeGreaterThan(15);
    expect(secrets.filter((value) => isFoundIn(bytes, value))).toEqual([]);
    const told = recorder.spans.map((span) => JSON.stringify(span));
    expect(findLoudLine({ lines: told, values: Object.values(personal), keys: world.keys })).toBeUndefined();
  });
});

describe('a node whose operator keeps no spans', () => {
  it('gives its lines no number of a trace', async () => {
    const world = await createWorld();
    await fetch(`${world.issuer}/account`, { headers: { traceparent: `00-${caller[0]}-${caller[1]}-01` } });
    await world.close();
    expect(world.logLines.length).toBeGreaterThan(2);
    expect(world.logLines.filter((line) => line.includes('trace_id') || line.includes('spans') || line.includes(caller[0]))).toEqual([]);
  });
});
