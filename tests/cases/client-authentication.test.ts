// How a service proves itself, and everything that is no proof (security contract 2.2).

import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setServiceStatus } from '../support/change-standing.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { sendRaw, toObject, toPort } from '../support/raw-request.ts';
import { clinicSecret, permitJwk, permitKey } from '../support/sample-services.ts';
import { startSecondNode } from '../support/second-node.ts';
import { createAssertion } from '../support/service.ts';
import { createRequest, exchange, visit } from '../support/visits.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

type Answer = { readonly status: number; readonly error: unknown };

describe('client authentication', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const post = async (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const response = await fetch(`${at.issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });
    return { status: response.status, error: toObject(await response.text())['error'] };
  };

  const parameters = (place: 'permit' | 'clinic' = 'permit'): Readonly<Record<string, string>> =>
    Object.fromEntries(new URL(createRequest(at.issuer, place).url).searchParams);

  /** A pushed authorization request, which only a service that proved itself may make. */
  const push = (assertion: string, extra: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    post('/request', { ...parameters(), client_assertion_type: assertionType, client_assertion: assertion, ...extra });

  const accepted = { status: 201, error: undefined };
  const refused = { status: 401, error: 'invalid_client' };

  const claimsOf = (claims: Readonly<Record<string, unknown>> = {}): object => {
    const now = Math.floor(Date.now() / 1000);
    return { iss: 'mol-work-permit', sub: 'mol-work-permit', aud: at.issuer, iat: now, exp: now + 60, jti: randomUUID(), ...claims };
  };

  const now = (): number => Math.floor(Date.now() / 1000);

  const signWith = (head: Readonly<Record<string, unknown>>, key = permitKey, claims = claimsOf()): string => {
    const text = `${encode({ alg: 'ES256', kid: 'mol-1', typ: 'JWT', ...head })}.${encode(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };

  test('TK-07 two methods at once, another method than the registered one, and a secret in the address are refused', async () => {
    const basic = { authorization: `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}` };
    const grant = { grant_type: 'refresh_token', refresh_token: 'nothing' };
    expect(await post('/token', grant, basic)).toEqual({ status: 400, error: 'invalid_grant' });
    const twice = await post('/token', { ...grant, client_id: 'moh-clinic', client_secret: clinicSecret }, basic);
    expect([twice.status >= 400, twice.error]).toEqual([true, 'invalid_request']);
    const both = await post(
      '/token',
      { ...grant, client_assertion_type: assertionType, client_assertion: createAssertion(at.issuer) },
      basic,
    );
    expect(['invalid_request', 'invalid_client']).toContain(both.error);
    expect((await post('/token', { ...grant, client_id: 'mol-work-permit', client_secret: 'a-secret-that-was-never-given' })).error).toBe(
      'invalid_client',
    );
    expect((await post('/token', { ...grant, client_id: 'moh-clinic' })).error).toBe('invalid_client');
    expect((await post('/token', { ...grant, client_id: 'mol-work-permit' })).error).toBe('invalid_client');
    const inAddress = await post(`/token?client_id=moh-clinic&client_secret=${clinicSecret}`, grant);
    expect(['invalid_request', 'invalid_client']).toContain(inAddress.error);
    const wrong = { authorization: `Basic ${Buffer.from('moh-clinic:wrong-secret-of-at-least-32-characters').toString('base64')}` };
    expect(await post('/token', grant, wrong)).toEqual(refused);
  });

  test('TK-08 a secret is taken in the header or in the body, of a service that registered one, and of no other', async () => {
    const grant = { grant_type: 'refresh_token', refresh_token: 'nothing' };
    const toBasic = (clientId: string) => ({ authorization: `Basic ${Buffer.from(`${clientId}:${clinicSecret}`).toString('base64')}` });
    const proven = { status: 400, error: 'invalid_grant' };
    expect(await post('/token', grant, toBasic('moh-clinic'))).toEqual(proven);
    expect(await post('/token', { ...grant, client_id: 'moh-clinic', client_secret: clinicSecret })).toEqual(proven);
    expect(await post('/token', grant, toBasic('mol-work-permit'))).toEqual(refused);
    expect(await post('/token', { ...grant, client_id: 'mol-work-permit', client_secret: clinicSecret })).toEqual(refused);
  });

  test('TK-09 an assertion under another algorithm, another key or a key it brings itself is refused', async () => {
    expect(await push(signWith({}))).toEqual(accepted);
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const foreignJwk = foreign.publicKey.export({ format: 'jwk' });
    const unsigned = `${encode({ alg: 'none' })}.${encode(claimsOf())}.`;
    const symmetric = (secret: string): string => {
      const text = `${encode({ alg: 'HS256', kid: 'mol-1' })}.${encode(claimsOf())}`;
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    };
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsaText = `${encode({ alg: 'RS256', kid: 'mol-1' })}.${encode(claimsOf())}`;
    const forgeries: Readonly<Record<string, string>> = {
      'alg none': unsigned,
      'alg none in capitals': unsigned.replace(encode({ alg: 'none' }), encode({ alg: 'NONE' })),
      'HS256 with the public key': symmetric(JSON.stringify(permitJwk)),
      'HS256 with the client id': symmetric('mol-work-permit'),
      RS256: `${rsaText}.${sign('sha256', Buffer.from(rsaText), rsa.privateKey).toString('base64url')}`,
      'a foreign key': signWith({}, foreign.privateKey),
      'an embedded key': signWith({ jwk: foreignJwk, kid: undefined }, foreign.privateKey),
      jku: signWith({ jku: 'http://evil.example/jwks', kid: 'evil' }, foreign.privateKey),
      x5u: signWith({ x5u: 'http://evil.example/cert', kid: 'evil' }, foreign.privateKey),
      'an unknown crit': signWith({ crit: ['huwiya'], huwiya: 1 }),
      'a kid that walks': signWith({ kid: '../../../../dev/null' }, foreign.privateKey),
      'a bent signature': `${signWith({}).slice(0, -6)}AAAAAA`,
      'no signature': signWith({}).split('.').slice(0, 2).join('.'),
      nothing: '',
    };
    await at.changesNothing(async () => {
      for (const [name, assertion] of Object.entries(forgeries)) {
        const answer = await push(assertion);
        expect({ name, status: answer.status, error: answer.error }).toEqual({
          name,
          status: expect.toBeOneOf([400, 401]),
          error: name === 'no signature' ? 'invalid_request' : 'invalid_client',
        });
      }
    });
  });

  test('TK-10 only the issuer itself, as a text, is an audience', async () => {
    expect(await push(createAssertion(at.issuer, { aud: at.issuer }))).toEqual(accepted);
    const others: readonly unknown[] = [
      `${at.issuer}/token`,
      `${at.issuer}/request`,
      `${at.issuer}/`,
      [at.issuer],
      [at.issuer, 'https://evil.example'],
      at.issuer.toUpperCase(),
      'https://other.example',
      '',
      null,
      undefined,
      { issuer: at.issuer },
    ];
    for (const aud of others) {
      expect({ aud, ...(await push(createAssertion(at.issuer, { aud }))) }).toEqual({ aud, ...refused });
    }
  });

  test('TK-11 a forged Host cannot make another audience right', async () => {
    const forge = async (headers: Readonly<Record<string, string>>, aud: string) => {
      const body = new URLSearchParams({
        ...parameters(),
        client_assertion_type: assertionType,
        client_assertion: createAssertion(at.issuer, { aud }),
      }).toString();
      return sendRaw({
        port: toPort(at.issuer),
        method: 'POST',
        path: '/request',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    };
    const host = new URL(at.issuer).host;
    expect((await forge({ host }, at.issuer)).status).toBe(201);
    expect((await forge({ host: 'evil.example' }, 'http://evil.example/token')).status).toBe(421);
    expect((await forge({ host: 'evil.example' }, at.issuer)).status).toBe(421);
    for (const forwarded of [{ 'x-forwarded-host': 'evil.example' }, { forwarded: 'host=evil.example' }]) {
      expect((await forge({ host, ...forwarded }, 'http://evil.example/token')).status).toBe(401);
    }
  });

  test('TK-12 an assertion works once, ever: again, at another endpoint, at another process, after it restarted', async () => {
    const assertion = createAssertion(at.issuer);
    const grant = { grant_type: 'refresh_token', refresh_token: 'nothing', client_assertion_type: assertionType };
    expect(await push(assertion)).toEqual(accepted);
    expect(await push(assertion)).toEqual(refused);
    expect(await post('/token', { ...grant, client_assertion: assertion })).toEqual(refused);
    const first = createAssertion(at.issuer);
    expect(await post('/token', { ...grant, client_assertion: first })).toEqual({ status: 400, error: 'invalid_grant' });
    expect(await push(first)).toEqual(refused);
    const node = await startSecondNode(at.world);
    try {
      const elsewhere = await sendRaw({
        port: node.port,
        method: 'POST',
        path: '/request',
        body: new URLSearchParams({ ...parameters(), client_assertion_type: assertionType, client_assertion: assertion }).toString(),
        headers: { host: new URL(at.issuer).host, 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect([elsewhere.status, toObject(elsewhere.body)['error']]).toEqual([401, 'invalid_client']);
    } finally {
      await node.stop();
    }
  });

  test('TK-13 an assertion that lives too long, never ends, is not of now or has no fit id is refused; eight seconds ahead is not', async () => {
    expect(await push(createAssertion(at.issuer, { iat: now() + 8, nbf: now() + 8, exp: now() + 68 }))).toEqual(accepted);
    const faults: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      'ten years': { exp: now() + 315_360_000 },
      'no end': { exp: undefined },
      ended: { exp: now() - 30, iat: now() - 90 },
      'no id': { jti: undefined },
      'an id of 10 kB': { jti: 'j'.repeat(10_000) },
      'an id that is a number': { jti: 7 },
      'no time': { iat: undefined },
      'issued in a minute': { iat: now() + 61, exp: now() + 120 },
      'valid in a minute': { nbf: now() + 61, exp: now() + 120 },
      'an end that is a text': { exp: String(now() + 60) },
    };
    for (const [name, fault] of Object.entries(faults)) {
      expect({ name, ...(await push(createAssertion(at.issuer, fault))) }).toEqual({ name, ...refused });
    }
  });

  test('TK-14 issuer, subject and client_id of an assertion must all be the service', async () => {
    for (const claims of [
      { iss: 'moh-clinic' },
      { sub: 'moh-clinic' },
      { iss: 'moh-clinic', sub: 'moh-clinic' },
      { sub: undefined },
      { iss: undefined },
    ]) {
      const { error } = await push(createAssertion(at.issuer, claims));
      expect({ claims, error }).toEqual({ claims, error: expect.toBeOneOf(['invalid_client', 'invalid_request']) });
    }
    const { error } = await push(createAssertion(at.issuer), { client_id: 'moh-clinic' });
    expect(['invalid_client', 'invalid_request']).toContain(error);
    expect((await exchange(await visit(await at.newPerson(), 'permit'), at.issuer)).status).toBe(200);
  });

  test('AZ-09 a service that must push its requests is shown no page for one that was not pushed', async () => {
    const [permit] = (await at.world.storage.agencies.listServices()).filter(({ service }) => service.clientId === 'mol-work-permit');
    const service = permit?.service;
    if (service === undefined) {
      throw new Error('the sample service is missing');
    }
    const save = async (metadata: typeof service.metadata) =>
      at.world.storage.agencies.saveChanges({
        agencies: [],
        services: [{ ...service, metadata }],
        purposes: [],
        endedPurposes: [],
        defaultPurposes: [],
        events: [],
      });
    await save({ ...service.metadata, require_pushed_authorization_requests: true });
    const traveller = await at.newPerson();
    const direct = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    expect(new URL(direct.url).searchParams.get('error')).toBe('invalid_request');
    const response = await fetch(`${at.issuer}/request`, {
      method: 'POST',
      body: new URLSearchParams({ ...parameters(), client_assertion_type: assertionType, client_assertion: createAssertion(at.issuer) }),
    });
    const requestUri = String(toObject(await response.text())['request_uri']);
    const pushed = await traveller.agent.get(`${at.issuer}/auth?client_id=mol-work-permit&request_uri=${encodeURIComponent(requestUri)}`);
    expect(pushed.body).toContain('data-verify-url');
    await save(service.metadata);
  });

  // Not in the same time: a known key costs a look at the signature. Which services there are says the public register, so this tells nobody anything.
  test('TK-32 an unknown service, a wrong key, a suspended service and one that holds no such key are told the same, byte for byte', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const ask = async (assertion: string) => {
      const fields = { grant_type: 'refresh_token', refresh_token: 'nothing', client_assertion_type: assertionType };
      const body = new URLSearchParams({ ...fields, client_assertion: assertion }).toString();
      const headers = { host: new URL(at.issuer).host, 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await sendRaw({ port: toPort(at.issuer), method: 'POST', path: '/token', headers, body });
      return { status: answer.status, body: answer.body, headers: Object.keys(answer.headers).toSorted() };
    };
    const wrong = await ask(signWith({}, other));
    expect([wrong.status, toObject(wrong.body)['error']]).toEqual([401, 'invalid_client']);
    expect(await ask(signWith({}, other, claimsOf({ iss: 'nobody', sub: 'nobody' })))).toEqual(wrong);
    expect(await ask(signWith({ kid: 'mol-9' }))).toEqual(wrong);
    await setServiceStatus(at.world, 'permit', 'suspended');
    expect(await ask(signWith({}))).toEqual(wrong);
    await setServiceStatus(at.world, 'permit', 'active');
    expect((await ask(signWith({}))).status).toBe(400);
  });
});
