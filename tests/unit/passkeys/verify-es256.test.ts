// The product verifies the signature of the common passkey itself. Beside the library, over answers that were changed in every way: it accepts what the library
// accepts and nothing more.

import { randomBytes } from 'node:crypto';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { parseRegistrationAnswer, parseSignInAnswer } from '../../../src/domain/passkeys/parse-answer.ts';
import type { SignInAnswer } from '../../../src/domain/passkeys/parse-answer.ts';
import type { HeldPasskey } from '../../../src/domain/passkeys/passkey.ts';
import { verifyRegistration, verifySignIn } from '../../../src/domain/passkeys/verify-ceremony.ts';
import { verifyEs256 } from '../../../src/domain/passkeys/verify-es256.ts';
import { isFull } from '../../support/counts.ts';
import { createSoftwareAuthenticator } from '../../support/software-authenticator.ts';
import type { AuthenticatorSettings } from '../../support/software-authenticator.ts';
import { findVectorKey, toAuthenticationJson, vectors } from '../../support/webauthn-vectors.ts';
import type { Vector } from '../../support/webauthn-vectors.ts';

const relyingParty = { id: 'id.example.gov', origin: 'https://id.example.gov' };

type Signed = { readonly challenge: string; readonly passkey: HeldPasskey; readonly answer: SignInAnswer };

async function sign(settings: AuthenticatorSettings): Promise<Signed> {
  const authenticator = createSoftwareAuthenticator(settings);
  const challenge = randomBytes(32).toString('base64url');
  const options = { challenge, rp: { id: relyingParty.id }, user: { id: challenge }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }] };
  const registered = getValue(parseRegistrationAnswer(authenticator.register(options, relyingParty.origin)));
  const verified = getValue(await verifyRegistration({ relyingParty, challenge }, registered));
  const answer = getValue(parseSignInAnswer(authenticator.authenticate({ challenge, rpId: relyingParty.id }, relyingParty.origin)));
  return { challenge, passkey: { ...verified, createdAt: 0, lastUsedAt: null, standing: 'unknown' }, answer };
}

/** As the product asked the library for every key before it had a way of its own. */
async function askLibrary({ challenge, passkey, answer }: Signed): Promise<boolean> {
  const { id, clientDataJSON, authenticatorData, signature, userHandle } = answer;
  const response = { clientDataJSON, authenticatorData, signature, userHandle };
  try {
    const { verified } = await verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential: { id: passkey.id, publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')), counter: passkey.counter },
    });
    return verified;
  } catch {
    return false;
  }
}

async function askProduct({ challenge, passkey, answer }: Signed): Promise<boolean> {
  return (await verifySignIn({ relyingParty, challenge, passkey }, answer)).ok;
}

type Change = (signed: Signed, at: number) => Signed;

const toBytes = (text: string): Buffer => Buffer.from(text, 'base64url');

function flip(text: string, at: number): string {
  const bytes = toBytes(text);
  const place = Math.floor(at * bytes.length * 8);
  bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7));
  return bytes.toString('base64url');
}

const inAnswer =
  (name: 'authenticatorData' | 'clientDataJSON' | 'signature', change: (text: string, at: number) => string): Change =>
  (signed, at) => ({ ...signed, answer: { ...signed.answer, [name]: change(signed.answer[name], at) } });

const inKey =
  (change: (text: string, at: number) => string): Change =>
  (signed, at) => ({ ...signed, passkey: { ...signed.passkey, publicKey: change(signed.passkey.publicKey, at) } });

const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** The two numbers of an ECDSA-Sig-Value. */
function readNumbers(signature: Buffer): readonly [r: bigint, s: bigint] {
  const sizeOfR = signature[3] ?? 0;
  const toNumber = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
  return [toNumber(signature.subarray(4, 4 + sizeOfR)), toNumber(signature.subarray(6 + sizeOfR))];
}

function toInteger(value: bigint, padding: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const isNegative = (bytes[0] ?? 0) >= 0x80;
  const body = Buffer.concat([Buffer.alloc(padding + (isNegative ? 1 : 0)), bytes]);
  return Buffer.concat([Buffer.from([2, body.length]), body]);
}

const encode =
  (toNumbers: (r: bigint, s: bigint) => readonly [bigint, bigint], padding = 0) =>
  (text: string): string => {
    const numbers = toNumbers(...readNumbers(toBytes(text)));
    const body = Buffer.concat(numbers.map((value) => toInteger(value, padding)));
    return Buffer.concat([Buffer.from([0x30, body.length]), body]).toString('base64url');
  };

function toRaw(text: string): string {
  return Buffer.from(
    readNumbers(toBytes(text))
      .map((value) => value.toString(16).padStart(64, '0'))
      .join(''),
    'hex',
  ).toString('base64url');
}

/** The same COSE key with its first two members exchanged, which no authenticator writes. */
function reorder(text: string): string {
  const bytes = toBytes(text);
  return Buffer.concat([bytes.subarray(0, 1), bytes.subarray(3, 5), bytes.subarray(1, 3), bytes.subarray(5)]).toString('base64url');
}

const append = (text: string): string => Buffer.concat([toBytes(text), Buffer.alloc(1)]).toString('base64url');
const cut = (text: string, at: number): string =>
  toBytes(text)
    .subarray(0, Math.floor(at * toBytes(text).length))
    .toString('base64url');

const changes: Readonly<Record<string, Change>> = {
  none: (signed) => signed,
  'a bit of the authenticator data': inAnswer('authenticatorData', flip),
  'a bit of the client data': inAnswer('clientDataJSON', flip),
  'a bit of the signature': inAnswer('signature', flip),
  'a bit of the key': inKey(flip),
  'the other s': inAnswer(
    'signature',
    encode((r, s) => [r, order - s]),
  ),
  'r of zero': inAnswer(
    'signature',
    encode((_, s) => [0n, s]),
  ),
  's of zero': inAnswer(
    'signature',
    encode((r) => [r, 0n]),
  ),
  'r beyond the order': inAnswer(
    'signature',
    encode((r, s) => [r + order, s]),
  ),
  's beyond the order': inAnswer(
    'signature',
    encode((r, s) => [r, s + order]),
  ),
  'r and s exchanged': inAnswer(
    'signature',
    encode((r, s) => [s, r]),
  ),
  'r and s without DER': inAnswer('signature', toRaw),
  'a byte after the signature': inAnswer('signature', append),
  'a byte after the key': inKey(append),
  'integers that could be shorter': inAnswer(
    'signature',
    encode((r, s) => [r, s], 1),
  ),
  'a signature that is cut off': inAnswer('signature', cut),
  'a key that is cut off': inKey(cut),
  'the members of the key in another order': inKey(reorder),
};

/** What both accept; a key in another form is left to the library. */
const good = new Set(['none', 'the other s', 'the members of the key in another order', 'a byte after the key']);

/** What the library reads, mostly, although it is no DER (X.690 §8.3.2, §10.1). */
const looser = new Set(['a byte after the signature', 'integers that could be shorter']);

describe('a sign-in with the common passkey', () => {
  it('is accepted just when the library accepts it, and its signature is DER, whatever was changed on the way', async () => {
    const settings = fc.record({ isBackupEligible: fc.boolean(), counterStep: fc.constantFrom(0, 1, 7) });
    const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(settings, fc.constantFrom(...Object.keys(changes)), at, async (chosen, name, place) => {
        const signed = await sign({ ...chosen, algorithm: -7 });
        const changed = changes[name]?.(signed, place) ?? signed;
        expect([name, await askProduct(changed)]).toEqual([name, good.has(name)]);
        expect([name, looser.has(name) || (await askLibrary(changed))]).toEqual([name, looser.has(name) || good.has(name)]);
      }),
      {
        numRuns: isFull ? 5000 : 150,
        examples: Object.keys(changes).map((name) => [{ isBackupEligible: true, counterStep: 1 }, name, 0.5]),
      },
    );
  });
});

function toSigned(vector: Vector): readonly [title: string, key: string, signed: Parameters<typeof verifyEs256>[1]] {
  const { authenticatorData, clientDataJSON, signature } = toAuthenticationJson(vector, '').response;
  return [vector.title, findVectorKey(vector).toString('base64url'), { authenticatorData, clientDataJSON, signature }];
}

describe('the signatures of the published vectors', () => {
  const es256 = vectors.filter(({ title }) => title.includes('ES256')).map(toSigned);

  it.each(es256)('hold, and not for other client data: %s', (_, key, signed) => {
    const other = { ...signed, clientDataJSON: flip(signed.clientDataJSON, 0.3) };
    expect([verifyEs256(key, signed), verifyEs256(key, other)]).toEqual([true, false]);
  });

  it('of another algorithm are left to the library', () => {
    const others = vectors.filter(({ title }) => !title.includes('ES256')).map(toSigned);
    expect(others.map(([, key, signed]) => verifyEs256(key, signed))).toEqual(others.map(() => undefined));
    expect(others.length + es256.length).toBe(15);
  });
});
