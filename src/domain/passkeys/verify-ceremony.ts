// The one file that knows the WebAuthn library. It owns the checks that the library leaves out, runs them first, and turns both ways in which
// the library says no (it throws, or it answers `verified: false`) into one outcome. Nothing here calls the network: no certificate is fetched,
// no revocation list, no metadata. The library never sees an attestation statement (ADR-0068). What it says in its messages never leaves this file.

import { createHash } from 'node:crypto';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { algorithms, checkPublicKey } from './check-public-key.ts';
import { examineStatement } from './examine-statement.ts';
import type { RegistrationAnswer, SignInAnswer } from './parse-answer.ts';
import { parseAttestation, toUnattested } from './parse-attestation.ts';
import type { Attestation } from './parse-attestation.ts';
import { parseAuthenticatorData } from './parse-authenticator-data.ts';
import type { AttestedCredential, AuthenticatorData } from './parse-authenticator-data.ts';
import { checkClientData } from './parse-client-data.ts';
import type { HeldPasskey, Suspicion } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';
import { toUserMethods } from './user-verification.ts';
import type { UserMethod } from './user-verification.ts';
import { verifyEs256 } from './verify-es256.ts';

export type ExpectedRegistration = { readonly relyingParty: Pick<RelyingParty, 'id' | 'origin'>; readonly challenge: string };
export type ExpectedSignIn = ExpectedRegistration & { readonly passkey: HeldPasskey };

export type VerifiedRegistration = Omit<HeldPasskey, 'createdAt' | 'lastUsedAt' | 'standing'>;

export type VerifiedSignIn = Pick<HeldPasskey, 'counter' | 'isBackedUp'> & {
  readonly methods: readonly UserMethod[];
  /** Undefined for most. The caller MUST let in nobody with one, and may act upon it: nobody but who holds the key can cause it. */
  readonly suspicion: Suspicion | undefined;
};

/** WebAuthn L3 §7.1. */
export async function verifyRegistration(
  expected: ExpectedRegistration,
  answer: RegistrationAnswer,
): Promise<Outcome<VerifiedRegistration, 'passkey/refused'>> {
  const checked = checkRegistration(expected, answer);
  if (!checked.ok) {
    return checked;
  }
  const { attestation, data, credential } = checked.value;
  const verified = await runLibrary(() => verifyRegistrationResponse(toLibraryRegistration(expected, answer, attestation)));
  const clientDataHash = createHash('sha256').update(toBytes(answer.clientDataJSON)).digest();
  const examination = examineStatement({ ...attestation, clientDataHash, credential });
  if (verified?.verified !== true || examination === 'wrong') {
    return refuse('passkey/refused', 'attestation');
  }
  const { aaguid, credential: registered } = verified.registrationInfo;
  return succeed({
    id: answer.id,
    publicKey: Buffer.from(registered.publicKey).toString('base64url'),
    counter: data.counter,
    transports: answer.transports,
    aaguid,
    isBackupEligible: data.isBackupEligible,
    isBackedUp: data.isBackedUp,
    attestationFormat: attestation.format,
    attestation: answer.attestationObject,
    isStatementVerified: examination === 'verified',
  });
}

/** WebAuthn L3 §7.2. The user handle is compared by the caller, who knows its owner. */
export async function verifySignIn(expected: ExpectedSignIn, answer: SignInAnswer): Promise<Outcome<VerifiedSignIn, 'passkey/refused'>> {
  const checked = checkSignIn(expected, answer);
  if (!checked.ok) {
    return checked;
  }
  if (!(await isSigned(expected, answer))) {
    return refuse('passkey/refused', 'signature');
  }
  const { counter, isBackedUp, extensions } = checked.value;
  return succeed({ counter, isBackedUp, methods: toUserMethods(extensions), suspicion: findSuspicion(expected.passkey, checked.value) });
}

/** A counter that stands still or goes back is the mark of a copied key; authenticators without a counter always send zero. BE is constant for life (§7.2 step 19). */
function findSuspicion(passkey: HeldPasskey, { counter, isBackupEligible }: AuthenticatorData): Suspicion | undefined {
  if (isBackupEligible !== passkey.isBackupEligible) {
    return 'changed';
  }
  return counter > passkey.counter || (counter === 0 && passkey.counter === 0) ? undefined : 'copied';
}

async function isSigned(expected: ExpectedSignIn, answer: SignInAnswer): Promise<boolean> {
  const isSignedByCommonKey = verifyEs256(expected.passkey.publicKey, answer);
  if (isSignedByCommonKey !== undefined) {
    return isSignedByCommonKey;
  }
  const verified = await runLibrary(() => verifyAuthenticationResponse(toLibrarySignIn(expected, answer)));
  return verified?.verified === true;
}

type CheckedRegistration = {
  readonly attestation: Attestation;
  readonly data: AuthenticatorData;
  readonly credential: AttestedCredential;
};

function checkRegistration(expected: ExpectedRegistration, answer: RegistrationAnswer): Outcome<CheckedRegistration, 'passkey/refused'> {
  const { relyingParty, challenge } = expected;
  const client = checkClientData(toBytes(answer.clientDataJSON), { type: 'webauthn.create', challenge, origin: relyingParty.origin });
  if (!client.ok) {
    return client;
  }
  const attestation = parseAttestation(toBytes(answer.attestationObject));
  if (!attestation.ok) {
    return attestation;
  }
  const data = parseAuthenticatorData(Buffer.from(attestation.value.authenticatorData), relyingParty.id);
  if (!data.ok) {
    return data;
  }
  // The page could put another passkey's id around this one: only the attested id is under the authenticator's word.
  const credential = data.value.attested;
  if (credential?.id !== answer.id) {
    return refuse('passkey/refused', 'credential-id');
  }
  const key = checkPublicKey(credential.publicKey);
  return key.ok ? succeed({ attestation: attestation.value, data: data.value, credential }) : key;
}

function checkSignIn(expected: ExpectedSignIn, answer: SignInAnswer): Outcome<AuthenticatorData, 'passkey/refused'> {
  const { relyingParty, challenge, passkey } = expected;
  const client = checkClientData(toBytes(answer.clientDataJSON), { type: 'webauthn.get', challenge, origin: relyingParty.origin });
  if (!client.ok) {
    return client;
  }
  const data = parseAuthenticatorData(toBytes(answer.authenticatorData), relyingParty.id);
  if (!data.ok) {
    return data;
  }
  return answer.id === passkey.id ? data : refuse('passkey/refused', 'credential-id');
}

function toLibraryRegistration(
  { relyingParty, challenge }: ExpectedRegistration,
  { id, clientDataJSON }: RegistrationAnswer,
  { authenticatorData }: Attestation,
): Parameters<typeof verifyRegistrationResponse>[0] {
  const response = { clientDataJSON, attestationObject: toUnattested(authenticatorData) };
  return {
    response: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: [...algorithms],
  };
}

function toLibrarySignIn(
  { relyingParty, challenge, passkey }: ExpectedSignIn,
  { id, clientDataJSON, authenticatorData, signature, userHandle }: SignInAnswer,
): Parameters<typeof verifyAuthenticationResponse>[0] {
  const response = { clientDataJSON, authenticatorData, signature, userHandle };
  return {
    response: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
    // The counter is judged here, after the signature: the library would refuse before it, and nobody could tell a copied key from a forged answer.
    credential: { id: passkey.id, publicKey: new Uint8Array(toBytes(passkey.publicKey)), counter: 0 },
  };
}

function toBytes(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

/** The library throws for most refusals, with text from the answer in its messages: nothing of that goes further. */
async function runLibrary<T>(verify: () => Promise<T>): Promise<T | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}
