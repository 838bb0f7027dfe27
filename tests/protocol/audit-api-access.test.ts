// Who may read the ledger as a program, and every other who may not.

import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discoverAs, obtainProgramToken, registerProgram, setProgramStatus } from '../support/audit-program.ts';
import type { AuditProgram } from '../support/audit-program.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { createProof, createProofKey } from '../support/dpop-proof.ts';
import type { ProofKey } from '../support/dpop-proof.ts';
import type { Traveller } from '../support/person-journey.ts';
import { toObject } from '../support/raw-request.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import { obtainTokens } from '../support/visits.ts';

type Answer = { readonly status: number; readonly code: unknown; readonly challenge: string; readonly nonce: string };

describe('the auditor’s interface is closed to', () => {
  let at: CaseWorld;
  let program: AuditProgram;
  let bound: AuditProgram;
  let url: string;

  beforeAll(async () => {
    at = await createCaseWorld();
    program = await registerProgram(at.world, 'gac-reader');
    bound = await registerProgram(at.world, 'gac-bound', { class: 'fapi' });
    url = `${at.issuer}/audit/api/v1/entries`;
  });

  afterAll(async () => {
    await at.close();
  });

  const get = async (headers: Readonly<Record<string, string>>, address = url): Promise<Answer> => {
    const response = await fetch(address, { headers });
    const code = toObject(await response.text())['code'];
    const { headers: given } = response;
    return { status: response.status, code, challenge: given.get('www-authenticate') ?? '', nonce: given.get('dpop-nonce') ?? '' };
  };

  const withToken = (token: string): Promise<Answer> => get({ authorization: `Bearer ${token}` });

  it('whoever brings no token, and says where one is to be had', async () => {
    for (const path of ['/entries', '/entries/0', '/checkpoint', '/event-types', '/services', '/duties']) {
      const answer = await at.changesNothing(() => get({}, `${at.issuer}/audit/api/v1${path}`));
      expect([path, answer.status, answer.code]).toEqual([path, 401, 'token/missing']);
      expect(answer.challenge).toMatch(/^Bearer realm="[^"]+", scope="audit:read", resource_metadata="/);
      expect(answer.challenge).not.toContain('error=');
    }
    const { challenge } = await get({});
    const pointer = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? '';
    const metadata: unknown = await (await fetch(pointer)).json();
    expect(metadata).toMatchObject({
      resource: `${at.issuer}/audit/api/v1`,
      authorization_servers: [at.issuer],
      scopes_supported: ['audit:read'],
    });
  });

  it('whoever brings another token, or the right one another way', async () => {
    const token = await obtainProgramToken(at.world, program);
    const person = await obtainTokens(await at.newPerson(), 'permit');
    const wrong = [
      `Bearer ${String(person.body['access_token'])}`,
      `Bearer ${String(person.body['id_token'])}`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${token}x`,
      `Bearer ${token.toLowerCase()}`,
      `Bearer  ${token}`,
      `Bearer ${token} ${token}`,
      `Basic ${token}`,
      token,
      'Bearer',
    ];
    for (const authorization of wrong) {
      const answer = await at.changesNothing(() => get({ authorization }));
      expect([authorization, answer.status, answer.code]).toEqual([authorization, 401, 'token/refused']);
      expect(answer.challenge).toContain('error="invalid_token"');
    }
    expect((await get({}, `${url}?access_token=${token}`)).code).toBe('token/missing');
    expect((await withToken(token)).status).toBe(200);
  });

  it('a program that was suspended, gave its token back, or is one no more, at its very next request', async () => {
    const token = await obtainProgramToken(at.world, program);
    expect((await withToken(token)).status).toBe(200);
    await setProgramStatus(at.world, program, 'suspended');
    expect((await at.changesNothing(() => withToken(token))).code).toBe('token/refused');
    await setProgramStatus(at.world, program, 'active');
    expect((await withToken(token)).status).toBe(200);
    await client.tokenRevocation(await discoverAs(at.world, program), token);
    expect((await at.changesNothing(() => withToken(token))).code).toBe('token/refused');
  });

  it('a program whose token is older than five minutes', async () => {
    const token = await obtainProgramToken(at.world, program);
    at.world.clock.advance(301_000);
    expect((await withToken(token)).code).toBe('token/refused');
    at.world.clock.advance(-301_000);
    expect((await withToken(token)).status).toBe(200);
  });

  it('nobody who proves the key that the token is bound to, as an independent client does', async () => {
    const configuration = await discoverAs(at.world, bound);
    const handle = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'));
    const tokens = await client.clientCredentialsGrant(configuration, { scope: 'audit:read' }, { DPoP: handle });
    expect(tokens.token_type).toBe('dpop');
    for (const round of [1, 2]) {
      const options = { DPoP: handle };
      const address = new URL(`${url}?limit=${round}`);
      const answer = await client.fetchProtectedResource(configuration, tokens.access_token, address, 'GET', null, new Headers(), options);
      expect([round, answer.status]).toEqual([round, 200]);
    }
    await expect(client.clientCredentialsGrant(configuration, { scope: 'audit:read' })).rejects.toThrow(/error/);
  });

  describe('a bound token', () => {
    let key: ProofKey;
    let token: string;
    let nonce: string;

    beforeAll(async () => {
      key = createProofKey();
      const { privateKey, jwk } = key;
      const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
      const pair = {
        privateKey: await crypto.subtle.importKey('pkcs8', privateKey.export({ type: 'pkcs8', format: 'der' }), algorithm, false, ['sign']),
        publicKey: await crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify']),
      };
      const configuration = await discoverAs(at.world, bound);
      const DPoP = client.getDPoPHandle(configuration, pair);
      token = (await client.clientCredentialsGrant(configuration, { scope: 'audit:read' }, { DPoP })).access_token;
      ({ nonce } = await get({ authorization: `DPoP ${token}`, dpop: createProof(key, { url, token }) }));
    });

    const prove = (proof: string): Promise<Answer> => get({ authorization: `DPoP ${token}`, dpop: proof });
    const refusedCode = async (proof: string): Promise<unknown> => (await at.changesNothing(() => prove(proof))).code;

    it('without its proof', async () => {
      for (const headers of [{ authorization: `Bearer ${token}` }, { authorization: `DPoP ${token}` }]) {
        const answer = await at.changesNothing(() => get(headers));
        expect([answer.status, answer.code]).toEqual([401, 'token/proof-refused']);
        expect(answer.challenge).toContain('error="invalid_dpop_proof"');
      }
    });

    it('without a nonce of this server, and tells the next one', async () => {
      for (const claims of [{}, { nonce: 'of-somebody-else' }, { nonce: 7 }]) {
        const answer = await at.changesNothing(() => prove(createProof(key, { url, token, claims })));
        expect([answer.status, answer.code, answer.nonce]).toEqual([401, 'token/nonce-needed', nonce]);
        expect(answer.challenge).toContain('error="use_dpop_nonce"');
      }
      at.world.clock.advance(300_001);
      expect(await refusedCode(createProof(key, { url, token, claims: { nonce } }))).toBe('token/refused');
      at.world.clock.advance(-300_001);
    });

    it('with a proof for anything else', async () => {
      const other = createProofKey();
      const claims = { nonce };
      const proofs: Readonly<Record<string, string>> = {
        'another key': createProof(other, { url, token, claims }),
        'a key that did not sign': createProof(other, { url, token, claims, head: { jwk: key.jwk } }),
        'another token': createProof(key, { url, token: token.toLowerCase(), claims }),
        'no token': createProof(key, { url, claims }),
        'another address': createProof(key, { url: `${at.issuer}/audit/api/v1/checkpoint`, token, claims }),
        'another host': createProof(key, { url: 'http://evil.example/audit/api/v1/entries', token, claims }),
        'another method': createProof(key, { url, token, claims: { ...claims, htm: 'POST' } }),
        'no id': createProof(key, { url, token, claims: { ...claims, jti: undefined } }),
        'an endless id': createProof(key, { url, token, claims: { ...claims, jti: 'x'.repeat(129) } }),
        'no time': createProof(key, { url, token, claims: { ...claims, iat: undefined } }),
        'another type': createProof(key, { url, token, claims, head: { typ: 'JWT' } }),
        'no algorithm': createProof(key, { url, token, claims, head: { alg: 'none' } }),
        'no proof at all': 'nonsense',
      };
      for (const [what, proof] of Object.entries(proofs)) {
        expect([what, await refusedCode(proof)]).toEqual([what, 'token/proof-refused']);
      }
    });

    it('with a proof that was used before, also when both come at once', async () => {
      const proof = createProof(key, { url, token, claims: { nonce } });
      expect((await prove(proof)).status).toBe(200);
      expect(await refusedCode(proof)).toBe('token/proof-refused');
      const other = createProof(key, { url, token, claims: { nonce } });
      const answers = await Promise.all(Array.from({ length: 8 }, () => prove(other)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });
  });

  it('a proof beside a token that is bound to none', async () => {
    const token = await obtainProgramToken(at.world, program);
    const proof = createProof(createProofKey(), { url, token });
    expect((await at.changesNothing(() => get({ authorization: `DPoP ${token}`, dpop: proof }))).code).toBe('token/refused');
  });

  describe('a browser', () => {
    const withCookies = (traveller: Traveller, headers: Readonly<Record<string, string>>, address?: string): Promise<Answer> => {
      const cookie = [...traveller.agent.cookies.values()].map(({ name, value }) => `${name}=${value}`).join('; ');
      return get({ cookie, ...headers }, address);
    };

    it('except that of a signed-in auditor, on our own pages or by the address typed', async () => {
      const { id, traveller } = await createSignedInOfficer(at.world, 'auditor');
      for (const site of ['same-origin', 'none']) {
        expect([site, (await withCookies(traveller, { 'sec-fetch-site': site })).status]).toEqual([site, 200]);
      }
      const [entry] = at.database.rows("SELECT body FROM entries WHERE type = 'record.searched' ORDER BY id DESC LIMIT 1");
      expect(JSON.parse(String(entry?.['body']))).toMatchObject({ actor: { kind: 'officer', ref: id } });
      const foreign = [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }];
      for (const headers of foreign) {
        const refused = await at.changesNothing(() => withCookies(traveller, headers));
        expect([headers, refused.status, refused.code]).toEqual([headers, 403, 'request/cross-site']);
      }
      const response = await fetch(url, { headers: { origin: 'https://evil.example' } });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    });

    it('of any other officer, and of a person', async () => {
      const registrar = await createSignedInOfficer(at.world, 'registrar');
      const refused = await at.changesNothing(() => withCookies(registrar.traveller, {}));
      expect([refused.status, refused.code]).toEqual([403, 'officer/other-role']);
      const person = await at.newPerson();
      await obtainTokens(person, 'permit');
      expect((await at.changesNothing(() => withCookies(person, {}))).code).toBe('token/missing');
    });

    it('of an auditor whose session is over', async () => {
      const { traveller } = await createSignedInOfficer(at.world, 'auditor', 'Session over');
      expect((await withCookies(traveller, {})).status).toBe(200);
      at.world.clock.advance(31 * 60_000);
      expect((await at.changesNothing(() => withCookies(traveller, {}))).code).toBe('token/missing');
      at.world.clock.advance(-31 * 60_000);
    });

    it('that sends a wrong token beside the session of an auditor', async () => {
      const { traveller } = await createSignedInOfficer(at.world, 'auditor', 'Two at once');
      const both = { authorization: 'Bearer nonsense' };
      expect((await at.changesNothing(() => withCookies(traveller, both))).code).toBe('token/refused');
    });
  });
});
