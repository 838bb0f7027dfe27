// What it costs to verify the answer of a passkey: the domain's own function, with answers of a software authenticator, and the bare signature beside it.

import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
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

async function measureOurs(): Promise<number> {
  const authenticator = createSoftwareAuthenticator({ counterStep: 0 });
  const passkey = await register(authenticator);
  const answers = Array.from({ length: counts.answers }, () => answerOnce(authenticator));
  return measure(async (turn) => {
    const answered = answers[turn % answers.length];
    if (answered !== undefined) {
      getValue(await verifySignIn({ relyingParty, challenge: answered.challenge, passkey }, answered.answer));
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
  return { ours: await measureOurs(), signature: await measureSignature() };
}
