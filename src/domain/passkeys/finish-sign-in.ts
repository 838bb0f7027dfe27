// The second half of signing in. Unknown passkey, inactive person and wrong user handle get one page text: nobody learns who has an account.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isActive } from '../people/person.ts';
import { toAuthenticationFacts } from './authentication-facts.ts';
import type { AuthenticationFacts } from './authentication-facts.ts';
import { takeCeremony } from './ceremony.ts';
import { findMethods } from './find-methods.ts';
import { parseSignInAnswer } from './parse-answer.ts';
import type { CeremonyAnswer, SignInAnswer } from './parse-answer.ts';
import type { Ceremony, Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import { settleUse } from './settle-use.ts';
import type { UseRefusal } from './settle-use.ts';
import { verifySignIn } from './verify-ceremony.ts';

export type SignInRefusal = 'passkey/challenge-unknown' | 'passkey/unknown' | UseRefusal;

export type FinishedSignIn = AuthenticationFacts & { readonly personId: string; readonly passkeyId: string };

/** `binding` is that of `beginSignIn`, computed anew from the interaction or session the answer came in. */
export async function finishSignIn(
  needs: PasskeyNeeds,
  binding: string,
  answer: CeremonyAnswer,
): Promise<Outcome<FinishedSignIn, SignInRefusal>> {
  const taken = await takeCeremony(needs, answer.ceremony, { purpose: 'sign-in', binding });
  if (!taken.ok) {
    return taken;
  }
  const parsed = parseSignInAnswer(answer.response);
  if (!parsed.ok) {
    return parsed;
  }
  const found = await findHolder(needs, taken.value, parsed.value);
  if (!found.ok) {
    return found;
  }
  const passkey = found.value;
  const verified = await verifySignIn({ relyingParty: needs.relyingParty, challenge: taken.value.challenge, passkey }, parsed.value);
  if (!verified.ok) {
    return verified;
  }
  const settled = await settleUse(needs, { passkey, ceremony: taken.value, verified: verified.value });
  if (!settled.ok) {
    return settled;
  }
  const methods = await findMethods(needs, passkey, verified.value.methods);
  return succeed({ personId: passkey.personId, passkeyId: passkey.id, ...toAuthenticationFacts(passkey, methods) });
}

/** WebAuthn L3 §7.2 steps 5 and 6: the record is chosen by credential id, and the user handle must name its owner. */
async function findHolder(
  needs: PasskeyNeeds,
  ceremony: Ceremony,
  answer: SignInAnswer,
): Promise<Outcome<Passkey, 'passkey/refused' | 'passkey/unknown'>> {
  const passkey = await needs.passkeys.findPasskey(answer.id);
  if (passkey === undefined) {
    return refuseAbsent(needs, ceremony, answer);
  }
  const person = await needs.people.findPerson(passkey.personId);
  if (person === undefined || !isActive(person)) {
    // Not unknown: whoever forgot it now would miss it when its person is active again.
    return refuse('passkey/refused', 'person');
  }
  if (answer.userHandle !== person.handle) {
    return refuse('passkey/refused', 'user-handle');
  }
  return ceremony.personId === null || ceremony.personId === person.id ? succeed(passkey) : refuse('passkey/refused', 'other-person');
}

/**
 * `passkey/unknown` for one that opens nothing and never will, so that its keeper may forget it. That a passkey was here once is told only to whoever holds its
 * key; of one that is here, or was, a stranger learns nothing who merely has its id.
 */
async function refuseAbsent(
  { passkeys, relyingParty }: PasskeyNeeds,
  { challenge }: Ceremony,
  answer: SignInAnswer,
): Promise<Outcome<never, 'passkey/refused' | 'passkey/unknown'>> {
  const passkey = await passkeys.findEndedPasskey(answer.id);
  if (passkey === undefined) {
    return refuse('passkey/unknown', 'absent');
  }
  const verified = await verifySignIn({ relyingParty, challenge, passkey }, answer);
  return verified.ok ? refuse('passkey/unknown', 'ended') : refuse('passkey/refused', 'ended');
}
