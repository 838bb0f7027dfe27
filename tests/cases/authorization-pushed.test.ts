// Requests that are pushed beforehand, named by address or wrapped in an object (security contract 2.1; RFC 9126, RFC 9101).

import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAltered, createCaseWorld, findErrorCode, readAnswer } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { whileRegistered } from '../support/change-standing.ts';
import { readIdToken } from '../support/id-token.ts';
import { createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { startReceiver } from '../support/receiver.ts';
import { clinicRedirect, clinicSecret, permitJwk, permitKey, permitRedirect } from '../support/sample-services.ts';
import { createAssertion, exchangeCode } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import { createRequestObject, encode, toObjectClaims } from '../support/signed-request.ts';
import type { ObjectChanges } from '../support/signed-request.ts';
import { createRequest, findStep, goThrough } from '../support/visits.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe('requests that do not come by their address alone', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  type Pushed = { readonly requestUri: string; readonly verifier: string; readonly parameters: Readonly<Record<string, string>> };

  const sendPushed = async (fields: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly body: string }> => {
    const authentication = { client_assertion_type: assertionType, client_assertion: createAssertion(at.issuer) };
    const body = new URLSearchParams({ ...fields, ...authentication });
    const response = await fetch(`${at.issuer}/request`, { method: 'POST', body });
    return { status: response.status, body: await response.text() };
  };

  const push = async (extra: Readonly<Record<string, string>> = {}): Promise<Pushed> => {
    const request = createRequest(at.issuer, 'permit', extra);
    const parameters = Object.fromEntries(new URL(request.url).searchParams);
    const answered = await sendPushed(parameters);
    expect(answered.status).toBe(201);
    return { requestUri: String(toObject(answered.body)['request_uri']), verifier: request.verifier, parameters };
  };

  const toUrl = (requestUri: string, extra: Readonly<Record<string, string>> = {}): string =>
    `${at.issuer}/auth?${new URLSearchParams({ client_id: 'mol-work-permit', request_uri: requestUri, ...extra }).toString()}`;

  const open = async (requestUri: string, traveller: Traveller = createTraveller(at.issuer), extra = {}) =>
    traveller.agent.get(toUrl(requestUri, extra));

  test('AZ-10 a request_uri is of its service, works again until a code came of it, and is dead afterwards and after its minute', async () => {
    const traveller = await at.newPerson();
    const { requestUri, verifier } = await push();
    expect(findStep(await open(requestUri, traveller))).toBe('sign-in');
    const foreign = await at.changesNothing(async () => open(requestUri, traveller, { client_id: 'moh-clinic' }));
    expect([foreign.url.startsWith(at.issuer), foreign.status]).toEqual([true, 400]);
    const arrived = await goThrough(traveller, await open(requestUri, traveller));
    const tokens = await exchangeCode(at.issuer, arrived.url, verifier);
    expect(tokens.status).toBe(200);
    const dead = async (uri: string): Promise<void> => {
      const page = await at.changesNothing(async () => open(uri, traveller));
      expect([page.status, findErrorCode(page)]).toEqual([400, 'interaction/expired']);
    };
    await dead(requestUri);
    await dead('urn:ietf:params:oauth:request_uri:no-such-request');
    const time = shiftTime();
    try {
      const late = await push();
      time.advance(minutes(2));
      await dead(late.requestUri);
    } finally {
      time.restore();
    }
  });

  test('AZ-10 a request_uri that is opened 64 times at once by somebody who is signed in brings one code', async () => {
    const traveller = await at.newPerson();
    await goThrough(traveller, await open((await push()).requestUri, traveller));
    const { requestUri, verifier } = await push();
    const pages = await Promise.all(Array.from({ length: 64 }, async () => open(requestUri, traveller)));
    const codes = pages.filter(({ url }) => readAnswer(url).has('code'));
    expect(codes).toHaveLength(1);
    expect(new Set(pages.filter((page) => !codes.includes(page)).map(findErrorCode))).toEqual(new Set(['interaction/expired']));
    expect((await exchangeCode(at.issuer, codes[0]?.url ?? '', verifier)).status).toBe(200);
  });

  test('AZ-11 a request_uri that is an address is not followed, whatever it points at', async () => {
    const receiver = await startReceiver(at.issuer, 'mol-work-permit');
    try {
      const elsewhere = new URL('/request.jwt', receiver.url).href;
      for (const uri of [elsewhere, elsewhere.replace('http:', 'https:'), 'file:///etc/passwd', 'data:,x', 'http://169.254.169.254/']) {
        const url = createAltered(at.issuer, 'permit', { request_uri: uri });
        const page = await at.changesNothing(async () => createTraveller(at.issuer).agent.get(url));
        expect([uri, readAnswer(page.url).get('error')]).toEqual([uri, 'request_uri_not_supported']);
        expect((await sendPushed({ ...Object.fromEntries(new URL(url).searchParams), request_uri: uri })).status).toBe(400);
      }
      expect(receiver.attempts()).toBe(0);
    } finally {
      await receiver.close();
    }
    expect(findStep(await open((await push()).requestUri))).toBe('sign-in');
  });

  /** Whatever it says, none of it may reach a page or another address than the registered one. */
  const expectRefused = async (name: string, object: string, error: string): Promise<void> => {
    const url = createAltered(at.issuer, 'permit', { request: object });
    const page = await at.changesNothing(async () => createTraveller(at.issuer).agent.get(url));
    expect([name, page.url.split('?')[0], readAnswer(page.url).get('error')]).toEqual([name, permitRedirect, error]);
    const pushed = await at.changesNothing(async () => sendPushed({ ...toParameters(), request: object }));
    // Whether there may be one is asked of an object in form.
    const errors = [error, 'invalid_request_object'];
    expect([name, pushed.status, toObject(pushed.body)['error']]).toEqual([name, 400, expect.toBeOneOf(errors)]);
  };

  const toParameters = (): Readonly<Record<string, string>> =>
    Object.fromEntries(new URL(createRequest(at.issuer, 'permit').url).searchParams);

  const signer = { clientId: 'mol-work-permit', algorithm: 'ES256', kid: permitJwk.kid, key: permitKey } as const;

  const signObject = (claims: Readonly<Record<string, unknown>> = {}, changes: ObjectChanges = {}): string =>
    createRequestObject({ ...signer, issuer: at.issuer }, toParameters(), { ...changes, claims });

  const whileSigning = async (work: () => Promise<void>): Promise<void> =>
    whileRegistered(at.world, { place: 'permit', more: { request_object_signing_alg: 'ES256' } }, work);

  const expectTaken = async (object: string): Promise<void> => {
    const url = `${at.issuer}/auth?${new URLSearchParams({ client_id: 'mol-work-permit', request: object }).toString()}`;
    expect(findStep(await createTraveller(at.issuer).agent.get(url))).toBe('sign-in');
    const pushed = await sendPushed({ request: object });
    expect(pushed.status).toBe(201);
    expect(findStep(await open(String(toObject(pushed.body)['request_uri'])))).toBe('sign-in');
  };

  const createBadObjects = (): Readonly<Record<string, string>> => {
    const now = Math.floor(Date.now() / 1000);
    const claims = encode(toObjectClaims(at.issuer, 'mol-work-permit', toParameters()));
    const publicPem = createPublicKey(permitKey).export({ type: 'spki', format: 'pem' });
    const hmac = (secret: string | Buffer): string => {
      const text = `${encode({ alg: 'HS256' })}.${claims}`;
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    };
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const bring = (head: Readonly<Record<string, unknown>>): string => signObject({}, { key: foreign.privateKey, head });
    return {
      unsigned: `${encode({ alg: 'none' })}.${claims}.`,
      'signed by another key': bring({}),
      'signed by a key that it brings along': bring({ kid: undefined, jwk: foreign.publicKey.export({ format: 'jwk' }) }),
      'signed by a key whose address it names': bring({ kid: 'evil', jku: 'http://evil.example/jwks', x5u: 'http://evil.example/x' }),
      'with a member that must be understood': signObject({}, { head: { crit: ['b64'], b64: false } }),
      'RS256 where ES256 is registered': signObject({}, { key: rsa, algorithm: 'RS256' }),
      'PS256 where ES256 is registered': signObject({}, { key: rsa, algorithm: 'PS256' }),
      'HS256 with the public key': hmac(publicPem),
      'HS256 with nothing': hmac(''),
      'without an end': signObject({ exp: undefined }),
      'without a beginning': signObject({ nbf: undefined }),
      'longer than an hour': signObject({ exp: now + 3700 }),
      'from more than an hour ago': signObject({ nbf: now - 3700 }),
      'run out': signObject({ nbf: now - 120, exp: now - 5 }),
      'for another provider': signObject({ aud: 'https://evil.example' }),
      'for nobody': signObject({ aud: undefined }),
      'of another service': signObject({ iss: 'moh-clinic' }),
      'of nobody': signObject({ iss: undefined }),
      'with another client_id': signObject({ client_id: 'moh-clinic', redirect_uri: clinicRedirect }),
      'without a client_id': signObject({ client_id: undefined }),
      'that could be a client assertion': signObject({ sub: 'mol-work-permit' }),
      'of another type': signObject({}, { head: { typ: 'dpop+jwt' } }),
      'a client assertion': createAssertion(at.issuer),
      'no JWT at all': 'nothing',
    };
  };

  test('AZ-12 a request object that is unsigned, signed by another, too old or for somebody else opens nothing', async () => {
    await whileSigning(async () => {
      for (const [name, object] of Object.entries(createBadObjects())) {
        await expectRefused(name, object, 'invalid_request_object');
      }
      await expectTaken(signObject());
    });
    for (const [name, object] of Object.entries({ ...createBadObjects(), good: signObject() })) {
      await expectRefused(name, object, 'request_not_supported');
    }
    expect(findStep(await createTraveller(at.issuer).agent.get(createRequest(at.issuer, 'permit').url))).toBe('sign-in');
  });

  test('AZ-13 an encrypted request object whose plaintext is bare JSON is never used', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const plain = Buffer.from(JSON.stringify(toObjectClaims(at.issuer, 'mol-work-permit', toParameters())));
    const encrypt = async (text: Buffer, cty: string): Promise<string> =>
      new CompactEncrypt(text).setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty }).encrypt(publicKey);
    const secret = Buffer.from(clinicSecret.slice(0, 32));
    const direct = await new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(secret);
    await whileSigning(async () => {
      await expectRefused('for a key of the provider', await encrypt(plain, 'json'), 'invalid_request_object');
      await expectRefused('with a secret of a service', direct, 'invalid_request_object');
      // Signed inside: nobody can encrypt anything to this provider, and discovery names no way.
      await expectRefused('with a signed one inside', await encrypt(Buffer.from(signObject()), 'JWT'), 'invalid_request_object');
      await expectTaken(signObject());
    });
    await expectRefused('of a service that signs nothing', direct, 'request_not_supported');
    expect(findStep(await open((await push()).requestUri))).toBe('sign-in');
  });

  test('AZ-14 what stands beside a request_uri is ignored: the pushed request alone counts', async () => {
    const traveller = await at.newPerson();
    const { requestUri, verifier, parameters } = await push();
    const outside = { state: 'outside', nonce: 'outside', scope: 'openid email', redirect_uri: 'http://evil.tld/', prompt: 'none' };
    const arrived = await goThrough(traveller, await open(requestUri, traveller, outside));
    expect([arrived.url.split('?')[0], readAnswer(arrived.url).get('state')]).toEqual([permitRedirect, parameters['state']]);
    const tokens = await exchangeCode(at.issuer, arrived.url, verifier);
    expect((await readIdToken(at.issuer, tokens.body['id_token']))['nonce']).toBe(parameters['nonce']);
    expect(tokens.body['scope']).toBe('openid');
  });

  test('AZ-14 what stands beside a request object is ignored, in the address and in the form that is pushed', async () => {
    const outside = { state: 'outside', nonce: 'outside', scope: 'openid email', redirect_uri: 'http://evil.tld/', prompt: 'none' };
    const traveller = await at.newPerson();
    await whileSigning(async () => {
      for (const way of ['address', 'form']) {
        const { url, verifier } = createRequest(at.issuer, 'permit');
        const parameters = Object.fromEntries(new URL(url).searchParams);
        const object = createRequestObject({ ...signer, issuer: at.issuer }, parameters);
        const beside = { client_id: 'mol-work-permit', ...outside, request: object };
        const pushed = way === 'form' ? toObject((await sendPushed(beside)).body)['request_uri'] : undefined;
        const address = way === 'form' ? toUrl(String(pushed)) : `${at.issuer}/auth?${new URLSearchParams(beside).toString()}`;
        const arrived = await goThrough(traveller, await traveller.agent.get(address));
        expect([way, arrived.url.split('?')[0], readAnswer(arrived.url).get('state')]).toEqual([way, permitRedirect, parameters['state']]);
        const tokens = await exchangeCode(at.issuer, arrived.url, verifier);
        expect([way, tokens.body['scope'], (await readIdToken(at.issuer, tokens.body['id_token']))['nonce']]).toEqual([
          way,
          'openid',
          parameters['nonce'],
        ]);
      }
    });
  });
});
