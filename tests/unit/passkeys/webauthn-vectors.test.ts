// The published vectors at the product: each through the use cases as a page would hand it in, and each part of it alone, so that a stop by our own rules hides nothing behind it.

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import type { Model } from '../../../src/domain/metadata/model.ts';
import { createCeremony } from '../../../src/domain/passkeys/ceremony.ts';
import { checkPublicKey } from '../../../src/domain/passkeys/check-public-key.ts';
import { examineStatement } from '../../../src/domain/passkeys/examine-statement.ts';
import { finishRegistration } from '../../../src/domain/passkeys/finish-registration.ts';
import { finishSignIn } from '../../../src/domain/passkeys/finish-sign-in.ts';
import { judgeStanding } from '../../../src/domain/passkeys/judge-standing.ts';
import { parseSignInAnswer } from '../../../src/domain/passkeys/parse-answer.ts';
import { parseAttestation } from '../../../src/domain/passkeys/parse-attestation.ts';
import { parseAuthenticatorData } from '../../../src/domain/passkeys/parse-authenticator-data.ts';
import type { Passkey } from '../../../src/domain/passkeys/passkey.ts';
import { toRelyingParty } from '../../../src/domain/passkeys/relying-party.ts';
import { verifySignIn } from '../../../src/domain/passkeys/verify-ceremony.ts';
import { binding, createPasskeyWorld, startOfWorld, toVerdict } from '../../support/passkey-world.ts';
import type { Vector } from '../../support/webauthn-vectors.ts';
import {
  findVectorKey,
  isVectorSynced,
  toAuthenticationJson,
  toRegistrationJson,
  toVectorId,
  toVectorText,
  vectorParty,
  vectorRoot,
  vectors,
} from '../../support/webauthn-vectors.ts';

/** Whatever model a vector names, its maker is the authority of the vectors. */
const model: Model = {
  source: 'fido',
  aaguid: '',
  description: 'Authenticator of the vectors',
  isListed: true,
  isWarned: false,
  status: 'FIDO_CERTIFIED_L1',
  statusSince: '2024-01-01',
  roots: [vectorRoot.toString('base64')],
  userVerification: [],
  keyProtection: ['hardware'],
  attestationTypes: ['basic_full'],
};

const noUser = 'passkey/refused user-verification';
const framed = 'passkey/refused cross-origin';
const nobody = 'nobody is signed in';

/** What comes of both halves: the standing of a passkey that was registered, or the refusal; then the sign-in. */
const journeys: Readonly<Record<string, readonly [registered: string, signedIn: string]>> = {
  'ES256 Credential with No Attestation': [noUser, nobody],
  'ES256 Credential with Self Attestation': ['unknown', noUser],
  'ES256 Credential with "crossOrigin": true in clientDataJSON': [framed, nobody],
  'ES256 Credential with "topOrigin" in clientDataJSON': [framed, nobody],
  'ES256 Credential with very long credential ID': [noUser, nobody],
  'Packed Attestation with ES256 Credential': ['trusted', 'ok'],
  'Packed Attestation with ES384 Credential': [noUser, nobody],
  'Packed Attestation with ES512 Credential': ['passkey/refused algorithm', nobody],
  'Packed Attestation with RS256 Credential': ['trusted', noUser],
  'Packed Attestation with Ed25519 Credential': [noUser, nobody],
  'Packed Attestation with Ed448 Credential': [noUser, nobody],
  'TPM Attestation with ES256 Credential': ['unknown', 'ok'],
  'Android Key Attestation with ES256 Credential': ['unknown', noUser],
  'Apple Anonymous Attestation with ES256 Credential': [noUser, nobody],
  'FIDO U2F Attestation with ES256 Credential': [noUser, nobody],
};

async function walk(vector: Vector): Promise<readonly [string, string]> {
  const world = createPasskeyWorld([model]);
  const needs = { ...world, relyingParty: toRelyingParty(vectorParty.origin, 'Huwiya') };
  const person = await world.addPerson();
  const by = { purpose: 'add-passkey', personId: person.id, sessionUid: 'a session', binding } as const;
  const asked = {
    purpose: 'add-passkey',
    personId: person.id,
    binding,
    challenge: toVectorText(vector.registration['challenge']),
  } as const;
  const { id: first } = await createCeremony(needs, asked);
  const registered = await finishRegistration(needs, by, { ceremony: first, response: toRegistrationJson(vector) });
  const challenge = toVectorText(vector.authentication['challenge']);
  const { id: second } = await createCeremony(needs, { purpose: 'sign-in', personId: null, binding, challenge });
  const signedIn = await finishSignIn(needs, binding, { ceremony: second, response: toAuthenticationJson(vector, person.handle) });
  // Why a passkey that was never registered opens nothing is nobody's to learn.
  const isStranger = !registered.ok && !signedIn.ok;
  return [registered.ok ? registered.value.passkey.standing : toVerdict(registered), isStranger ? nobody : toVerdict(signedIn)];
}

/** Where the authentication of those with an algorithm that is offered stops, had the passkey been registered; those that are not listed must pass. */
const signInStops: Readonly<Record<string, string>> = {
  'ES256 Credential with No Attestation': noUser,
  'ES256 Credential with Self Attestation': noUser,
  'ES256 Credential with "crossOrigin": true in clientDataJSON': framed,
  'ES256 Credential with "topOrigin" in clientDataJSON': framed,
  'Packed Attestation with RS256 Credential': noUser,
  'Packed Attestation with Ed25519 Credential': noUser,
  'Android Key Attestation with ES256 Credential': noUser,
  'Apple Anonymous Attestation with ES256 Credential': noUser,
  'FIDO U2F Attestation with ES256 Credential': noUser,
};

const notOffered = /ES384|ES512|Ed448/;

/** The record as it would stand if the registration had been accepted. */
function toPasskey(vector: Vector): Passkey {
  return {
    id: toVectorId(vector),
    personId: 'a person',
    publicKey: findVectorKey(vector).toString('base64url'),
    counter: 0,
    transports: [],
    aaguid: '',
    isBackupEligible: isVectorSynced(vector),
    isBackedUp: false,
    attestationFormat: 'none',
    attestation: '',
    isStatementVerified: false,
    createdAt: 0,
    lastUsedAt: null,
    standing: 'unknown',
    ceiling: 'substantial',
  };
}

async function signInVector(vector: Vector, forged: Readonly<Record<string, string>> = {}): Promise<string> {
  const passkey = toPasskey(vector);
  const answer = getValue(parseSignInAnswer(toAuthenticationJson(vector, toVectorText('00'.repeat(32)), forged)));
  const challenge = toVectorText(vector.authentication['challenge']);
  const verified = await verifySignIn({ relyingParty: vectorParty, passkey, challenge }, answer);
  return verified.ok ? 'ok' : `${verified.code} ${verified.detail}`;
}

type Worth = readonly [statement: string, standing: string, key: string];
const offered = 'checked';
const declined = 'passkey/refused algorithm';

/** The statement alone, its chain, and whether the key is of a kind that a passkey may have here. */
const worths: Readonly<Record<string, Worth>> = {
  'ES256 Credential with No Attestation': ['unexamined', 'unknown', offered],
  'ES256 Credential with Self Attestation': ['verified', 'unknown', offered],
  'ES256 Credential with "crossOrigin": true in clientDataJSON': ['unexamined', 'unknown', offered],
  'ES256 Credential with "topOrigin" in clientDataJSON': ['unexamined', 'unknown', offered],
  'ES256 Credential with very long credential ID': ['unexamined', 'unknown', offered],
  'Packed Attestation with ES256 Credential': ['verified', 'trusted', offered],
  'Packed Attestation with ES384 Credential': ['verified', 'trusted', declined],
  'Packed Attestation with ES512 Credential': ['verified', 'trusted', declined],
  'Packed Attestation with RS256 Credential': ['verified', 'trusted', offered],
  'Packed Attestation with Ed25519 Credential': ['verified', 'trusted', offered],
  'Packed Attestation with Ed448 Credential': ['verified', 'trusted', declined],
  // Its key may leave the chip, and was not said to be born there.
  'TPM Attestation with ES256 Credential': ['unexamined', 'unknown', offered],
  // Its keystore is in software and names no purpose and no origin.
  'Android Key Attestation with ES256 Credential': ['unexamined', 'unknown', offered],
  'Apple Anonymous Attestation with ES256 Credential': ['verified', 'trusted', offered],
  'FIDO U2F Attestation with ES256 Credential': ['unexamined', 'unknown', offered],
};

function weigh({ registration }: Vector): Worth {
  const attestationObject = Buffer.from(registration['attestationObject'] ?? '', 'hex');
  const attestation = getValue(parseAttestation(attestationObject));
  // Not every vector verified its user, and the parts behind that are read all the same: of a copy that says it did. What is signed stays what it was.
  const copy = Buffer.from(attestation.authenticatorData);
  copy.writeUInt8(copy.readUInt8(32) | 0x04, 32);
  const credential = getValue(parseAuthenticatorData(copy, vectorParty.id)).attested;
  if (credential === undefined) {
    throw new TypeError('a vector without a credential');
  }
  const clientDataHash = createHash('sha256')
    .update(registration['clientDataJSON'] ?? '', 'hex')
    .digest();
  const examination = examineStatement({ ...attestation, clientDataHash, credential });
  const judged = {
    attestation: attestationObject.toString('base64url'),
    isStatementVerified: examination === 'verified',
    createdAt: startOfWorld,
  };
  const key = checkPublicKey(credential.publicKey);
  return [examination, judgeStanding(judged, [model]), key.ok ? key.value : `${key.code} ${key.detail}`];
}

describe('the test vectors of WebAuthn Level 3', () => {
  it('are fifteen, and each is expected somewhere', () => {
    const titles = vectors.map(({ title }) => title);
    expect([titles.length, Object.keys(journeys).toSorted(), Object.keys(worths).toSorted()]).toEqual([
      15,
      titles.toSorted(),
      titles.toSorted(),
    ]);
  });

  for (const vector of vectors) {
    const { title } = vector;
    it(`WA-27 register and sign in as expected: ${title}`, async () => {
      expect(await walk(vector)).toEqual(journeys[title]);
    });

    it(`WA-27 state of their makers and keys what is expected: ${title}`, () => {
      expect(weigh(vector)).toEqual(worths[title]);
    });
  }

  for (const vector of vectors.filter(({ title }) => !notOffered.test(title))) {
    const { title } = vector;
    it(`WA-27 sign in as expected, had they been registered: ${title}`, async () => {
      expect(await signInVector(vector)).toBe(signInStops[title] ?? 'ok');
    });
  }

  it('fail with one byte of the signature or of the authenticator data changed', async () => {
    const [vector] = vectors.filter(({ title }) => title === 'TPM Attestation with ES256 Credential');
    if (vector === undefined) {
      throw new TypeError('the vector is missing');
    }
    const { signature = '', authenticatorData = '' } = vector.authentication;
    const forged = [{ signature: `${signature.slice(0, -2)}00` }, { authenticatorData: `${authenticatorData.slice(0, -2)}01` }];
    const verdicts = await Promise.all(forged.map(async (change) => signInVector(vector, change)));
    expect(verdicts).toEqual(['passkey/refused signature', 'passkey/refused signature']);
  });
});
