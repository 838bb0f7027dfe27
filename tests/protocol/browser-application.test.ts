// Public applications: one that runs in a browser and talks to us from its own origin, and one that is installed and comes back by a claimed https address.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setProgramStatus } from '../support/audit-program.ts';
import { createBrowserFetch } from '../support/browser-fetch.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { createProof, createProofKey } from '../support/dpop-proof.ts';
import { createAuthorization } from '../support/person-journey.ts';
import { applyFile } from '../support/resource-server.ts';
import { createAgencyFile, createServiceFile } from '../support/sample-proposal.ts';
import { goThrough } from '../support/visits.ts';

const origin = 'https://app.moe.example';
const agency = { id: 'moe', registration_number: '7000000007', name: { ar: 'وزارة التعليم', en: 'Ministry of Education' } };
const open = { token_endpoint_auth_method: 'none', jwks: undefined, sector: 'moe' };

const services = [
  createServiceFile({
    ...open,
    client_id: 'moe-app',
    name: { ar: 'تطبيق الطالب', en: 'Student pages' },
    redirect_uris: [`${origin}/callback`],
  }),
  createServiceFile({
    ...open,
    client_id: 'moe-bound',
    name: { ar: 'بوابة المعلم', en: 'Teacher pages' },
    redirect_uris: [`${origin}/teacher`],
    grant_types: ['authorization_code', 'refresh_token'],
    dpop_bound_access_tokens: true,
  }),
  createServiceFile({
    ...open,
    client_id: 'moe-phone',
    name: { ar: 'تطبيق الجوال', en: 'Phone application' },
    application_type: 'native',
    redirect_uris: ['https://phone.moe.example/return'],
    dpop_bound_access_tokens: true,
  }),
];

describe('an application without a secret', () => {
  let at: CaseWorld;
  const page = createBrowserFetch(origin);

  beforeAll(async () => {
    at = await createCaseWorld();
    await applyFile(at.world, createAgencyFile(services, agency));
  });

  afterAll(async () => {
    await at.close();
  });

  /** The fields of the token request after somebody went all the way. */
  const visit = async (
    clientId: string,
    redirectUri: string,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<Record<string, string>> => {
    const traveller = await at.newPerson();
    const request = createAuthorization(at.issuer, { clientId, redirectUri, extra });
    const arrived = await goThrough(traveller, await traveller.agent.get(request.url));
    const code = new URL(arrived.url).searchParams.get('code') ?? '';
    return { grant_type: 'authorization_code', code, code_verifier: request.verifier, redirect_uri: redirectUri, client_id: clientId };
  };

  const post = (path: string, fields: Readonly<Record<string, string>>, headers = {}) =>
    page(`${at.issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });

  test('a page of a registered origin discovers, exchanges its code, reads UserInfo and gives its token back', async () => {
    const discovered = await page(`${at.issuer}/.well-known/openid-configuration`);
    expect(discovered.body['issuer']).toBe(at.issuer);
    expect((await page(`${at.issuer}/jwks`)).status).toBe(200);
    const fields = await visit('moe-app', `${origin}/callback`);
    const { code_verifier: _, ...unproven } = fields;
    const refused = await post('/token', unproven);
    expect([refused.body['error'], refused.header('x-request-id')]).toEqual(['invalid_grant', expect.stringMatching(/^\w{4}-\w{4}$/)]);
    const { body } = await post('/token', fields);
    expect([typeof body['access_token'], body['refresh_token']]).toEqual(['string', undefined]);
    const headers = { authorization: `Bearer ${String(body['access_token'])}` };
    expect((await page(`${at.issuer}/me`, { headers })).body['given_name']).toBe('سارة');
    expect((await post('/token/revocation', { client_id: 'moe-app', token: String(body['access_token']) })).status).toBe(200);
    const dead = await page(`${at.issuer}/me`, { headers });
    expect([dead.status, dead.header('www-authenticate')?.includes('invalid_token')]).toEqual([401, true]);
    expect(dead.header('x-request-id')).toMatch(/^\w{4}-\w{4}$/);
  });

  test('a page sees the nonce for its proof, and refreshes with its key alone', async () => {
    const key = createProofKey();
    const prove = (path: string, claims: Readonly<Record<string, unknown>>, token?: string): Readonly<Record<string, string>> => {
      const asked = { url: `${at.issuer}${path}`, claims: { htm: 'POST', ...claims } };
      return { dpop: createProof(key, token === undefined ? asked : { ...asked, token }) };
    };
    const fields = await visit('moe-bound', `${origin}/teacher`, { scope: 'openid offline_access', prompt: 'consent' });
    const unbound = await post('/token', fields);
    expect([unbound.status, unbound.body['error']]).toEqual([400, 'invalid_grant']);
    const told = await post('/token', fields, prove('/token', {}));
    const nonce = told.header('dpop-nonce');
    expect([told.body['error'], typeof nonce]).toEqual(['use_dpop_nonce', 'string']);
    const { body } = await post('/token', fields, prove('/token', { nonce }));
    expect([body['token_type'], typeof body['refresh_token']]).toEqual(['DPoP', 'string']);
    const again = { grant_type: 'refresh_token', client_id: 'moe-bound', refresh_token: String(body['refresh_token']) };
    expect((await post('/token', again)).body['error']).toBe('invalid_grant');
    const stranger = createProof(createProofKey(), { url: `${at.issuer}/token`, claims: { htm: 'POST', nonce } });
    expect((await post('/token', again, { dpop: stranger })).body['error']).toBe('invalid_grant');
    expect((await post('/token', again, prove('/token', { nonce }))).body['token_type']).toBe('DPoP');
  });

  test('nobody else gets an answer that a script can read, and no endpoint beyond these is opened', async () => {
    const grants = async (url: string, headers: Readonly<Record<string, string>>, method = 'GET'): Promise<readonly string[]> => {
      const response = await fetch(`${at.issuer}${url}`, { method, headers, redirect: 'manual' });
      return [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));
    };
    const question = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'dpop' };
    const open = ['/.well-known/openid-configuration', '/jwks', '/token', '/me', '/token/revocation'];
    for (const path of open) {
      expect([path, (await grants(path, { origin, ...question }, 'OPTIONS')).length]).toEqual([path, 4]);
      for (const other of [
        'https://evil.example',
        'https://phone.moe.example',
        'null',
        `${origin}:8443`,
        'http://app.moe.example',
        `${origin}.evil.example`,
        '',
      ]) {
        const header = other === '' ? {} : { origin: other };
        expect([path, other, await grants(path, { ...header, ...question }, 'OPTIONS')]).toEqual([path, other, []]);
        expect([path, other, await grants(path, header, path.startsWith('/token') ? 'POST' : 'GET')]).toEqual([path, other, []]);
      }
    }
    for (const closed of ['/auth', '/request', '/token/introspection', '/session/end', '/account', '/agency/api/v1/duties']) {
      expect([closed, await grants(closed, { origin, ...question }, 'OPTIONS')]).toEqual([closed, []]);
      expect([closed, await grants(closed, { origin })]).toEqual([closed, []]);
    }
    await expect(createBrowserFetch('https://evil.example')(`${at.issuer}/jwks`)).rejects.toThrow('blocked');
  });

  test('a registered origin cannot use the name of another service, and nothing once its application is suspended', async () => {
    const clinic = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'x', client_id: 'moh-clinic', client_secret: 'x' };
    await expect(post('/token', clinic)).rejects.toThrow('blocked');
    for (const clientId of ['moe-app', 'moe-bound']) {
      await setProgramStatus(at.world, { clientId }, 'suspended');
    }
    await expect(page(`${at.issuer}/jwks`)).rejects.toThrow('blocked');
    for (const clientId of ['moe-app', 'moe-bound']) {
      await setProgramStatus(at.world, { clientId }, 'active');
    }
    expect((await page(`${at.issuer}/jwks`)).status).toBe(200);
  });

  test('an installed application comes back by its claimed address, with proof and with its key', async () => {
    const fields = await visit('moe-phone', 'https://phone.moe.example/return');
    const key = createProofKey();
    const send = async (claims: Readonly<Record<string, unknown>>): Promise<Response> =>
      fetch(`${at.issuer}/token`, {
        method: 'POST',
        headers: { dpop: createProof(key, { url: `${at.issuer}/token`, claims: { htm: 'POST', ...claims } }) },
        body: new URLSearchParams(fields),
      });
    const told = await send({});
    const given = await send({ nonce: told.headers.get('dpop-nonce') });
    expect([told.status, given.status]).toEqual([400, 200]);
  });
});
