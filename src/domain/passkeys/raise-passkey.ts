// A passkey that is device-bound and vouched for, and was bound to its person in too weak a way, is brought to `high`: by a level code, and an answer of this very
// passkey.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import { answerAsOwn } from './answer-own.ts';
import type { OwnRefusal, Whose } from './answer-own.ts';
import { findShortfall } from './authentication-facts.ts';
import { toConfirmationOptions } from './ceremony-options.ts';
import { createCeremony } from './ceremony.ts';
import { findLevelCode } from './level-code.ts';
import type { CeremonyAnswer } from './parse-answer.ts';
import type { Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import type { BegunStepUp } from './step-up.ts';

const purpose = 'raise-passkey';

export type Raising = Whose & { readonly code: string; readonly sessionUid: string };

/** Nothing but the way in which it was bound keeps it from `high`. */
export const isRaisable = (passkey: Passkey): boolean => findShortfall(passkey) === 'binding';

export async function beginRaise(
  needs: PasskeyNeeds,
  { personId, binding, code }: Raising,
): Promise<Outcome<BegunStepUp, 'level-code/refused' | 'passkey/not-strong'>> {
  const found = await findLevelCode(needs, { personId, code });
  if (!found.ok) {
    return found;
  }
  const raisable = (await needs.passkeys.listPasskeys(personId)).filter(isRaisable);
  if (raisable.length === 0) {
    return refuse('passkey/not-strong', 'none that could be raised');
  }
  const ceremony = await createCeremony(needs, { purpose, personId, binding });
  return succeed({ ceremony: ceremony.id, options: toConfirmationOptions(needs.relyingParty, ceremony.challenge, raisable) });
}

export type RaiseRefusal = OwnRefusal | 'level-code/refused' | 'passkey/not-strong' | 'session/ended' | 'passkey/gone';

export async function finishRaise(needs: PasskeyNeeds, raising: Raising, answer: CeremonyAnswer): Promise<Outcome<Passkey, RaiseRefusal>> {
  const { personId, binding, code, sessionUid } = raising;
  const own = await answerAsOwn(needs, { personId, binding, purpose }, answer);
  if (!own.ok) {
    return own;
  }
  const { passkey } = own.value;
  if (!isRaisable(passkey)) {
    return refuse('passkey/not-strong', findShortfall(passkey) ?? 'high already');
  }
  const found = await findLevelCode(needs, { personId, code });
  if (!found.ok) {
    return found;
  }
  const { digest: codeDigest } = found.value;
  const sealed = sealEvent(needs, {
    type: 'passkey.raised',
    personRef: personId,
    actor: { kind: 'person', ref: null },
    payload: { aaguid: passkey.aaguid, format: passkey.attestationFormat },
  });
  // Whoever says that it was not them ends the very passkey.
  const event = { ...sealed, seenOn: { passkeyId: passkey.id, device: null } };
  const now = needs.clock.now();
  const saved = await needs.passkeys.raisePasskey({ passkeyId: passkey.id, personId, codeDigest, sessionUid, now, event });
  return saved === 'saved' ? succeed({ ...passkey, ceiling: 'high' }) : refuse(saved, 'store');
}
