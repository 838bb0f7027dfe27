// Proofs of possession (RFC 9449) as an attacker would bend, repeat, date and misplace them (security contract 2.2).

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchWorld } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { createProofKey } from '../support/dpop-proof.ts';
import {
  createFapiAssertion,
  createPlainRequest,
  nowSeconds,
  prove,
  toAnswer,
  toAssertionFields,
  toThumbprint,
} from '../support/fapi-client.ts';
import type { Answer, ProofChanges, Proven } from '../support/fapi-client.ts';
import {
  authorize,
  callResource,
  createFapiWorld,
  exchange,
  obtain,
  push,
  readToken,
  requestToken,
  withNewKey,
} from '../support/fapi-world.ts';
import type { FapiWorld } from '../support/fapi-world.ts';
import { badProofs, badTokenProofs, goodProofs } from '../support/proof-changes.ts';
import { sendRaw, toPort } from '../support/raw-request.ts';
import { startSecondNode } from '../support/second-node.ts';
import type { SecondNode } from '../support/second-node.ts';
import { minutes, shiftTime } from '../support/shift-time.ts';

describe('proofs of possession', () => {
  let at: FapiWorld;
  let watch: Watch;
  let node: SecondNode;

  beforeAll(async () => {
    at = await createFapiWorld();
    watch = watchWorld(at.world);
    node = await startSecondNode(at.world);
  });

  afterAll(async () => {
    watch.close();
    await node.stop();
    await at.close();
  });

  const proofOf = (asked: Pick<Proven, 'method' | 'url'>, changes: ProofChanges = {}): string => prove(at.first.prover, asked, changes);
  const toParUrl = (): string => `${at.issuer}/request`;

  /** A pushed request with exactly this proof, sent once. */
  const pushProven = async (dpop: string, assertion = createFapiAssertion(at.issuer, at.first.client)): Promise<Answer> => {
    const body = new URLSearchParams({ ...createPlainRequest(at.first.client).parameters, ...toAssertionFields(assertion) });
    return toAnswer(await fetch(toParUrl(), { method: 'POST', body, headers: { dpop } }));
  };

  /** The same at the port of one process: its status, and the nonce that it tells. */
  const pushAt = async (port: number, dpop: string): Promise<readonly [status: number, nonce: string]> => {
    const fields = toAssertionFields(createFapiAssertion(at.issuer, at.first.client));
    const body = new URLSearchParams({ ...createPlainRequest(at.first.client).parameters, ...fields }).toString();
    const headers = { host: new URL(at.issuer).host, 'content-type': 'application/x-www-form-urlencoded', dpop };
    const answer = await sendRaw({ port, method: 'POST', path: '/request', body, headers });
    return [answer.status, String(answer.headers['dpop-nonce'])];
  };

  /** The prover knows the nonce of this minute afterwards. */
  const learnNonce = async (): Promise<void> => {
    expect((await push(at.first, { proof: {} })).answer.status).toBe(201);
  };

  const challenged = { status: 400, error: 'use_dpop_nonce' };

  test('TK-21 a service that must bind its tokens gets none without a proof, and what is bound is of no use without one', async () => {
    const offline = { changes: { scope: 'openid offline_access', prompt: 'consent' } };
    const { tokens, accessToken } = await obtain(at.first, offline);
    expect(tokens.body['token_type']).toBe('DPoP');
    const authorized = await authorize(at.first);
    const form = { grant_type: 'refresh_token', refresh_token: readToken(tokens, 'refresh_token') };
    await watch.changesNothing(async () => {
      expect(await exchange(at.first, authorized, { without: 'proof' })).toMatchObject({ status: 400, error: 'invalid_grant' });
      expect(await requestToken(at.first, { form, without: 'proof' })).toMatchObject({ status: 400, error: 'invalid_grant' });
      for (const scheme of ['Bearer', 'DPoP']) {
        expect((await callResource(at.first, accessToken, { without: 'proof', scheme })).status).toBeOneOf([400, 401]);
      }
    });
    expect((await callResource(at.first, accessToken)).status).toBe(200);
    expect((await exchange(at.first, authorized)).body['token_type']).toBe('DPoP');
    expect((await requestToken(at.first, { form })).body['token_type']).toBe('DPoP');
  });

  test('TK-22 a proof that is bent in any member is refused at the pushed request, at the token and at UserInfo; unusual ones are taken', async () => {
    const { accessToken } = await obtain(at.first);
    const authorized = await authorize(at.first);
    const places = {
      '/request': async (proof: ProofChanges) => (await push(at.first, { proof })).answer,
      '/token': async (proof: ProofChanges) => exchange(at.first, authorized, { proof }),
      '/me': async (proof: ProofChanges) => callResource(at.first, accessToken, { proof }),
    } as const;
    await watch.changesNothing(async () => {
      for (const [path, send] of Object.entries(places)) {
        const asked = { method: path === '/me' ? 'GET' : 'POST', url: `${at.issuer}${path}` };
        for (const [name, toChanges] of Object.entries(badProofs)) {
          const { status, error } = await send(toChanges(at.first.prover.key, asked));
          const isRefused = status === 400 || (status === 401 && path === '/me');
          expect([path, name, isRefused, error]).toEqual([path, name, true, 'invalid_dpop_proof']);
        }
      }
      for (const [name, changes] of Object.entries(badTokenProofs)) {
        expect([name, (await places['/me'](changes)).status]).toEqual([name, expect.toBeOneOf([400, 401])]);
      }
    });
    for (const [name, toChanges] of Object.entries(goodProofs)) {
      const proof = toChanges({ method: 'GET', url: `${at.issuer}/me` });
      expect([name, (await callResource(at.first, accessToken, { proof })).status]).toEqual([name, 200]);
    }
    expect((await exchange(at.first, authorized)).status).toBe(200);
  });

  test('TK-23 a proof works once: not again, not at another process, not later, and not by being dated ahead', async () => {
    await learnNonce();
    const asked = { method: 'POST', url: toParUrl() };
    const used = proofOf(asked);
    expect((await pushProven(used)).status).toBe(201);
    expect(await pushProven(used)).toMatchObject({ status: 400, error: 'invalid_request' });
    expect((await pushAt(node.port, proofOf(asked)))[0]).toBe(201);
    expect((await pushAt(node.port, used))[0]).toBe(400);
    const dated = proofOf(asked, { claims: { iat: nowSeconds() + 290 } });
    const unused = proofOf(asked, { claims: { iat: nowSeconds() + 290 } });
    const time = shiftTime();
    try {
      expect((await pushProven(dated)).status).toBe(201);
      time.advance(1000);
      expect((await pushProven(dated)).status).toBe(400);
      time.advance(300_000);
      expect((await pushProven(used)).status).toBe(400);
      time.advance(29_000);
      for (const late of [dated, unused]) {
        expect(await pushProven(late)).toMatchObject(challenged);
      }
    } finally {
      time.restore();
    }
  });

  test('TK-23 a proof that is sent 64 times at once is taken once', async () => {
    await learnNonce();
    const proof = proofOf({ method: 'POST', url: toParUrl() });
    const answers = await Promise.all(Array.from({ length: 64 }, async () => pushProven(proof)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    // Those who lose at the commit and not before hear 401.
    expect(answers.filter(({ status }) => ![201, 400, 401].includes(status))).toEqual([]);
  });

  test('TK-24 a proof without a nonce of ours, with an old one or a made-up one is told which to bring, and that uses nothing up', async () => {
    await learnNonce();
    const authorized = await authorize(at.first);
    const asked = { method: 'POST', url: toParUrl() };
    const good = at.first.prover.nonce.current ?? '';
    const wrong = [undefined, '', 'forged', `${good}A`, good.slice(0, -1), good.toLowerCase(), Buffer.alloc(32).toString('base64url')];
    for (const nonce of wrong.filter((each) => each !== good)) {
      const answer = await pushProven(proofOf(asked, { claims: { nonce } }));
      expect([nonce, answer.error, answer.headers.get('dpop-nonce')?.length]).toEqual([nonce, 'use_dpop_nonce', good.length]);
    }
    const assertion = createFapiAssertion(at.issuer, at.first.client);
    expect(await pushProven(proofOf(asked, { claims: { nonce: undefined } }), assertion)).toMatchObject(challenged);
    expect((await pushProven(proofOf(asked), assertion)).status).toBe(201);
    expect(await pushProven(proofOf(asked), assertion)).toMatchObject({ status: 401, error: 'invalid_client' });
    const time = shiftTime();
    try {
      time.advance(minutes(6));
      expect(await pushProven(proofOf(asked))).toMatchObject(challenged);
    } finally {
      time.restore();
    }
    expect((await exchange(at.first, authorized)).status).toBe(200);
  });

  test('TK-24 the nonce of one process is good at another', async () => {
    const asked = { method: 'POST', url: toParUrl() };
    const [challenge, nonce] = await pushAt(node.port, proofOf(asked, { claims: { nonce: undefined } }));
    expect(challenge).toBe(400);
    expect((await pushAt(toPort(at.issuer), proofOf(asked, { claims: { nonce } })))[0]).toBe(201);
    await learnNonce();
    expect((await pushAt(node.port, proofOf(asked)))[0]).toBe(201);
  });

  test('TK-25 a code that was asked for one key is worth nothing with another', async () => {
    const jkt = await at.first.prover.thumbprint();
    for (const parts of [{ changes: { dpop_jkt: jkt } }, { proof: {} }]) {
      const authorized = await authorize(at.first, parts);
      expect(await exchange(withNewKey(at.first), authorized)).toMatchObject({ status: 400, error: 'invalid_grant' });
      expect((await exchange(at.first, await authorize(at.first, parts))).status).toBe(200);
    }
    const foreign = { changes: { dpop_jkt: await toThumbprint(createProofKey()) }, proof: {} };
    expect((await push(at.first, foreign)).answer).toMatchObject({ status: 400, error: 'invalid_request' });
  });

  test('TK-12 an assertion that is sent 64 times at once, to two endpoints, is taken once', async () => {
    const assertion = createFapiAssertion(at.issuer, at.first.client, { claims: { jti: randomUUID() } });
    const fields = { ...createPlainRequest(at.first.client).parameters, ...toAssertionFields(assertion) };
    const send = async (index: number): Promise<number> => {
      const path = index % 2 === 0 ? '/request' : '/token/revocation';
      const body = new URLSearchParams(index % 2 === 0 ? fields : { ...toAssertionFields(assertion), token: 'nothing' });
      return (await fetch(`${at.issuer}${path}`, { method: 'POST', body })).status;
    };
    const statuses = await Promise.all(Array.from({ length: 64 }, async (_, index) => send(index)));
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
    expect(new Set(statuses.filter((status) => status >= 300))).toEqual(new Set([401]));
  });
});
