// That a trace names the rule that really refused: where several look alike, where two requests raced, and where a person is nobody's business.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClientMetadata } from '../../src/domain/agencies/agency.ts';
import type { Json } from '../../src/domain/kernel/canonical.ts';
import type { Trace } from '../../src/domain/traces/trace.ts';
import type { EngineWrite } from '../../src/oidc/store.ts';
import { createCaseWorld, findErrorCode } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { whileRegistered } from '../support/change-standing.ts';
import { createProof, createProofKey } from '../support/dpop-proof.ts';
import { whileOutrun } from '../support/lose-race.ts';
import type { Toward } from '../support/lose-race.ts';
import { createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { clinicSecret, permitJwk, permitKey, permitRedirect } from '../support/sample-services.ts';
import { createAssertion } from '../support/service.ts';
import { createRequestObject } from '../support/signed-request.ts';
import type { ObjectChanges } from '../support/signed-request.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import { createRequest, obtainTokens, visit } from '../support/visits.ts';
import type { Place } from '../support/visits.ts';
import { findFreePort } from '../support/world.ts';

const basic = `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}`;
const high = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:huwiya:loa:high' } } });

type Fields = Readonly<Record<string, string>>;

describe('the rule of a trace', () => {
  let at: CaseWorld;
  let person: Traveller;

  beforeAll(async () => {
    at = await createCaseWorld();
    person = await at.newPerson();
    await visit(person, 'permit');
  });

  afterAll(async () => {
    await at.close();
  });

  const look = async (reference: string | null): Promise<Trace | undefined> =>
    at.world.storage.traces.findTrace(reference ?? '', at.world.clock.now());
  const traceOf = async ({ headers }: Pick<Response, 'headers'>): Promise<Trace> =>
    vi.waitFor(
      async () => (await look(headers.get('x-request-id'))) ?? Promise.reject(new Error(`no trace of ${headers.get('x-request-id')}`)),
      { timeout: 8000, interval: 100 },
    );
  const ruleOf = async (response: Pick<Response, 'headers'>): Promise<unknown> => (await traceOf(response)).rule;

  const ask = async (place: Place, extra: Fields, traveller = createTraveller(at.issuer)): Promise<Response> =>
    traveller.agent.send(createRequest(at.issuer, place, extra).url, { headers: { accept: 'text/html' } });
  const post = async (path: string, fields: Fields, headers: Fields = {}): Promise<Response> =>
    fetch(`${at.issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });
  const proof = (assertion = createAssertion(at.issuer)): Fields => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });

  describe('of prompt=none says what stood in the way', () => {
    const asked = async (extra: Fields, traveller = person): Promise<Pick<Trace, 'rule' | 'error'>> => {
      const { rule, error } = await traceOf(await ask('permit', { prompt: 'none', ...extra }, traveller));
      return { rule, error };
    };

    it('somebody else is signed in, or nobody', async () => {
      const hint = String((await obtainTokens(await at.newPerson(), 'permit')).body['id_token']);
      expect(await asked({ id_token_hint: hint })).toEqual({ rule: 'person/another', error: 'login_required' });
      expect(await asked({}, createTraveller(at.issuer))).toEqual({ rule: 'person/not-signed-in', error: 'login_required' });
    });

    it('the sign-in is too old, none can be fresh enough, or it does not reach the level', async () => {
      expect(await asked({ max_age: '0' })).toEqual({ rule: 'person/fresh-sign-in-asked', error: 'login_required' });
      expect(await asked({ claims: high })).toEqual({ rule: 'level/higher-needed', error: 'login_required' });
      const time = shiftTime();
      try {
        time.advance(minutes(2));
        expect(await asked({ max_age: '60' })).toEqual({ rule: 'person/sign-in-too-old', error: 'login_required' });
      } finally {
        time.restore();
      }
    });
  });

  describe('of a service that publishes its keys', () => {
    const published: { keys: readonly unknown[] | undefined } = { keys: [permitJwk] };
    let server: Server;
    let address: string;

    beforeAll(async () => {
      const port = await findFreePort();
      address = `http://localhost:${port}/`;
      server = createServer((_request, response) => {
        response.writeHead(published.keys === undefined ? 503 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ keys: published.keys }));
      });
      await new Promise<void>((resolve) => {
        server.listen(port, 'localhost', resolve);
      });
    });
    afterAll(() => {
      server.close();
    });

    /** An address that nobody asked before. */
    const whilePublished = async <T>(keys: readonly unknown[] | undefined, work: () => Promise<T>): Promise<T> => {
      published.keys = keys;
      const more: ClientMetadata = { jwks_uri: `${address}${randomUUID()}`, jwks: null satisfies Json };
      return whileRegistered(at.world, { place: 'permit', more }, work);
    };
    const prove = async (assertion?: string): Promise<Response> =>
      post('/token', { grant_type: 'authorization_code', ...proof(assertion) });

    it('tells keys that cannot be read from a signature that does not match', async () => {
      await whilePublished(undefined, async () => {
        const trace = await traceOf(await prove());
        expect(trace.rule).toBe('keys/not-read');
        expect(trace.asked).toContainEqual({ name: 'jwks_uri', value: expect.stringContaining(address), note: 'unreadable' });
      });
      await whilePublished([permitJwk], async () => {
        expect(await ruleOf(await prove(`${createAssertion(at.issuer).slice(0, -4)}AAAA`))).toBe('assertion/signature');
      });
    });

    it('names a key that is not published, and an assertion that was used before', async () => {
      await whilePublished([{ ...permitJwk, kid: 'other' }], async () => {
        const trace = await traceOf(await prove());
        expect(trace.rule).toBe('assertion/key');
        expect(trace.asked).toContainEqual({ name: 'client_assertion.kid', value: null, note: 'unregistered' });
      });
      await whilePublished([permitJwk], async () => {
        const assertion = createAssertion(at.issuer);
        expect(await ruleOf(await prove(assertion))).toBe('parameter/missing');
        const again = await traceOf(await prove(assertion));
        expect(again.rule).toBe('assertion/replayed');
        expect(again.asked).toContainEqual({ name: 'client_assertion.kid', value: 'mol-1', note: null });
      });
    });
  });

  it('of a legacy service without response modes is not its form_post, which it may use', async () => {
    const wrong = { response_mode: 'form_post', code_challenge_method: 'plain' };
    expect(await ruleOf(await ask('clinic', wrong))).toBe('pkce/method');
    expect(await ruleOf(await ask('clinic', { response_mode: 'fragment', code_challenge_method: 'plain' }))).toBe('response-mode/refused');
  });

  describe('of a race that was lost', () => {
    const replay: Toward = (write) => (write.kind === 'save-replay' ? [write] : []);
    const consume: Toward = (write) => (write.kind === 'consume' ? [write] : []);
    const codeFields = async (): Promise<Fields> => {
      const { answer, request } = await visit(person, 'permit');
      const fields = { grant_type: 'authorization_code', redirect_uri: permitRedirect };
      return { ...fields, code: answer.get('code') ?? '', code_verifier: request.verifier };
    };

    it('names the code or the refresh token that was used first by another', async () => {
      const fields = await codeFields();
      const code = await traceOf(await whileOutrun(at.world, consume, async () => post('/token', { ...fields, ...proof() })));
      expect(code).toMatchObject({ rule: 'code/used', error: 'invalid_grant', status: 400 });
      expect(code.asked).toContainEqual({ name: 'grant_type', value: 'authorization_code', note: null });
      const extra = { scope: 'openid offline_access', prompt: 'consent' };
      const { body } = await obtainTokens(await at.newPerson(), 'clinic', { extra });
      const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) };
      const revoke: Toward = (write) => (write.kind === 'require-artefact' ? [{ kind: 'destroy', key: write.key, isOnce: false }] : []);
      const lost = await whileOutrun(at.world, revoke, async () => post('/token', refresh, { authorization: basic }));
      expect(await traceOf(lost)).toMatchObject({ rule: 'refresh/ended', error: 'invalid_grant', status: 400 });
    });

    it('names the assertion or the DPoP proof, whichever was used first by another', async () => {
      const dpop = async (place: number): Promise<unknown> => {
        const key = createProofKey();
        const create = (nonce: string): string => createProof(key, { url: `${at.issuer}/token`, claims: { htm: 'POST', nonce } });
        const fields = await codeFields();
        const challenged = await post('/token', { ...fields, ...proof() }, { dpop: create('none') });
        const headers = { dpop: create(challenged.headers.get('dpop-nonce') ?? '') };
        const replays: EngineWrite[] = [];
        const take: Toward = (write) => replay(write).filter((taken) => replays.push(taken) === place);
        return ruleOf(await whileOutrun(at.world, take, async () => post('/token', { ...fields, ...proof() }, headers)));
      };
      expect(await dpop(1)).toBe('assertion/replayed');
      expect(await dpop(2)).toBe('dpop/replayed');
      const fields = await codeFields();
      expect(await ruleOf(await whileOutrun(at.world, replay, async () => post('/token', { ...fields, ...proof() })))).toBe(
        'assertion/replayed',
      );
    });
  });

  it('names a DPoP proof that came twice, one after the other', async () => {
    const key = createProofKey();
    const url = `${at.issuer}/token`;
    const send = async (dpop: string): Promise<Response> => {
      const { answer, request } = await visit(person, 'permit');
      const code = { code: answer.get('code') ?? '', code_verifier: request.verifier, redirect_uri: permitRedirect };
      return post('/token', { grant_type: 'authorization_code', ...code, ...proof() }, { dpop });
    };
    const challenged = await send(createProof(key, { url, claims: { htm: 'POST', nonce: 'none' } }));
    expect(await ruleOf(challenged)).toBe('dpop/nonce-needed');
    const again = createProof(key, { url, claims: { htm: 'POST', nonce: challenged.headers.get('dpop-nonce') ?? '' } });
    expect((await send(again)).status).toBe(200);
    expect(await ruleOf(await send(again))).toBe('dpop/replayed');
  });

  it('says that the verifier is missing, which is no verifier of another sign-in', async () => {
    const { answer } = await visit(person, 'permit');
    const fields = { grant_type: 'authorization_code', code: answer.get('code') ?? '', redirect_uri: permitRedirect };
    expect(await ruleOf(await post('/token', { ...fields, ...proof() }))).toBe('pkce/verifier-missing');
  });

  it('keeps the words of the answer where they quote nothing but what a standard defines', async () => {
    const { url } = createRequest(at.issuer, 'permit');
    const asked = new URL(url);
    asked.searchParams.delete('code_challenge_method');
    const trace = await traceOf(await fetch(asked, { redirect: 'manual' }));
    expect(trace).toMatchObject({ rule: 'pkce/method', detail: 'code_challenge_method must be provided' });
  });

  it('says what is wrong with a request object', async () => {
    const signer = { clientId: 'mol-work-permit', algorithm: 'ES256', kid: permitJwk.kid, key: permitKey, issuer: at.issuer } as const;
    const send = async (changes: ObjectChanges): Promise<Trace> => {
      const parameters = Object.fromEntries(new URL(createRequest(at.issuer, 'permit').url).searchParams);
      const request = createRequestObject(signer, parameters, changes);
      return traceOf(await fetch(`${at.issuer}/auth?${new URLSearchParams({ client_id: signer.clientId, request }).toString()}`));
    };
    expect(await send({})).toMatchObject({ rule: 'request-object/unregistered', error: 'request_not_supported' });
    await whileRegistered(at.world, { place: 'permit', more: { request_object_signing_alg: 'ES256' } }, async () => {
      const other = createProofKey().privateKey;
      const wrong = await send({ head: { alg: 'RS256' } });
      expect(wrong.rule).toBe('request-object/algorithm');
      expect(wrong.asked).toContainEqual({ name: 'request.alg', value: 'RS256', note: 'other' });
      expect((await send({ head: { alg: 'PS256' } })).rule).toBe('request-object/algorithm');
      expect((await send({ head: { kid: 'planted' } })).rule).toBe('request-object/key');
      expect((await send({ key: other })).rule).toBe('request-object/signature');
      for (const claims of [{ nbf: undefined }, { aud: 'https://elsewhere.example' }, { client_id: undefined }, { exp: 1 }]) {
        expect([claims, (await send({ claims })).rule]).toEqual([claims, 'request-object/members']);
      }
      expect((await send({ bend: () => 'a.b' })).rule).toBe('request-object/unreadable');
    });
  });

  it('is none where something was asked beyond the purpose, and the trace of the sign-in names what was not asked of the person', async () => {
    const claims = JSON.stringify({ userinfo: { national_id: null, email: null, shoe_size: null } });
    const answer = await ask('permit', { scope: 'openid offline_access made_up', claims });
    expect(answer.status).toBe(303);
    expect(await traceOf(answer)).toMatchObject({
      step: 'asked',
      rule: null,
      asked: [
        { name: 'claims', value: 'national_id', note: 'beyond' },
        { name: 'claims', value: null, note: 'unknown' },
        { name: 'scope', value: null, note: 'unknown' },
      ],
    });
    await whileRegistered(at.world, { place: 'clinic', more: { grant_types: ['authorization_code'] } }, async () => {
      const clinic = await traceOf(await ask('clinic', { scope: 'openid offline_access', claims: '{"userinfo":{"email":null}}' }));
      expect(clinic.asked).toEqual([
        { name: 'claims', value: 'email', note: 'beyond' },
        { name: 'scope', value: 'offline_access', note: 'beyond' },
      ]);
    });
    expect((await traceOf(await ask('permit', { scope: 'openid admin' }))).asked).toEqual([
      { name: 'scope', value: null, note: 'unknown' },
    ]);
    expect((await traceOf(await ask('permit', { scope: 'openid profile email' }))).asked).toEqual([]);
  });

  it('says nothing where a person is of a kind that the service does not serve: as if they had left', async () => {
    const { agencies } = at.world.storage;
    const registered = await agencies.findService('moh-clinic');
    const save = async (audience: readonly ('citizen' | 'visitor')[]): Promise<void> => {
      const services = registered === undefined ? [] : [{ ...registered.service, audience }];
      await agencies.saveChanges({ agencies: [], services, purposes: [], endedPurposes: [], defaultPurposes: [], events: [] });
    };
    await save(['citizen']);
    try {
      const stranger = createTraveller(at.issuer);
      await enrol(stranger, await at.world.invite(await at.world.addPerson('visitor')));
      const told = await signIn(stranger, await stranger.agent.get(createRequest(at.issuer, 'clinic').url));
      expect(findErrorCode(told)).toBe('service/not-for-this-person');
      const [reference = ''] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(told.body) ?? [];
      const page = await stranger.agent.send(told.url);
      await traceOf(await ask('clinic', { code_challenge_method: 'plain' }));
      expect([await look(reference), await look(page.headers.get('x-request-id'))]).toEqual([undefined, undefined]);
      expect(at.database.rows("SELECT step FROM traces WHERE client_id = 'moh-clinic' AND endpoint = 'page' AND step = 'refused'")).toEqual(
        [],
      );
    } finally {
      await save(['citizen', 'visitor']);
    }
  });
});
