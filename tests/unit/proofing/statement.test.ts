// Each rule of a statement by itself: one that breaks it and nothing else is refused, and the log of the operator names the step.

import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { issuerSchema } from '../../../src/domain/proofing/issuer.ts';
import { verifyStatement } from '../../../src/domain/proofing/statement.ts';

type Members = Readonly<Record<string, unknown>>;

const huwiya = 'https://huwiya.example';
const issuer = 'https://proofing.example';
const nowSeconds = 1_780_000_000;
const pairs = {
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed: generateKeyPairSync('ed25519'),
};

const toKey = ({ publicKey }: { readonly publicKey: KeyObject }, alg: string, kid: string): Members => ({
  ...publicKey.export({ format: 'jwk' }),
  alg,
  kid,
});

const registered = {
  ...issuerSchema.parse({
    issuer,
    name: { ar: 'جهة التحقق', en: 'Proofing provider' },
    jwks: { keys: [toKey(pairs.ec, 'ES256', 'of-ec'), toKey(pairs.rsa, 'PS256', 'of-rsa'), toKey(pairs.ed, 'EdDSA', 'of-ed')] },
    trust_framework: 'sa_registry',
    assurance_levels: ['high'],
    check_methods: ['vcrypt', 'bvr'],
    high_methods: ['vcrypt'],
  }),
  since: 0,
  endedAt: null,
};

const needs = {
  issuer: huwiya,
  clock: { now: () => nowSeconds * 1000 },
  proofings: { findIssuer: async (name: string) => (name === issuer ? registered : undefined) },
};

const toTime = (seconds: number): string => new Date(seconds * 1000).toISOString();
const evidence = {
  type: 'document',
  document_details: { type: 'idcard', document_number: '7C19', issuer: { name: 'Ministry of Interior', country_code: 'SAU' } },
  check_details: ['vcrypt', 'bvr'].map((method) => ({ check_method: method, organization: 'Provider', time: toTime(nowSeconds - 60) })),
};
const verification = { trust_framework: 'sa_registry', assurance_level: 'high', time: toTime(nowSeconds - 60), evidence: [evidence] };
const sound = {
  iss: issuer,
  aud: huwiya,
  sub: '1000000008',
  iat: nowSeconds - 1,
  exp: nowSeconds + 120,
  jti: '0123456789abcdef',
  purpose: 'enrolment',
  verified_claims: { verification },
};

type Made = { readonly claims?: Members; readonly header?: Members; readonly key?: KeyObject };

const headSchema = z.looseObject({ alg: z.string() });

async function make({ claims = {}, header = {}, key = pairs.ec.privateKey }: Made): Promise<string> {
  const head = { alg: 'ES256', kid: 'of-ec', typ: 'proofing+jwt', ...header };
  // What is `undefined` is not in it.
  return new SignJWT({ ...sound, ...claims }).setProtectedHeader(headSchema.parse(JSON.parse(JSON.stringify(head)))).sign(key);
}

async function take(jwt: string): Promise<string> {
  const taken = await verifyStatement(needs, jwt);
  return taken.ok ? 'taken' : `${taken.code}: ${taken.detail}`;
}

const refused = (step: string): string => `proofing/statement-refused: ${step}`;
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const withVerification = (changes: Members): Made => ({ claims: { verified_claims: { verification: { ...verification, ...changes } } } });

describe('a statement', () => {
  test.each<[string, Made]>([
    ['ES256', {}],
    ['PS256', { header: { alg: 'PS256', kid: 'of-rsa' }, key: pairs.rsa.privateKey }],
    ['EdDSA', { header: { alg: 'EdDSA', kid: 'of-ed' }, key: pairs.ed.privateKey }],
    ['ES256 on a clock that goes five seconds before ours', { claims: { iat: nowSeconds + 5, exp: nowSeconds + 125 } }],
  ])('is taken when it is signed with %s', async (_what, made) => {
    expect(await take(await make(made))).toBe('taken');
  });

  test.each<[string, string, Made]>([
    ['for somebody else', 'audience', { claims: { aud: 'https://other.example' } }],
    ['for nobody', 'audience', { claims: { aud: undefined } }],
    ['for us and somebody else', 'form: aud', { claims: { aud: [huwiya, 'https://other.example'] } }],
    ['over', 'time', { claims: { iat: nowSeconds - 200, exp: nowSeconds - 11 } }],
    ['without an end', 'form: exp', { claims: { exp: undefined } }],
    ['longer than five minutes', 'form: exp', { claims: { exp: nowSeconds + 300 } }],
    ['over before it begins', 'form: exp', { claims: { exp: nowSeconds - 1 } }],
    ['without a beginning', 'time', { claims: { iat: undefined } }],
    ['of the future', 'time', { claims: { iat: nowSeconds + 60, exp: nowSeconds + 120 } }],
    ['older than five minutes', 'time', { claims: { iat: nowSeconds - 400, exp: nowSeconds - 100 } }],
    ['with a time before which it does not count', 'form: unrecognized_keys', { claims: { nbf: nowSeconds - 1 } }],
    ['without a name of its own', 'form: jti', { claims: { jti: undefined } }],
    ['with a name that is soon used up', 'form: jti', { claims: { jti: '12345' } }],
    ['for another purpose', 'form: purpose', { claims: { purpose: 'recovery' } }],
    ['of another type', 'type', { header: { typ: 'JWT' } }],
    ['of no type', 'type', { header: { typ: undefined } }],
    ['of nobody who is registered', 'issuer', { claims: { iss: 'https://unknown.example' } }],
    [
      'with a whole number of a document',
      'form: verified_claims.verification.evidence.0.document_details.document_number',
      withVerification({ evidence: [{ ...evidence, document_details: { ...evidence.document_details, document_number: '1000000008' } }] }),
    ],
    ['in another framework', 'trust framework', withVerification({ trust_framework: 'eidas' })],
    ['of a level that is not its own', 'level or method', withVerification({ assurance_level: 'very_high' })],
    ['of a check to come', 'checked in the future', withVerification({ time: toTime(nowSeconds + 60) })],
  ])('%s is refused, and the step is: %s', async (_what, step, made) => {
    expect(await take(await make(made))).toBe(refused(step));
  });

  test.each<[string, string, Made]>([
    ['no key', 'key', { header: { kid: undefined } }],
    ['a key that nobody registered', 'key', { header: { kid: 'planted' } }],
    ['the key of another algorithm', 'key', { header: { kid: 'of-rsa' } }],
    ['a registered key that did not sign it', 'signature', { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
    [
      'the key in an algorithm that it was not registered for',
      'algorithm',
      { header: { alg: 'RS256', kid: 'of-rsa' }, key: pairs.rsa.privateKey },
    ],
    [
      'the public key as a secret',
      'algorithm',
      { header: { alg: 'HS256' }, key: createSecretKey(Buffer.from(String(pairs.ec.publicKey.export({ type: 'spki', format: 'pem' })))) },
    ],
  ])('that names %s is refused, and the step is: %s', async (_what, step, made) => {
    expect(await take(await make(made))).toBe(refused(step));
  });

  test('without a signature, or with a header that wants more, is refused', async () => {
    const none = `${encode({ alg: 'none', kid: 'of-ec', typ: 'proofing+jwt' })}.${encode(sound)}.`;
    expect(await take(none)).toBe(refused('algorithm'));
    const [head = '', body = '', signature = ''] = (await make({})).split('.');
    expect(await take(`${head}.${encode({ ...sound, sub: '2000000006' })}.${signature}`)).toBe(refused('signature'));
    expect(
      await take(`${encode({ alg: 'ES256', kid: 'of-ec', typ: 'proofing+jwt', crit: ['planted'], planted: 1 })}.${body}.${signature}`),
    ).toBe(refused('form of a JWT'));
    expect(await take('a.b')).toBe(refused('issuer'));
  });
});
