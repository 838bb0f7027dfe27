import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRegistrationAnswer, parseSignInAnswer } from '../../../src/domain/passkeys/parse-answer.ts';
import type { Passkey } from '../../../src/domain/passkeys/passkey.ts';
import { verifyRegistration, verifySignIn } from '../../../src/domain/passkeys/verify-ceremony.ts';

type Hex = Readonly<Record<string, string>>;
type Vector = { readonly title: string; readonly registration: Hex; readonly authentication: Hex };
const file: { readonly vectors: readonly Vector[] } = JSON.parse(readFileSync(new URL('./webauthn-l3.json', import.meta.url), 'utf8'));

const relyingParty = { id: 'example.org', origin: 'https://example.org' };

/** The step at which the registration of each vector must stop; those that are not listed must pass. */
const registrationStops: Readonly<Record<string, string>> = {
  'ES256 Credential with No Attestation': 'user-verification',
  'ES256 Credential with "crossOrigin": true in clientDataJSON': 'cross-origin',
  'ES256 Credential with "topOrigin" in clientDataJSON': 'cross-origin',
  'ES256 Credential with very long credential ID': 'user-verification',
  'Packed Attestation with ES384 Credential': 'user-verification',
  'Packed Attestation with ES512 Credential': 'algorithm',
  'Packed Attestation with Ed25519 Credential': 'user-verification',
  'Packed Attestation with Ed448 Credential': 'user-verification',
  'Apple Anonymous Attestation with ES256 Credential': 'user-verification',
  'FIDO U2F Attestation with ES256 Credential': 'user-verification',
};

/** The same for the authentication, of those with an algorithm that is offered. */
const signInStops: Readonly<Record<string, string>> = {
  'ES256 Credential with No Attestation': 'user-verification',
  'ES256 Credential with Self Attestation': 'user-verification',
  'ES256 Credential with "crossOrigin": true in clientDataJSON': 'cross-origin',
  'ES256 Credential with "topOrigin" in clientDataJSON': 'cross-origin',
  'Packed Attestation with RS256 Credential': 'user-verification',
  'Packed Attestation with Ed25519 Credential': 'user-verification',
  'Android Key Attestation with ES256 Credential': 'user-verification',
  'Apple Anonymous Attestation with ES256 Credential': 'user-verification',
  'FIDO U2F Attestation with ES256 Credential': 'user-verification',
};

const notOffered = /ES384|ES512|Ed448/;

function toText(hex: string | undefined): string {
  return Buffer.from(hex ?? '', 'hex').toString('base64url');
}

async function registerVector({ registration }: Vector): Promise<Awaited<ReturnType<typeof verifyRegistration>>> {
  const id = toText(registration['credential_id']);
  const response = {
    clientDataJSON: toText(registration['clientDataJSON']),
    attestationObject: toText(registration['attestationObject']),
  };
  const answer = parseRegistrationAnswer({ id, rawId: id, type: 'public-key', response });
  return answer.ok ? verifyRegistration({ relyingParty, challenge: toText(registration['challenge']) }, answer.value) : answer;
}

/** The record as it would stand if the registration had been accepted; the key is the last part of the vector's authenticator data. */
function toPasskey({ registration }: Vector): Passkey {
  const id = Buffer.from(registration['credential_id'] ?? '', 'hex');
  const attestation = Buffer.from(registration['attestationObject'] ?? '', 'hex');
  const at = attestation.indexOf(id);
  return {
    id: id.toString('base64url'),
    personId: 'a person',
    publicKey: attestation.subarray(at + id.length).toString('base64url'),
    counter: 0,
    transports: [],
    aaguid: '',
    isBackupEligible: (attestation.readUInt8(at - 23) & 0x08) !== 0,
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

async function signInVector(vector: Vector, forged: Hex = {}): Promise<Awaited<ReturnType<typeof verifySignIn>>> {
  const { authentication } = vector;
  const passkey = toPasskey(vector);
  const members = { ...authentication, ...forged };
  const response = {
    clientDataJSON: toText(members['clientDataJSON']),
    authenticatorData: toText(members['authenticatorData']),
    signature: toText(members['signature']),
    userHandle: toText('00'.repeat(32)),
  };
  const answer = parseSignInAnswer({ id: passkey.id, rawId: passkey.id, type: 'public-key', response });
  return answer.ok ? verifySignIn({ relyingParty, passkey, challenge: toText(authentication['challenge']) }, answer.value) : answer;
}

function toVerdict(outcome: { readonly ok: true } | { readonly ok: false; readonly code: string; readonly detail: string }): string {
  return outcome.ok ? 'accepted' : `${outcome.code} ${outcome.detail}`;
}

function toExpected(stop: string | undefined): string {
  return stop === undefined ? 'accepted' : `passkey/refused ${stop}`;
}

describe('the test vectors of WebAuthn Level 3', () => {
  it('are fifteen', () => {
    expect(file.vectors).toHaveLength(15);
  });

  for (const vector of file.vectors) {
    const { title } = vector;
    it(`WA-27 register as expected: ${title}`, async () => {
      expect(toVerdict(await registerVector(vector))).toBe(toExpected(registrationStops[title]));
    });
  }

  for (const vector of file.vectors.filter(({ title }) => !notOffered.test(title))) {
    const { title } = vector;
    it(`WA-27 sign in as expected: ${title}`, async () => {
      expect(toVerdict(await signInVector(vector))).toBe(toExpected(signInStops[title]));
    });
  }

  it('fail with one byte of the signature or of the authenticator data changed', async () => {
    const vector = file.vectors.find(({ title }) => title === 'TPM Attestation with ES256 Credential');
    const { signature = '', authenticatorData = '' } = vector?.authentication ?? {};
    const forged = [{ signature: `${signature.slice(0, -2)}00` }, { authenticatorData: `${authenticatorData.slice(0, -2)}01` }];
    const verdicts = await Promise.all(forged.map(async (change) => toVerdict(await signInVector(vector ?? emptyVector, change))));
    expect(verdicts).toEqual(['passkey/refused signature', 'passkey/refused signature']);
  });
});

const emptyVector: Vector = { title: '', registration: {}, authentication: {} };
