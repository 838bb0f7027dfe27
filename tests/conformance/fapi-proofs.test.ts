// FAPI 2.0 Security Profile Final after the suite's plan, part 2: proofs of possession, and codes and tokens that are bound to their key.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nowSeconds, prove, toThumbprint } from '../support/fapi-client.ts';
import type { ProofChanges, Proven } from '../support/fapi-client.ts';
import { authorize, callResource, createFapiWorld, exchange, obtain, push, readToken, withNewKey } from '../support/fapi-world.ts';
import type { FapiWorld, ResourceParts } from '../support/fapi-world.ts';
import { createProofKey } from '../support/dpop-proof.ts';
import { badProofs, badTokenProofs, goodProofs } from '../support/proof-changes.ts';
import { sendRaw, toPort } from '../support/raw-request.ts';

describe('FAPI 2.0 Security Profile: proofs of possession', () => {
  let at: FapiWorld;

  beforeAll(async () => {
    at = await createFapiWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const refused = { status: 400, error: expect.toBeOneOf(['invalid_request', 'invalid_grant', 'invalid_dpop_proof']) };

  /** The same change in the proof at each of the three endpoints, to the answer of the last. */
  const walkWith = async (proof: ProofChanges): Promise<number> => {
    const authorized = await authorize(at.first, { proof });
    const tokens = await exchange(at.first, authorized, { proof });
    return (await callResource(at.first, readToken(tokens), { proof })).status;
  };

  it('fapi2-security-profile-final-check-dpop-proof-nbf-exp', async () => {
    expect(await walkWith({ claims: { nbf: nowSeconds(), exp: nowSeconds() + 300 } })).toBe(200);
  });

  it('fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-before-succeeds', async () => {
    expect(await walkWith({ claims: { iat: nowSeconds() - 10 } })).toBe(200);
  });

  it('fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-after-succeeds', async () => {
    for (const ahead of [8, 10]) {
      expect(await walkWith({ claims: { iat: nowSeconds() + ahead } })).toBe(200);
    }
  });

  it('fapi2-security-profile-final-ensure-mismatched-dpop-jkt-fails', async () => {
    const jkt = await toThumbprint(createProofKey());
    expect((await push(at.first, { changes: { dpop_jkt: jkt }, proof: {} })).answer).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt', async () => {
    const authorized = await authorize(at.first, { proof: {} });
    expect(await exchange(withNewKey(at.first), authorized)).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-jkt', async () => {
    const authorized = await authorize(at.first, { changes: { dpop_jkt: await toThumbprint(createProofKey()) } });
    expect(await exchange(at.first, authorized)).toMatchObject(refused);
  });

  it('fapi2-security-profile-final-ensure-dpopproof-at-par-endpoint-binding-success', async () => {
    const { accessToken } = await obtain(at.first, { proof: {} });
    expect((await callResource(at.first, accessToken)).status).toBe(200);
  });

  it('fapi2-security-profile-final-ensure-dpop-auth-code-binding-success', async () => {
    const jkt = await at.first.prover.thumbprint();
    for (const parts of [{ changes: { dpop_jkt: jkt } }, { changes: { dpop_jkt: jkt }, proof: {} }]) {
      const { accessToken } = await obtain(at.first, parts);
      expect((await callResource(at.first, accessToken)).status).toBe(200);
    }
  });

  it('fapi2-security-profile-final-dpop-negative-tests', async () => {
    const { accessToken } = await obtain(at.first);
    const call = async (parts: ResourceParts): Promise<number> => (await callResource(at.first, accessToken, parts)).status;
    const asked: Proven = { method: 'GET', url: `${at.issuer}/me`, token: accessToken };
    for (const [name, proof] of Object.entries(goodProofs)) {
      expect([name, await call({ proof: proof(asked) })]).toEqual([name, 200]);
    }
    const bad = Object.entries(badProofs).map(([name, proof]) => [name, proof(at.first.prover.key, asked)] as const);
    for (const [name, proof] of [...bad, ...Object.entries(badTokenProofs), ['another key', { key: createProofKey() }] as const]) {
      expect([name, await call({ proof })]).toEqual([name, expect.toBeOneOf([400, 401])]);
    }
    const jti = randomUUID();
    expect([await call({ proof: { claims: { jti } } }), await call({ proof: { claims: { jti } } })]).toEqual([200, 401]);
    expect(await call({ without: 'proof' })).toBeOneOf([400, 401]);
    expect(await call({ without: 'proof', scheme: 'Bearer' })).toBeOneOf([400, 401]);
    expect(await call({ scheme: 'Bearer' })).toBeOneOf([400, 401]);
    const headers = { host: new URL(at.issuer).host, authorization: `DPoP ${accessToken}` };
    const send = async (own: Readonly<Record<string, string | string[]>>): Promise<number> =>
      (await sendRaw({ port: toPort(at.issuer), path: '/me', headers: { ...headers, ...own } })).status;
    expect(await send({ dpop: [prove(at.first.prover, asked), prove(at.first.prover, asked)] })).toBeOneOf([400, 401]);
    expect(await send({ DPOP: prove(at.first.prover, asked) })).toBe(200);
    expect(await call({})).toBe(200);
  });
});
