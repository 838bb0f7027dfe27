// The second half of confirming an act: the answer of a passkey of the very person, over the very challenge, with the person verified by the authenticator.
// What comes back is the evidence by which anybody can check the same again later.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isActive } from '../people/person.ts';
import { takeCeremony } from './ceremony.ts';
import { findJwk } from './check-public-key.ts';
import { parseConfirmationAnswer } from './parse-answer.ts';
import type { CeremonyAnswer, SignInAnswer } from './parse-answer.ts';
import { isCborMap, parseCborItem } from './parse-cbor.ts';
import type { Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import { settleUse } from './settle-use.ts';
import type { UseRefusal } from './settle-use.ts';
import { verifySignIn } from './verify-ceremony.ts';

export type ConfirmationRefusal = 'passkey/challenge-unknown' | 'passkey/not-own' | UseRefusal;

export type Confirmed = {
  readonly challenge: string;
  readonly assertion: {
    /** JWK of the passkey. */
    readonly key: { readonly [name: string]: string };
    readonly authenticatorData: string;
    readonly clientDataJson: string;
    readonly signature: string;
  };
};

type Whose = { readonly personId: string; readonly binding: string };

/** `passkey/not-own` for a passkey that is not this person's, known or not. */
export async function finishConfirmation(
  needs: PasskeyNeeds,
  { personId, binding }: Whose,
  answer: CeremonyAnswer,
): Promise<Outcome<Confirmed, ConfirmationRefusal>> {
  const taken = await takeCeremony(needs, answer.ceremony, { purpose: 'confirm', binding });
  if (!taken.ok) {
    return taken;
  }
  const { challenge } = taken.value;
  if (taken.value.personId !== personId) {
    return refuse('passkey/challenge-unknown', 'person');
  }
  const parsed = parseConfirmationAnswer(answer.response);
  if (!parsed.ok) {
    return parsed;
  }
  const own = await findOwn(needs, personId, parsed.value);
  if (!own.ok) {
    return own;
  }
  const verified = await verifySignIn({ relyingParty: needs.relyingParty, challenge, passkey: own.value }, parsed.value);
  if (!verified.ok) {
    return verified;
  }
  const settled = await settleUse(needs, { passkey: own.value, ceremony: taken.value, verified: verified.value });
  return settled.ok ? toConfirmed(own.value, challenge, parsed.value) : settled;
}

async function findOwn(
  { passkeys, people }: PasskeyNeeds,
  personId: string,
  answer: SignInAnswer,
): Promise<Outcome<Passkey, 'passkey/refused' | 'passkey/not-own'>> {
  const passkey = await passkeys.findPasskey(answer.id);
  const person = await people.findPerson(personId);
  if (passkey?.personId !== personId || person === undefined || !isActive(person)) {
    return refuse('passkey/not-own', passkey === undefined ? 'absent' : 'other-person');
  }
  return answer.userHandle === '' || answer.userHandle === person.handle ? succeed(passkey) : refuse('passkey/refused', 'user-handle');
}

function toConfirmed(
  passkey: Passkey,
  challenge: string,
  { authenticatorData, clientDataJSON, signature }: SignInAnswer,
): Outcome<Confirmed, 'passkey/refused'> {
  const key = findKey(passkey);
  return key === undefined
    ? refuse('passkey/refused', 'public-key')
    : succeed({ challenge, assertion: { key, authenticatorData, clientDataJson: clientDataJSON, signature } });
}

function findKey({ publicKey }: Passkey): Confirmed['assertion']['key'] | undefined {
  const item = parseCborItem(Buffer.from(publicKey, 'base64url'), 0);
  const jwk = item.ok && isCborMap(item.value.value) ? findJwk(item.value.value) : undefined;
  const members = Object.entries(jwk ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return jwk === undefined ? undefined : Object.fromEntries(members);
}
