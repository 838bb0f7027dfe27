// The second half of a ceremony of somebody who is known already: the answer of a passkey of the very person, over the very challenge, with the person verified by the
// authenticator.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isActive } from '../people/person.ts';
import { takeCeremony } from './ceremony.ts';
import { parseConfirmationAnswer } from './parse-answer.ts';
import type { CeremonyAnswer, SignInAnswer } from './parse-answer.ts';
import type { CeremonyPurpose, Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import { settleUse } from './settle-use.ts';
import type { UseRefusal } from './settle-use.ts';
import type { UserMethod } from './user-verification.ts';
import { verifySignIn } from './verify-ceremony.ts';

export type OwnRefusal = 'passkey/challenge-unknown' | 'passkey/not-own' | UseRefusal;

export type Whose = { readonly personId: string; readonly binding: string };

export type OwnAnswer = {
  readonly passkey: Passkey;
  readonly challenge: string;
  readonly signed: SignInAnswer;
  readonly methods: readonly UserMethod[];
};

/** `passkey/not-own` for a passkey that is not this person's, known or not. */
export async function answerAsOwn(
  needs: PasskeyNeeds,
  { personId, binding, purpose }: Whose & { readonly purpose: CeremonyPurpose },
  answer: CeremonyAnswer,
): Promise<Outcome<OwnAnswer, OwnRefusal>> {
  const taken = await takeCeremony(needs, answer.ceremony, { purpose, binding });
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
  const passkey = own.value;
  const verified = await verifySignIn({ relyingParty: needs.relyingParty, challenge, passkey }, parsed.value);
  if (!verified.ok) {
    return verified;
  }
  const settled = await settleUse(needs, { passkey, ceremony: taken.value, verified: verified.value });
  return settled.ok ? succeed({ passkey, challenge, signed: parsed.value, methods: verified.value.methods }) : settled;
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
