// Confirming once more with a passkey that reaches the higher level: only passkeys of the person that do are named, and the answer of any other raises nothing.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { answerAsOwn } from './answer-own.ts';
import type { OwnRefusal, Whose } from './answer-own.ts';
import { findShortfall, toAuthenticationFacts, toLevel } from './authentication-facts.ts';
import { toConfirmationOptions } from './ceremony-options.ts';
import type { ConfirmationOptions } from './ceremony-options.ts';
import { createCeremony } from './ceremony.ts';
import { findMethods } from './find-methods.ts';
import type { FinishedSignIn } from './finish-sign-in.ts';
import type { CeremonyAnswer } from './parse-answer.ts';
import type { PasskeyNeeds } from './relying-party.ts';

const purpose = 'step-up';

export type BegunStepUp = { readonly ceremony: string; readonly options: ConfirmationOptions };

/** `service/level-too-low` where the person has no passkey to name: an empty list would let any passkey answer. */
export async function beginStepUp(
  needs: PasskeyNeeds,
  { personId, binding }: Whose,
): Promise<Outcome<BegunStepUp, 'service/level-too-low'>> {
  const passkeys = await needs.passkeys.listPasskeys(personId);
  const reaching = passkeys.filter((passkey) => toLevel(passkey) === 'high');
  if (reaching.length === 0) {
    return refuse('service/level-too-low', 'no passkey of this person reaches it');
  }
  const ceremony = await createCeremony(needs, { purpose, personId, binding });
  return succeed({ ceremony: ceremony.id, options: toConfirmationOptions(needs.relyingParty, ceremony.challenge, reaching) });
}

/** `service/level-too-low` where the answer is good and the passkey does not reach the level now, whatever the page had named. */
export async function finishStepUp(
  needs: PasskeyNeeds,
  whose: Whose,
  answer: CeremonyAnswer,
): Promise<Outcome<FinishedSignIn, OwnRefusal | 'service/level-too-low'>> {
  const own = await answerAsOwn(needs, { ...whose, purpose }, answer);
  if (!own.ok) {
    return own;
  }
  const { passkey } = own.value;
  const shortfall = findShortfall(passkey);
  if (shortfall !== undefined) {
    return refuse('service/level-too-low', shortfall);
  }
  const methods = await findMethods(needs, passkey, own.value.methods);
  return succeed({ personId: passkey.personId, passkeyId: passkey.id, ...toAuthenticationFacts(passkey, methods) });
}
