// Whose passkey an answer names, and whether it is signed by it: with the same look-ups and one check of a signature, whether there is such a passkey or not.
// Neither the answer nor the time that it takes tells a stranger what is here (EN-06, WA-26).

import type { Outcome } from '../kernel/errors.ts';
import type { StoredPerson } from '../people/person.ts';
import type { SignInAnswer } from './parse-answer.ts';
import type { HeldPasskey, Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import { verifySignIn } from './verify-ceremony.ts';
import type { ExpectedSignIn, VerifiedSignIn } from './verify-ceremony.ts';

/** On P-256, made once and its private half thrown away: no answer is signed by it. */
const nobodysKey = 'pQECAyYgASFYILExRXvPS-ygwYAXRkEftzk2jJmtYM4MZPFXHw21Uv9oIlggdii9EVrRhOgcngbuhs2eVQq_LJ1k1rKr-NFS39e1R9k';

function toNobodys(id: string): HeldPasskey {
  return {
    id,
    publicKey: nobodysKey,
    counter: 0,
    transports: [],
    aaguid: '',
    isBackupEligible: false,
    isBackedUp: false,
    attestationFormat: 'none',
    attestation: '',
    isStatementVerified: false,
    createdAt: 0,
    lastUsedAt: null,
    standing: 'unknown',
  };
}

type Expected = Omit<ExpectedSignIn, 'passkey'> & { readonly passkey: HeldPasskey | undefined };

/** Of a passkey that is not there nothing verifies. */
export async function verifyHeld(
  { passkey, ...expected }: Expected,
  answer: SignInAnswer,
): Promise<Outcome<VerifiedSignIn, 'passkey/refused'>> {
  return verifySignIn({ ...expected, passkey: passkey ?? toNobodys(answer.id) }, answer);
}

export type Held = {
  readonly passkey: Passkey | undefined;
  /** Undefined where the passkey has ended. */
  readonly person: StoredPerson | undefined;
  readonly hasEnded: boolean;
};

/** WebAuthn L3 §7.2 step 5: the record is chosen by credential id. */
export async function findHeld({ passkeys, people }: PasskeyNeeds, id: string): Promise<Held> {
  const passkey = await passkeys.findPasskey(id);
  if (passkey !== undefined) {
    return { passkey, person: await people.findPerson(passkey.personId), hasEnded: false };
  }
  const ended = await passkeys.findEndedPasskey(id);
  return { passkey: ended, person: undefined, hasEnded: ended !== undefined };
}
