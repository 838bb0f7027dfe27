// Proofs of possession that must be refused, and unusual ones that must be taken: those of the suite's `dpop-negative-tests`, and more (RFC 9449 §4.2, §4.3).

import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { ProofChanges, Proven } from './fapi-client.ts';
import { signText } from './fapi-services.ts';
import type { ProofKey } from './dpop-proof.ts';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part = ''): object => {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return typeof value === 'object' && value !== null ? value : {};
};
const hour = 3600;
const now = (): number => Math.floor(Date.now() / 1000);

/** The proof under another header, with the signature that it had or another. */
const rehead =
  (change: (head: object) => object, sign?: (text: string) => string) =>
  (proof: string): string => {
    const [head, payload = '', signature = ''] = proof.split('.');
    const text = `${encode(change(decode(head)))}.${payload}`;
    return `${text}.${sign === undefined ? signature : sign(text)}`;
  };

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { n, e } = rsa.publicKey.export({ format: 'jwk' });
const rsaJwk = { kty: 'RSA', n, e };

const flip = (proof: string): string => {
  const [head = '', payload = '', signature = ''] = proof.split('.');
  return `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
};

/** By what is wrong with them. */
export const badProofs: Readonly<Record<string, (key: ProofKey, asked: Proven) => ProofChanges>> = {
  'no JWT at all': () => ({ bend: () => 'a-proof' }),
  'two parts only': () => ({ bend: (proof) => proof.split('.').slice(0, 2).join('.') }),
  'four parts': () => ({ bend: (proof) => `${proof}.${proof}` }),
  'no typ': () => ({ head: { typ: undefined } }),
  'another typ': () => ({ head: { typ: 'dpop+jwt+wrongyousee' } }),
  'typ JWT': () => ({ head: { typ: 'JWT' } }),
  'no alg': () => ({ bend: rehead((head) => ({ ...head, alg: undefined, alg2: 'ES256' })) }),
  'alg none': () => ({
    bend: rehead(
      (head) => ({ ...head, alg: 'none' }),
      () => '',
    ),
  }),
  'HS256 with the public key': (key) => ({
    bend: rehead(
      (head) => ({ ...head, alg: 'HS256' }),
      (text) => createHmac('sha256', JSON.stringify(key.jwk)).update(text).digest('base64url'),
    ),
  }),
  RS256: () => ({
    bend: rehead(
      (head) => ({ ...head, alg: 'RS256', jwk: rsaJwk }),
      (text) => signText(text, rsa.privateKey, 'RS256'),
    ),
  }),
  'an algorithm that is not offered': () => ({ head: { alg: 'ES384' } }),
  'an unknown crit': () => ({ head: { crit: ['huwiya'], huwiya: 1 } }),
  'no jwk': () => ({ head: { jwk: undefined } }),
  'a jwk that is no key': () => ({ head: { jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } } }),
  'a private key in the jwk': (key) => ({ head: { jwk: { ...key.jwk, d: key.privateKey.export({ format: 'jwk' }).d } } }),
  'a symmetric key in the jwk': () => ({ head: { jwk: { kty: 'oct', k: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } } }),
  'a bent signature': () => ({ bend: flip }),
  'no signature': () => ({ bend: (proof) => `${proof.split('.').slice(0, 2).join('.')}.` }),
  'no jti': () => ({ claims: { jti: undefined } }),
  'an empty jti': () => ({ claims: { jti: '' } }),
  'a jti that is a number': () => ({ claims: { jti: 7 } }),
  'no htm': () => ({ claims: { htm: undefined } }),
  'another method': () => ({ claims: { htm: 'PUT' } }),
  'the method in lower case': (_key, { method }) => ({ claims: { htm: method.toLowerCase() } }),
  'no htu': () => ({ claims: { htu: undefined } }),
  'another address': (_key, { url }) => ({ claims: { htu: `${url}ohnonotagain` } }),
  'another host': (_key, { url }) => ({ claims: { htu: url.replace('localhost', 'evil.example') } }),
  'an htu that is no address': () => ({ claims: { htu: '/me' } }),
  'no iat': () => ({ claims: { iat: undefined } }),
  'an iat that is a text': () => ({ claims: { iat: String(now()) } }),
  'a nonce that is a number': () => ({ claims: { nonce: 7 } }),
  'an end in the past': () => ({ claims: { exp: now() - 60 } }),
  'a beginning in the future': () => ({ claims: { nbf: now() + 61 } }),
};

/** Where an access token comes with the proof. */
export const badTokenProofs: Readonly<Record<string, ProofChanges>> = {
  'no ath': { claims: { ath: undefined } },
  'the hash of another token': { claims: { ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo' } },
  'an ath that is a number': { claims: { ath: 7 } },
};

/** A nonce of the server says when a proof was made; its own time says nothing then (RFC 9449 §4.3 item 11, §11.1; ADR-0057). */
export const goodProofs: Readonly<Record<string, (asked: Proven) => ProofChanges>> = {
  'as usual': () => ({}),
  'ten seconds old': () => ({ claims: { iat: now() - 10 } }),
  'eight seconds ahead': () => ({ claims: { iat: now() + 8 } }),
  'an hour old': () => ({ claims: { iat: now() - hour } }),
  'an hour ahead': () => ({ claims: { iat: now() + hour } }),
  'with nbf and exp': () => ({ claims: { nbf: now(), exp: now() + 300 } }),
  'with members that nobody knows': () => ({ head: { tx_id: 1 }, claims: { tx_id_key: 1 } }),
  'with a query and a fragment in htu': ({ url }) => ({ claims: { htu: `${url}?all=doors#cheery` } }),
  'with scheme and host in capitals': ({ url }) => ({ claims: { htu: url.replace('http://localhost', 'HTTP://LOCALHOST') } }),
};
