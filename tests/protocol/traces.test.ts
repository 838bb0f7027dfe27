// What a developer can find out about a request that was refused, and what nobody can find out from it.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { runCommand } from '../support/command.ts';
import { isFoundIn } from '../support/find-secret.ts';
import type { Traveller } from '../support/person-journey.ts';
import { refuse, signIn } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { clinicRedirect, clinicSecret, permitRedirect } from '../support/sample-services.ts';
import { createAssertion } from '../support/service.ts';
import { createEvent } from '../support/store-samples.ts';
import { createRequest, exchange, obtainTokens, visit } from '../support/visits.ts';
import { sampleData } from '../support/world.ts';
import type { Trace } from '../../src/domain/traces/trace.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Told apart from everything else in a database by being long and made up. */
const planted = `planted-${randomBytes(12).toString('hex')}`;
const basic = `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}`;

type Fields = Readonly<Record<string, string>>;

describe('traces of refused requests', () => {
  let at: CaseWorld;
  let person: Traveller;

  beforeAll(async () => {
    at = await createCaseWorld();
    person = await at.newPerson();
  });

  afterAll(async () => {
    await at.close();
  });

  const findTrace = async (reference: string | null): Promise<Trace> =>
    vi.waitFor(
      async () => {
        const trace = await at.world.storage.traces.findTrace(reference ?? '', at.world.clock.now());
        if (trace === undefined) {
          throw new Error(`no trace of ${reference}`);
        }
        return trace;
      },
      { timeout: 5000, interval: 100 },
    );
  const traceOf = async (response: Pick<Response, 'headers'>): Promise<Trace> => findTrace(response.headers.get('x-request-id'));
  const factOf = ({ asked }: Trace, name: string): unknown => asked.find((fact) => fact.name === name);

  const ask = async (place: 'permit' | 'clinic', changed: Readonly<Record<string, string | null>>): Promise<Response> => {
    const url = new URL(createRequest(at.issuer, place).url);
    for (const [name, value] of Object.entries(changed)) {
      if (value === null) {
        url.searchParams.delete(name);
      } else {
        url.searchParams.set(name, value);
      }
    }
    return fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } });
  };
  const post = async (path: string, fields: Fields, headers: Fields = {}): Promise<Response> =>
    fetch(`${at.issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });
  const proof = (claims: Readonly<Record<string, unknown>> = {}): Fields => ({
    client_assertion_type: assertionType,
    client_assertion: createAssertion(at.issuer, claims),
  });
  const codeFields = { grant_type: 'authorization_code', code: planted, redirect_uri: permitRedirect, code_verifier: 'v'.repeat(43) };

  it('say of an authorization request which rule refused it and where its address differs', async () => {
    const answer = await ask('permit', { redirect_uri: `${permitRedirect}/`, state: planted, login_hint: planted });
    const trace = await traceOf(answer);
    expect(trace).toMatchObject({
      clientId: 'mol-work-permit',
      endpoint: 'authorization',
      step: 'refused',
      rule: 'redirect-uri/unregistered',
      error: 'invalid_redirect_uri',
      status: answer.status,
    });
    expect(factOf(trace, 'redirect_uri')).toEqual({ name: 'redirect_uri', value: null, note: 'differs-slash' });
    expect(factOf(trace, 'state')).toEqual({ name: 'state', value: null, note: 'given' });
    expect(await answer.text()).toContain(trace.reference);
  });

  it.each<[rule: string, changed: Readonly<Record<string, string | null>>]>([
    ['pkce/missing', { code_challenge: null, code_challenge_method: null }],
    ['pkce/method', { code_challenge_method: 'plain' }],
    ['scope/openid-missing', { scope: 'profile', nonce: null }],
    ['response-type/refused', { response_type: 'token' }],
    ['response-mode/refused', { response_mode: 'form_post' }],
    ['prompt/refused', { prompt: planted }],
    ['max-age/refused', { max_age: planted }],
    ['claims/refused', { claims: `{"userinfo":${planted}` }],
    ['purpose/unknown', { purpose: planted }],
    ['hint/refused', { id_token_hint: planted }],
    ['person/not-signed-in', { prompt: 'none' }],
    ['par/unusable', { request_uri: `urn:ietf:params:oauth:request_uri:${planted}` }],
  ])('name %s at the authorization endpoint', async (rule, changed) => {
    expect(await traceOf(await ask('permit', changed))).toMatchObject({ rule, endpoint: 'authorization' });
  });

  it.each<[rule: string, send: () => Promise<Response>]>([
    ['client/secret-wrong', () => post('/token', codeFields, { authorization: `Basic ${btoa(`moh-clinic:${planted}`)}` })],
    ['client/other-method', () => post('/token', { ...codeFields, client_id: 'mol-work-permit', client_secret: planted })],
    ['client/not-proven', () => post('/token', { ...codeFields, client_id: 'mol-work-permit' })],
    ['client/two-ways', () => post('/token', { ...codeFields, ...proof(), client_id: 'mol-work-permit', client_secret: planted })],
    ['assertion/audience', () => post('/token', { ...codeFields, ...proof({ aud: `${at.issuer}/token` }) })],
    ['assertion/time', () => post('/token', { ...codeFields, ...proof({ exp: 9_999_999_999 }) })],
    ['assertion/issuer', () => post('/token', { ...codeFields, ...proof({ iss: planted }) })],
    [
      'assertion/signature',
      () => post('/token', { ...codeFields, ...proof(), client_assertion: `${createAssertion(at.issuer).slice(0, -4)}AAAA` }),
    ],
    ['code/unknown', () => post('/token', { ...codeFields, ...proof() })],
    ['grant/unsupported', () => post('/token', { grant_type: planted, ...proof() })],
    ['grant/unregistered', () => post('/token', { grant_type: 'client_credentials', ...proof() })],
    ['parameter/missing', () => post('/token', { grant_type: 'authorization_code', ...proof() })],
    ['refresh/unknown', () => post('/token', { grant_type: 'refresh_token', refresh_token: planted }, { authorization: basic })],
  ])('name %s at the token endpoint', async (rule, send) => {
    expect(await traceOf(await send())).toMatchObject({ rule, endpoint: 'token' });
  });

  it('say what an assertion held, by its names and times', async () => {
    const trace = await traceOf(await post('/request', { ...proof({ aud: planted, jti: planted }) }));
    expect(trace).toMatchObject({ endpoint: 'pushed-request', rule: 'assertion/audience', error: 'invalid_client', status: 401 });
    expect(factOf(trace, 'client_assertion.alg')).toMatchObject({ value: 'ES256' });
    expect(factOf(trace, 'client_assertion.kid')).toMatchObject({ value: 'mol-1' });
    expect(factOf(trace, 'client_assertion.aud')).toMatchObject({ value: null, note: 'other' });
    expect(factOf(trace, 'client_assertion.members')).toMatchObject({ value: 'iss sub aud exp iat jti' });
    expect(factOf(trace, 'client_assertion.exp')).toMatchObject({ value: expect.stringMatching(/^\+\d\d s$/) });
  });

  it('name an assertion and a code that were used before', async () => {
    const visited = await visit(person, 'permit');
    const fields = { ...codeFields, code: visited.answer.get('code') ?? '', code_verifier: visited.request.verifier };
    const first = proof();
    expect((await post('/token', { ...fields, ...first })).status).toBe(200);
    expect(await traceOf(await post('/token', { ...fields, ...first }))).toMatchObject({ rule: 'assertion/replayed' });
    expect(await traceOf(await post('/token', { ...fields, ...proof() }))).toMatchObject({ rule: 'code/used' });
  });

  it('name a verifier, an address and a time that are not those of the code', async () => {
    const exchangeWith = async (changed: Fields): Promise<Trace> => {
      const visited = await visit(person, 'permit');
      const fields = { ...codeFields, code: visited.answer.get('code') ?? '', code_verifier: visited.request.verifier };
      return traceOf(await post('/token', { ...fields, ...proof(), ...changed }));
    };
    expect(await exchangeWith({ code_verifier: 'w'.repeat(43) })).toMatchObject({ rule: 'pkce/mismatch', error: 'invalid_grant' });
    expect(await exchangeWith({ redirect_uri: clinicRedirect })).toMatchObject({ rule: 'code/redirect-uri' });
  });

  it('name what became of an access token, to its own service alone', async () => {
    const tokens = await obtainTokens(person, 'clinic');
    const callWith = async (token: unknown): Promise<Response> =>
      fetch(`${at.issuer}/me`, { headers: { authorization: `Bearer ${String(token)}` } });
    expect((await callWith(tokens.body['access_token'])).status).toBe(200);
    await post('/token/revocation', { token: String(tokens.body['access_token']) }, { authorization: basic });
    expect(await traceOf(await callWith(tokens.body['access_token']))).toMatchObject({
      clientId: 'moh-clinic',
      endpoint: 'userinfo',
      rule: 'token/ended',
      status: 401,
    });
    const stranger = await callWith('x'.repeat(43));
    expect(stranger.status).toBe(401);
    // When this one is written, whatever was left of the one before it is too.
    await traceOf(await callWith(tokens.body['access_token']));
    expect(await at.world.storage.traces.findTrace(stranger.headers.get('x-request-id') ?? '', at.world.clock.now())).toBeUndefined();
  });

  it('name the address after a sign-out', async () => {
    const url = `${at.issuer}/session/end?client_id=moh-clinic&post_logout_redirect_uri=https://${planted}.example/`;
    const answer = await fetch(url, { headers: { accept: 'text/html' } });
    expect(await traceOf(answer)).toMatchObject({ clientId: 'moh-clinic', endpoint: 'sign-out', rule: 'sign-out/return-address' });
  });

  it('name the interface for agencies, and what its token was', async () => {
    const answer = await fetch(`${at.issuer}/agency/api/v1/duties`, { headers: { authorization: `Bearer ${'x'.repeat(43)}` } });
    expect(answer.status).toBe(401);
    expect(toObject(await answer.text())['reference']).toBe(answer.headers.get('x-request-id'));
  });

  it('follow one sign-in from the first request to UserInfo, under a name that is not in the token', async () => {
    const other = await at.newPerson();
    const tokens = await obtainTokens(other, 'permit');
    const called = await fetch(`${at.issuer}/me`, { headers: { authorization: `Bearer ${String(tokens.body['access_token'])}` } });
    const last = await traceOf(called);
    const steps = await at.world.storage.traces.listVisit('mol-work-permit', last.visit ?? '', at.world.clock.now());
    expect(steps.map(({ step }) => step)).toEqual(['asked', 'signed-in', 'decided', 'code', 'tokens', 'userinfo']);
    expect(new Set(steps.map(({ reference }) => reference)).size).toBe(steps.length);
    expect(steps.every(({ asked, rule }) => asked.length === 0 && rule === null)).toBe(true);
    const stored = at.database.rows('SELECT payload FROM artefacts').map(({ payload }) => String(payload));
    expect(stored.some((payload) => payload.includes(last.visit ?? ''))).toBe(false);
  });

  it('follow the sign-in of somebody, whatever others began before and nobody signed in to', async () => {
    const { url } = createRequest(at.issuer, 'clinic');
    for (let begun = 0; begun < 120; begun += 1) {
      await fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } });
    }
    const tokens = await obtainTokens(await at.newPerson(), 'clinic');
    const called = await fetch(`${at.issuer}/me`, { headers: { authorization: `Bearer ${String(tokens.body['access_token'])}` } });
    const last = await traceOf(called);
    const steps = await at.world.storage.traces.listVisit('moh-clinic', last.visit ?? '', at.world.clock.now());
    expect(steps.map(({ step }) => step)).toEqual(['signed-in', 'decided', 'code', 'tokens', 'userinfo']);
  });

  it('tell a refusal of the person from a fault, and say nothing of what was asked of them', async () => {
    const other = await at.newPerson();
    await refuse(other, await signIn(other, await other.agent.get(createRequest(at.issuer, 'permit').url)));
    const refused = await vi.waitFor(async () => {
      const filter = { clientIds: ['mol-work-permit'], kind: 'refused', rule: 'person/refused', from: null, to: null } as const;
      const { traces } = await at.world.storage.traces.listTraces(filter, { after: null, limit: 5, now: at.world.clock.now() });
      expect(traces).toHaveLength(1);
      return traces[0];
    });
    expect(refused).toMatchObject({ error: 'access_denied', endpoint: 'authorization', visit: expect.any(String) });
  });

  it('name a service that is suspended, which the engine does not know any more', async () => {
    const { agencies } = at.world.storage;
    await agencies.saveServiceStatus('moh-clinic', 'suspended', createEvent('service.status_changed', { service: 'moh-clinic' }));
    expect(await traceOf(await ask('clinic', {}))).toMatchObject({ clientId: 'moh-clinic', rule: 'service/not-active' });
    await agencies.saveServiceStatus('moh-clinic', 'active', createEvent('service.status_changed', { service: 'moh-clinic' }));
  });

  it('are printed by the command with the fix in both languages, and the look is an entry', async () => {
    const { reference } = await traceOf(await ask('permit', { redirect_uri: 'http://localhost:3001/call' }));
    const command = async (...args: readonly string[]) =>
      runCommand(['--config', `${at.world.folder}/node/huwiya.env`, 'agencies', ...args]);
    const printed = await command('trace', reference.toLowerCase().replace('-', ''), '--json');
    expect(printed.code).toBe(0);
    expect(JSON.parse(printed.stdout)).toMatchObject({
      request_id: reference,
      rule: { code: 'redirect-uri/unregistered', fix: { ar: expect.any(String), en: expect.any(String) } },
    });
    const list = await command('traces', 'mol-work-permit', '--limit', '3');
    expect([list.code, list.stdout]).toEqual([0, expect.stringContaining(reference)]);
    expect(await command('trace', '2222-2222')).toMatchObject({ code: 1, stderr: expect.stringContaining('trace/unknown') });
    const types = at.database.rows("SELECT type FROM entries WHERE type LIKE 'trace.%' ORDER BY type").map(({ type }) => type);
    expect(types).toEqual(['trace.searched', 'trace.viewed', 'trace.viewed']);
  });

  it('hold no value of a person, no token, no code, no state, and nothing that was planted', async () => {
    const tokens = await obtainTokens(await at.newPerson(), 'permit', { extra: { state: planted, nonce: planted } });
    await exchange(tokens.visit, at.issuer);
    const secrets = [
      planted,
      clinicSecret,
      tokens.visit.request.verifier,
      tokens.visit.answer.get('code') ?? '',
      ...['access_token', 'id_token'].map((name) => String(tokens.body[name])),
    ];
    const rows = at.database.rows('SELECT * FROM traces');
    expect(rows.length).toBeGreaterThan(40);
    const bytes = Buffer.from(JSON.stringify(rows));
    expect(secrets.filter((secret) => secret.length < 8 || isFoundIn(bytes, secret))).toEqual([]);
    // Short ones may stand in a digest by chance in another form; as they are written they may not.
    const ofPerson = Object.values(sampleData)
      .filter((value) => typeof value === 'string')
      .filter(({ length }) => length > 3);
    expect(ofPerson).toContain('سارة');
    expect(ofPerson.filter((value) => bytes.includes(value))).toEqual([]);
    const people = at.database.rows('SELECT id FROM people').map(({ id }) => String(id));
    expect(people.filter((id) => isFoundIn(bytes, id))).toEqual([]);
  });

  it('name a code that came too late', async () => {
    const late = await visit(person, 'clinic');
    at.world.clock.advance(61_000);
    const fields = {
      ...codeFields,
      code: late.answer.get('code') ?? '',
      redirect_uri: clinicRedirect,
      code_verifier: late.request.verifier,
    };
    expect(await traceOf(await post('/token', fields, { authorization: basic }))).toMatchObject({ rule: 'code/expired' });
  });
});
