// The second half of signing in. Unknown passkey, inactive person and wrong user handle get one page text: nobody learns who has an account.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { isActive } from '../people/person.ts';
import type { StoredPerson } from '../people/person.ts';
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
import type { VerifiedSignIn } from './verify-ceremony.ts';
import { findHeld, verifyHeld } from './verify-held.ts';
import type { Held } from './verify-held.ts';

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
  const held = await findHeld(needs, parsed.value.id);
  const expected = { relyingParty: needs.relyingParty, challenge: taken.value.challenge, passkey: held.passkey };
  const verified = await verifyHeld(expected, parsed.value);
  const found = judgeHolder(held, { ceremony: taken.value, answer: parsed.value, verified });
  if (!found.ok) {
    return found;
  }
  const { passkey, used } = found.value;
  const settled = await settleUse(needs, { passkey, ceremony: taken.value, verified: used });
  if (!settled.ok) {
    return settled;
  }
  const methods = await findMethods(needs, passkey, used.methods);
  return succeed({ personId: passkey.personId, passkeyId: passkey.id, ...toAuthenticationFacts(passkey, methods) });
}

type Answered = {
  readonly ceremony: Ceremony;
  readonly answer: SignInAnswer;
  readonly verified: Outcome<VerifiedSignIn, 'passkey/refused'>;
};

type Holder = { readonly passkey: Passkey; readonly used: VerifiedSignIn };

/**
 * `passkey/unknown` for an answer that no key here has signed, so that its keeper may forget the passkey: one that is here signs well, so that a stranger who merely
 * has an id gets the same whether it is known or not. That a passkey was here once is told only to whoever holds its key.
 */
function judgeHolder(
  { passkey, person, hasEnded }: Held,
  { ceremony, answer, verified }: Answered,
): Outcome<Holder, 'passkey/refused' | 'passkey/unknown'> {
  if (!verified.ok) {
    return verified.detail === 'signature' ? refuse('passkey/unknown', passkey === undefined ? 'absent' : 'signature') : verified;
  }
  if (passkey === undefined || hasEnded) {
    return refuse('passkey/unknown', 'ended');
  }
  const refused = findUnfit(person, ceremony, answer);
  return refused === undefined ? succeed({ passkey, used: verified.value }) : refuse('passkey/refused', refused);
}

function findUnfit(person: StoredPerson | undefined, { personId }: Ceremony, { userHandle }: SignInAnswer): string | undefined {
  if (person === undefined || !isActive(person)) {
    // Not unknown: whoever forgot it now would miss it when its person is active again.
    return 'person';
  }
  // WebAuthn L3 §7.2 step 6: the user handle must name its owner.
  if (userHandle !== person.handle) {
    return 'user-handle';
  }
  return personId === null || personId === person.id ? undefined : 'other-person';
}
