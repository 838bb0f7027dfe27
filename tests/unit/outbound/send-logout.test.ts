// What the answers of a service to a logout token mean, and what is put into the token at each attempt.

import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/domain/kernel/canonical.ts';
import { toNoticeBody } from '../../../src/domain/logout/notice.ts';
import type { GuardedOutcome, GuardedRequest } from '../../../src/outbound/guarded-fetch.ts';
import type { TokenAlgorithm } from '../../../src/domain/keys/token-key.ts';
import { createLogoutSender } from '../../../src/outbound/send-logout.ts';
import { createAgency, createOutboxMessage, createService, now } from '../../support/store-samples.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const signer = (kid: string, alg: TokenAlgorithm, privateKey: KeyObject) => ({
  kid,
  alg,
  privateKey,
  publicKey: createPublicKey(privateKey),
});
const signers = { ES256: signer('ec', 'ES256', ec), PS256: signer('pss', 'PS256', rsa), RS256: signer('rsa', 'RS256', rsa) };
const uri = 'https://mol.example/logout';

type Given = { readonly metadata?: Readonly<Record<string, Json>>; readonly outcome?: GuardedOutcome };

const toAnswer = (status: number, retryAfter = ''): GuardedOutcome => ({
  ok: true,
  value: { status, type: '', retryAfter, cacheControl: '', body: 'x' },
});

function createWorld({ metadata = { backchannel_logout_uri: uri }, outcome = toAnswer(200) }: Given = {}) {
  const agency = createAgency();
  const service = createService(agency.id, { metadata });
  const requests: GuardedRequest[] = [];
  let time = now;
  const sender = createLogoutSender({
    issuer: 'https://id.example',
    agencies: {
      findService: async (clientId) => (clientId === service.clientId ? { agency, service, version: 1, purposes: [] } : undefined),
    },
    fetch: async (request) => {
      requests.push(request);
      return outcome;
    },
    clock: { now: () => time },
    ring: { getSigner: async (alg) => signers[alg] },
  });
  const body = toNoticeBody({ sub: 'subject', sid: 'session' });
  const message = createOutboxMessage({ topic: 'logout', recipient: service.clientId, personId: 'person', body });
  const readTokens = () => requests.map((request) => new URLSearchParams(request.body).get('logout_token') ?? '');
  const wait = (milliseconds: number): void => {
    time += milliseconds;
  };
  return { sender, message, requests, readTokens, wait };
}

describe('the sender of logout tokens', () => {
  it.each([
    ['200', toAnswer(200), { result: 'sent' }],
    ['204', toAnswer(204), { result: 'sent' }],
    ['202, which is no yes', toAnswer(202), { result: 'failed', failure: 'status-202', retryAfterMs: 0 }],
    ['400', toAnswer(400), { result: 'refused', failure: 'status-400' }],
    ['404', toAnswer(404), { result: 'failed', failure: 'status-404', retryAfterMs: 0 }],
    ['429 with a time', toAnswer(429, '7'), { result: 'failed', failure: 'status-429', retryAfterMs: 7000 }],
    ['503 with a date', toAnswer(503, 'Fri, 31 Dec 2027 23:59:59 GMT'), { result: 'failed', failure: 'status-503', retryAfterMs: 0 }],
    ['nothing', { ok: false, failure: 'timed-out' }, { result: 'failed', failure: 'timed-out' }],
  ] as const)('takes %s for what it says', async (_, outcome, expected) => {
    const { sender, message } = createWorld({ outcome });
    expect(await sender.send(message)).toEqual(expected);
  });

  it('makes a fresh token at each attempt, under the same id', async () => {
    const { sender, message, requests, readTokens, wait } = createWorld();
    await sender.send(message);
    wait(3_600_000);
    await sender.send(message);
    const claims = readTokens().map((token) => decodeJwt(token));
    expect(claims.map(({ jti }) => jti)).toEqual([message.id, message.id]);
    expect(claims.map(({ iat }) => iat)).toEqual([now / 1000, now / 1000 + 3600]);
    expect(claims.map(({ iat = 0, exp = 0 }) => exp - iat)).toEqual([120, 120]);
    expect(requests.map(({ url, method, headers }) => [url, method, headers['content-type']])).toEqual([
      [uri, 'POST', 'application/x-www-form-urlencoded'],
      [uri, 'POST', 'application/x-www-form-urlencoded'],
    ]);
  });

  it.each([
    ['ES256', 'ec', {}],
    ['RS256', 'rsa', { id_token_signed_response_alg: 'RS256' }],
  ] as const)('signs with %s where the ID tokens of the service are', async (alg, kid, metadata) => {
    const { sender, message, readTokens } = createWorld({ metadata: { backchannel_logout_uri: uri, ...metadata } });
    await sender.send(message);
    expect(readTokens().map((token) => decodeProtectedHeader(token))).toEqual([{ alg, kid, typ: 'logout+jwt' }]);
  });

  it('gives up where the service no longer says where it is told', async () => {
    const { sender, message, requests } = createWorld({ metadata: {} });
    expect(await sender.send(message)).toEqual({ result: 'refused', failure: 'no-receiver' });
    expect(await sender.send({ ...message, recipient: 'somebody-else' })).toEqual({ result: 'refused', failure: 'no-receiver' });
    expect(requests).toEqual([]);
  });

  it('says in the log how it ended, for whom and for which service, and no more', () => {
    const { sender, message } = createWorld();
    const shared = { service: message.recipient, personRef: 'person', actor: { kind: 'system', ref: null }, actedBy: null };
    expect(sender.toEvents(message, { state: 'sent' })).toEqual([{ ...shared, type: 'logout.delivered', payload: { jti: message.id } }]);
    expect(sender.toEvents(message, { state: 'dead', failure: 'status-400' })).toEqual([
      { ...shared, type: 'logout.failed', payload: { jti: message.id, failure: 'status-400' } },
    ]);
  });
});
