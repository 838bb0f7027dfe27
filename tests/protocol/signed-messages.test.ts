// Requests that a service signs and answers that are signed for it (RFC 9101, JARM), for services that go through the browser and registered it.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ClientMetadata } from '../../src/domain/agencies/agency.ts';
import { createCaseWorld, findErrorCode, readAnswer } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { whileRegistered } from '../support/change-standing.ts';
import { whileInsertFails } from '../support/open-database.ts';
import { createTraveller, refuse, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { clinicRedirect, permitJwk, permitKey, permitRedirect } from '../support/sample-services.ts';
import { exchangeCode } from '../support/service.ts';
import { createRequestObject, openSignedAnswer } from '../support/signed-request.ts';
import { readHidden } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import { createEnrolled, createRequest, findStep, goThrough } from '../support/visits.ts';

const clientId = 'mol-work-permit';
const signer = { clientId, algorithm: 'ES256', kid: permitJwk.kid, key: permitKey } as const;
const signs: ClientMetadata = { request_object_signing_alg: 'ES256' };

type Parameters = Readonly<Record<string, string>>;

describe('signed requests and answers', () => {
  let at: CaseWorld;
  let person: Traveller;

  beforeAll(async () => {
    at = await createCaseWorld();
    person = await createEnrolled(at.world);
    await goThrough(person, await person.agent.get(createRequest(at.issuer, 'permit').url));
  });

  afterAll(async () => {
    await at.close();
  });

  const whilePermit = async <T>(more: ClientMetadata, work: () => Promise<T>): Promise<T> =>
    whileRegistered(at.world, { place: 'permit', more }, work);

  const createParameters = (extra: Parameters = {}): { readonly parameters: Parameters; readonly verifier: string } => {
    const { url, verifier } = createRequest(at.issuer, 'permit', extra);
    return { parameters: Object.fromEntries(new URL(url).searchParams), verifier };
  };

  const findRule = async ({ headers }: Response): Promise<string | null | undefined> => {
    const reference = headers.get('x-request-id') ?? '';
    return vi.waitFor(
      async () => {
        const trace = await at.world.storage.traces.findTrace(reference, at.world.clock.now());
        return trace?.rule ?? Promise.reject(new Error(`no trace of ${reference}`));
      },
      { timeout: 5000, interval: 100 },
    );
  };

  const toObjectUrl = (parameters: Parameters, beside: Parameters = {}, claims: Readonly<Record<string, unknown>> = {}): string => {
    const request = createRequestObject({ ...signer, issuer: at.issuer }, parameters, { claims });
    return `${at.issuer}/auth?${new URLSearchParams({ client_id: clientId, request, ...beside }).toString()}`;
  };

  const readSigned = async (response: string | null): Promise<Readonly<Record<string, unknown>>> =>
    (await openSignedAnswer(at.issuer, clientId, response ?? '')).claims;

  const hear = async (extra: Parameters, traveller = person): Promise<URLSearchParams> =>
    readAnswer((await traveller.agent.get(createRequest(at.issuer, 'permit', extra).url)).url);

  it('a signed request in the address signs in, and what stands beside it is ignored', async () => {
    await whilePermit(signs, async () => {
      const { parameters, verifier } = createParameters();
      const beside = { state: 'outside', nonce: 'outside', prompt: 'none', redirect_uri: 'http://evil.tld/', scope: 'openid email' };
      const arrived = await goThrough(person, await person.agent.get(toObjectUrl(parameters, beside)));
      expect([arrived.url.split('?')[0], readAnswer(arrived.url).get('state')]).toEqual([permitRedirect, parameters['state']]);
      const tokens = await exchangeCode(at.issuer, arrived.url, verifier);
      expect([tokens.status, tokens.body['scope']]).toEqual([200, 'openid']);
    });
  });

  it('nothing of an object counts before its signature does: no address, and no page', async () => {
    await whilePermit(signs, async () => {
      const { parameters } = createParameters({ redirect_uri: 'http://evil.tld/' });
      const page = await createTraveller(at.issuer).agent.get(toObjectUrl(parameters));
      expect([page.url.startsWith(at.issuer), page.status, findErrorCode(page)]).toEqual([true, 400, 'service/return-address-unknown']);
    });
  });

  it('a service that has to sign cannot ask otherwise, and its developers read why', async () => {
    await whilePermit({ require_signed_request_object: true }, async () => {
      const plain = await person.agent.send(createRequest(at.issuer, 'permit').url);
      expect(readAnswer(plain.headers.get('location') ?? '').get('error')).toBe('invalid_request');
      expect(await findRule(plain)).toBe('request-object/needed');
      const late = toObjectUrl(createParameters().parameters, {}, { nbf: undefined });
      expect(await findRule(await person.agent.send(late))).toBe('request-object/members');
      expect(findStep(await createTraveller(at.issuer).agent.get(toObjectUrl(createParameters().parameters)))).toBe('sign-in');
    });
  });

  it('a service that did not register them hears that there are none, whatever it sends', async () => {
    const { parameters } = createParameters({ response_mode: 'fragment', state: 'inside' });
    for (const object of [
      createRequestObject({ ...signer, issuer: at.issuer }, parameters),
      'eyJhbGciOiJub25lIn0.e30.',
      'nothing',
      'a.b.c.d.e',
    ]) {
      const url = new URL(createRequest(at.issuer, 'permit').url);
      const { searchParams } = url;
      searchParams.set('request', object);
      const answer = readAnswer((await person.agent.get(url.href)).url);
      expect([object, answer.get('error'), answer.get('state')]).toEqual([object, 'request_not_supported', searchParams.get('state')]);
    }
  });

  it.each(['jwt', 'query.jwt'])('response_mode %s: the answer is one signed word in the query', async (mode) => {
    await whilePermit({ response_modes: ['query', 'jwt', 'query.jwt'], authorization_signed_response_alg: 'PS256' }, async () => {
      const request = createRequest(at.issuer, 'permit', { response_mode: mode });
      const answer = readAnswer((await goThrough(person, await person.agent.get(request.url))).url);
      expect([...answer.keys()]).toEqual(['response']);
      const opened = await openSignedAnswer(at.issuer, clientId, answer.get('response') ?? '');
      expect([opened.algorithm, Object.keys(opened.claims).toSorted()]).toEqual(['PS256', ['aud', 'code', 'exp', 'iss', 'state']]);
      const code = String(opened.claims['code']);
      expect((await exchangeCode(at.issuer, `${permitRedirect}?code=${code}`, request.verifier)).status).toBe(200);
      const none = await readSigned((await hear({ response_mode: mode, prompt: 'none' }, createTraveller(at.issuer))).get('response'));
      expect(none).toMatchObject({ error: 'login_required', error_description: 'not_signed_in', iss: at.issuer, aud: clientId });
    });
  });

  it('form_post.jwt: the answer and a refusal are posted by a form, to the registered address alone', async () => {
    await whilePermit({ response_modes: ['form_post.jwt'] }, async () => {
      const readPosted = async (page: Answered): Promise<Readonly<Record<string, unknown>>> => {
        expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${new URL(permitRedirect).origin};`);
        expect(page.body).not.toMatch(/name="(?:code|error|state|iss)"/);
        return readSigned(readHidden(page.body)['response'] ?? null);
      };
      const url = createRequest(at.issuer, 'permit', { response_mode: 'form_post.jwt' }).url;
      expect(await readPosted(await goThrough(person, await person.agent.get(url)))).toMatchObject({ code: expect.any(String) });
      const other = await createEnrolled(at.world);
      const page = await signIn(other, await other.agent.get(url));
      expect(await readPosted(await refuse(other, page))).toMatchObject({ error: 'access_denied', error_description: 'consent_refused' });
    });
  });

  it('a mode that is not registered is refused, and a service that registered only signed ones gets no other', async () => {
    for (const mode of ['jwt', 'query.jwt', 'form_post.jwt', 'fragment.jwt']) {
      const page = await person.agent.get(createRequest(at.issuer, 'permit', { response_mode: mode }).url);
      expect([mode, page.body.includes('name="code"'), readAnswer(page.url).has('code')]).toEqual([mode, false, false]);
      const response = readAnswer(page.url).get('response') ?? readHidden(page.body)['response'] ?? null;
      expect([mode, await readSigned(response)]).toMatchObject([mode, { error: 'invalid_request', iss: at.issuer }]);
    }
    await whilePermit({ response_modes: ['jwt'] }, async () => {
      expect((await hear({})).get('error')).toBe('invalid_request');
    });
  });

  it('where a request allows no page, a failure of ours is signed too', async () => {
    await whilePermit({ response_modes: ['jwt'] }, async () => {
      const answer = await whileInsertFails(at.database, 'artefacts', async () => hear({ response_mode: 'jwt', prompt: 'none' }));
      expect([...answer.keys()]).toEqual(['response']);
      const claims = await readSigned(answer.get('response'));
      expect(claims).toMatchObject({ error: 'temporarily_unavailable', error_description: 'provider_unavailable' });
      expect(claims).toHaveProperty('state');
    });
  });

  it('our own pages are no service for either', async () => {
    const parameters = { client_id: 'huwiya-account', response_type: 'code', scope: 'openid', redirect_uri: `${at.issuer}/account/return` };
    const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
    const send = async (extra: Parameters): Promise<Response> =>
      person.agent.send(`${at.issuer}/auth?${new URLSearchParams({ ...parameters, ...pkce, ...extra }).toString()}`);
    const signed = new URL((await send({ response_mode: 'jwt' })).headers.get('location') ?? '').searchParams.get('response');
    const { claims } = await openSignedAnswer(at.issuer, 'huwiya-account', signed ?? '');
    expect(claims).toMatchObject({ error: 'invalid_request' });
    const refused = await send({ request: createRequestObject({ ...signer, issuer: at.issuer, clientId: 'huwiya-account' }, parameters) });
    expect(new URL(refused.headers.get('location') ?? '').searchParams.get('error')).toBe('request_not_supported');
  });

  it('discovery says which algorithms and modes there are, and names no encryption of either', async () => {
    const document = toObject(await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).text());
    expect(document).toMatchObject({
      request_parameter_supported: true,
      request_uri_parameter_supported: false,
      request_object_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA'],
      authorization_signing_alg_values_supported: ['ES256', 'PS256'],
    });
    const absent = /^(request_object|authorization)_encryption|^require_signed_request_object/;
    expect(Object.keys(document).filter((member) => absent.test(member))).toEqual([]);
    expect(Object.values(document).filter((value) => Array.isArray(value) && value.length === 0)).toEqual([]);
  });

  it('a legacy service keeps its secret out of it: an HMAC with what we know of it proves nothing', async () => {
    await whileRegistered(at.world, { place: 'clinic', more: { ...signs, jwks: { keys: [permitJwk] } } }, async () => {
      const parameters = Object.fromEntries(new URL(createRequest(at.issuer, 'clinic').url).searchParams);
      const object = createRequestObject({ ...signer, issuer: at.issuer, clientId: 'moh-clinic' }, parameters);
      const open = async (request: string): Promise<Answered> =>
        createTraveller(at.issuer).agent.get(
          `${at.issuer}/auth?${new URLSearchParams({ client_id: 'moh-clinic', redirect_uri: clinicRedirect, request }).toString()}`,
        );
      expect(findStep(await open(object))).toBe('sign-in');
      const [, claims] = object.split('.');
      const head = Buffer.from(JSON.stringify({ alg: 'HS256' })).toString('base64url');
      expect(readAnswer((await open(`${head}.${claims}.AAAA`)).url).get('error')).toBe('invalid_request_object');
    });
  });
});
