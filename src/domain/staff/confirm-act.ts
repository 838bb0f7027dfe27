// One act at an open desk, confirmed by its officer with their own passkey: somebody who sits down at the desk of another has none. The ceremony is bound to what
// is confirmed; what it leaves is good for as long as a challenge, for that alone, and once (ADR-0082).

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toConfirmationOptions } from '../passkeys/ceremony-options.ts';
import type { ConfirmationOptions } from '../passkeys/ceremony-options.ts';
import { createCeremony, takeCeremony } from '../passkeys/ceremony.ts';
import type { CeremonyAnswer } from '../passkeys/parse-answer.ts';
import type { StaffNeeds } from './needs.ts';
import type { Officer } from './officer.ts';
import { mayConfirm, mayOpenDesk, toEnrolling } from './passkey-rule.ts';
import { verifyOfficer } from './sign-in.ts';
import type { Verified } from './sign-in.ts';
import type { AnswerRefusal } from './settle-suspicion.ts';

export type OfficerAct = {
  readonly officer: Officer;
  /** Names the act and nothing else: a digest of the session and of all that is confirmed. */
  readonly about: string;
};

export type BegunAct = { readonly ceremony: string; readonly options: ConfirmationOptions };

export async function beginOfficerAct(needs: StaffNeeds, { officer, about }: OfficerAct): Promise<BegunAct> {
  const { id, challenge } = await createCeremony(needs, { purpose: 'officer-confirm', personId: null, binding: about });
  const passkeys = await needs.staff.listPasskeys(officer.id);
  const fit = passkeys.filter((passkey) => mayOpenDesk(needs.staffRule, passkey));
  return { ceremony: id, options: toConfirmationOptions(needs.relyingParty, challenge, fit) };
}

/** The name under which the confirmation waits for its act. */
export async function finishOfficerAct(
  needs: StaffNeeds,
  { officer, about }: OfficerAct,
  answer: CeremonyAnswer,
): Promise<Outcome<string, 'passkey/challenge-unknown' | 'officer/passkey-outdated' | AnswerRefusal>> {
  const taken = await takeCeremony(needs, answer.ceremony, { purpose: 'officer-confirm', binding: about });
  if (!taken.ok) {
    return taken;
  }
  const verified = await verifyOfficer(needs, taken.value, answer.response);
  if (!verified.ok) {
    return verified;
  }
  if (verified.value.officer.id !== officer.id || !(await countUse(needs, verified.value))) {
    return refuse('officer/refused', `${officer.id}: a passkey of another officer, its counter or the officer’s status`);
  }
  if (!mayConfirm(await toEnrolling(needs, officer.role), verified.value.passkey)) {
    return refuse('officer/passkey-outdated', officer.id);
  }
  // Nothing is signed over it any more: in the place of a challenge stands the passkey that answered.
  const confirmed = { purpose: 'officer-confirmed', personId: null, binding: about, challenge: verified.value.passkey.id } as const;
  const kept = await createCeremony(needs, confirmed);
  return succeed(kept.id);
}

async function countUse({ staff, clock }: StaffNeeds, { officer, passkey, use }: Verified): Promise<boolean> {
  const { counter, isBackedUp } = use;
  return staff.saveUse({ passkeyId: passkey.id, officerId: officer.id, counter, isBackedUp, at: clock.now() });
}

/** The passkey that answered. Whatever becomes of the act, its confirmation is gone. */
export async function takeConfirmedAct(
  needs: Pick<StaffNeeds, 'clock' | 'passkeys'>,
  about: string,
  name: string,
): Promise<Outcome<string, 'officer/unconfirmed'>> {
  const taken = await takeCeremony(needs, name, { purpose: 'officer-confirmed', binding: about });
  return taken.ok ? succeed(taken.value.challenge) : refuse('officer/unconfirmed', taken.detail);
}
