// Requests that are pushed beforehand, named by address or wrapped in an object (security contract 2.1; RFC 9126, RFC 9101).

import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAltered, createCaseWorld, findErrorCode, readAnswer } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { readIdToken } from '../support/id-token.ts';
import { createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { startReceiver } from '../support/receiver.ts';
import { clinicRedirect, clinicSecret, permitKey, permitRedirect } from '../support/sample-services.ts';
import { createAssertion, exchangeCode } from '../support/service.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';
import { createRequest, findStep, goThrough } from '../support/visits.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

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

  const claimsOf = (parameters: Readonly<Record<string, string>>, changes: Readonly<Record<string, unknown>> = {}): object => {
    const now = Math.floor(Date.now() / 1000);
    return { ...parameters, iss: 'mol-work-permit', aud: at.issuer, iat: now, nbf: now, exp: now + 60, ...changes };
  };

  const signObject = (claims: object, key = permitKey): string => {
    const text = `${encode({ alg: 'ES256', kid: 'mol-1', typ: 'oauth-authz-req+jwt' })}.${encode(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };

  // A service that is not registered for request objects hears that there are none.
  const refusals = ['request_not_supported', 'invalid_request_object'];

  /** Whatever it says, none of it may reach a page or another address than the registered one. */
  const expectRefused = async (name: string, object: string): Promise<void> => {
    const parameters = Object.fromEntries(new URL(createRequest(at.issuer, 'permit').url).searchParams);
    const url = createAltered(at.issuer, 'permit', { request: object });
    const page = await at.changesNothing(async () => createTraveller(at.issuer).agent.get(url));
    const error = page.url.startsWith(at.issuer) ? findErrorCode(page) : readAnswer(page.url).get('error');
    expect([name, error]).toEqual([name, expect.toBeOneOf(refusals)]);
    expect([name, page.url.startsWith(at.issuer) || page.url.startsWith(`${permitRedirect}?`)]).toEqual([name, true]);
    const pushed = await at.changesNothing(async () => sendPushed({ ...parameters, request: object }));
    expect([name, pushed.status]).toEqual([name, 400]);
  };

  test('AZ-12 a request object that is unsigned, signed by another, too old or for somebody else opens nothing', async () => {
    const parameters = Object.fromEntries(new URL(createRequest(at.issuer, 'permit').url).searchParams);
    const now = Math.floor(Date.now() / 1000);
    const claims = claimsOf(parameters);
    const publicPem = createPublicKey(permitKey).export({ type: 'spki', format: 'pem' });
    const hmacText = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const objects: Readonly<Record<string, string>> = {
      unsigned: `${encode({ alg: 'none' })}.${encode(claims)}.`,
      'signed by another key': signObject(claims, privateKey),
      'HS256 with the public key': `${hmacText}.${createHmac('sha256', publicPem).update(hmacText).digest('base64url')}`,
      'without an end': signObject(claimsOf(parameters, { exp: undefined })),
      'without a beginning': signObject(claimsOf(parameters, { nbf: undefined })),
      'longer than an hour': signObject(claimsOf(parameters, { exp: now + 3700 })),
      'from more than an hour ago': signObject(claimsOf(parameters, { nbf: now - 3700 })),
      'run out': signObject(claimsOf(parameters, { exp: now - 60 })),
      'for another provider': signObject(claimsOf(parameters, { aud: 'https://evil.example' })),
      'of another service': signObject(claimsOf(parameters, { iss: 'moh-clinic' })),
      'with another client_id': signObject(claimsOf(parameters, { client_id: 'moh-clinic', redirect_uri: clinicRedirect })),
      'no JWT at all': 'nothing',
    };
    for (const [name, object] of Object.entries(objects)) {
      await expectRefused(name, object);
    }
    expect(findStep(await createTraveller(at.issuer).agent.get(createRequest(at.issuer, 'permit').url))).toBe('sign-in');
  });

  test('AZ-13 an encrypted request object whose plaintext is bare JSON is never used', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(privateKey.type).toBe('private');
    const parameters = Object.fromEntries(new URL(createRequest(at.issuer, 'permit').url).searchParams);
    const plain = Buffer.from(JSON.stringify(claimsOf(parameters)));
    const asymmetric = await new CompactEncrypt(plain)
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'json' })
      .encrypt(publicKey);
    const secret = Buffer.from(clinicSecret.slice(0, 32));
    const direct = await new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(secret);
    await expectRefused('for a key of the provider', asymmetric);
    await expectRefused('with a secret of a service', direct);
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
});
