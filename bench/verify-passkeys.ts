// What it costs to verify the answer of a passkey: the domain's own function, with answers of a software authenticator, and beside it the library that it asked
// before, and the bare signature.

import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { parseRegistrationAnswer, parseSignInAnswer } from '../src/domain/passkeys/parse-answer.ts';
import type { SignInAnswer } from '../src/domain/passkeys/parse-answer.ts';
import type { HeldPasskey } from '../src/domain/passkeys/passkey.ts';
import { verifyRegistration, verifySignIn } from '../src/domain/passkeys/verify-ceremony.ts';
import { getValue } from '../src/domain/kernel/errors.ts';
import { createSoftwareAuthenticator } from '../tests/support/software-authenticator.ts';
import type { SoftwareAuthenticator } from '../tests/support/software-authenticator.ts';
import type { Verification } from './report.ts';

const relyingParty = { id: 'id.example', origin: 'https://id.example' };
const counts = { answers: 200, warmUp: 600, measured: 2000 } as const;

const createChallenge = (): string => randomBytes(32).toString('base64url');

async function register(authenticator: SoftwareAuthenticator): Promise<HeldPasskey> {
  const challenge = createChallenge();
  const options = {
    challenge,
    rp: { id: relyingParty.id },
    user: { id: createChallenge() },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  };
  const answer = getValue(parseRegistrationAnswer(authenticator.register(options, relyingParty.origin)));
  const verified = getValue(await verifyRegistration({ relyingParty, challenge }, answer));
  return { ...verified, createdAt: 0, lastUsedAt: null, standing: 'unknown' };
}

type Answered = { readonly challenge: string; readonly answer: SignInAnswer };

function answerOnce(authenticator: SoftwareAuthenticator): Answered {
  const challenge = createChallenge();
  const answer = authenticator.authenticate({ challenge, rpId: relyingParty.id }, relyingParty.origin);
  return { challenge, answer: getValue(parseSignInAnswer(answer)) };
}

/** CPU milliseconds of one call, threads of the process included. */
async function measure(call: (turn: number) => Promise<void>): Promise<number> {
  for (let turn = 0; turn < counts.warmUp; turn += 1) {
    await call(turn);
  }
  const before = process.cpuUsage();
  for (let turn = 0; turn < counts.measured; turn += 1) {
    await call(turn);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / counts.measured;
}

type Known = { readonly passkey: HeldPasskey; readonly answers: readonly Answered[] };

async function createKnown(): Promise<Known> {
  const authenticator = createSoftwareAuthenticator({ counterStep: 0 });
  const passkey = await register(authenticator);
  return { passkey, answers: Array.from({ length: counts.answers }, () => answerOnce(authenticator)) };
}

async function measureOurs({ passkey, answers }: Known): Promise<number> {
  return measure(async (turn) => {
    const answered = answers[turn % answers.length];
    if (answered !== undefined) {
      getValue(await verifySignIn({ relyingParty, challenge: answered.challenge, passkey }, answered.answer));
    }
  });
}

/** As the product asked it for every key before it had a way of its own (ADR-0066). */
async function measureLibrary({ passkey, answers }: Known): Promise<number> {
  const credential = { id: passkey.id, publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')), counter: passkey.counter };
  return measure(async (turn) => {
    const answered = answers[turn % answers.length];
    if (answered === undefined) {
      return;
    }
    const { id, clientDataJSON, authenticatorData, signature, userHandle } = answered.answer;
    const response = { clientDataJSON, authenticatorData, signature, userHandle };
    const { verified } = await verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
      expectedChallenge: answered.challenge,
      expectedOrigin: relyingParty.origin,
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential,
    });
    if (!verified) {
      throw new Error('the library does not believe it');
    }
  });
}

/** The floor: two digests and one ES256 signature over as many bytes. */
async function measureSignature(): Promise<number> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = createPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }));
  const [data, client] = [randomBytes(37), randomBytes(140)];
  const toSigned = (): Buffer => Buffer.concat([data, createHash('sha256').update(client).digest()]);
  const signature = sign('sha256', toSigned(), pair.privateKey);
  return measure(async () => {
    if (!verify('sha256', toSigned(), key, signature)) {
      throw new Error('the signature does not hold');
    }
  });
}

export async function measureVerification(): Promise<Verification> {
  const known = await createKnown();
  return { ours: await measureOurs(known), library: await measureLibrary(known), signature: await measureSignature() };
}
