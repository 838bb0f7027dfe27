// An officer's passkey, created by the one-time link: a challenge, then the answer. Passkey, used link and event are stored in one act.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import type { BegunRegistration } from '../passkeys/begin-registration.ts';
import { toRegistrationOptions } from '../passkeys/ceremony-options.ts';
import { createCeremony, takeCeremony } from '../passkeys/ceremony.ts';
import { parseRegistrationAnswer } from '../passkeys/parse-answer.ts';
import type { CeremonyAnswer } from '../passkeys/parse-answer.ts';
import { verifyRegistration } from '../passkeys/verify-ceremony.ts';
import type { VerifiedRegistration } from '../passkeys/verify-ceremony.ts';
import { judgeStanding } from '../passkeys/judge-standing.ts';
import { mayEnrol, mustBeAttested, toEnrolling, toFitness } from './passkey-rule.ts';
import { findOfficerEnrolment } from './find-enrolment.ts';
import type { OfficerEnrolment } from './find-enrolment.ts';
import type { StaffNeeds } from './needs.ts';
import type { Officer, OfficerPasskey, Role } from './officer.ts';

const purpose = 'officer-enrol';

/** `label` is shown by the authenticator to tell accounts apart: it names the role, because the same device may hold the officer's own identity. */
export async function beginOfficerEnrolment(
  needs: StaffNeeds,
  token: string,
  label: string,
): Promise<Outcome<BegunRegistration, 'officer/invalid-link'>> {
  const enrolment = await findOfficerEnrolment(needs, token);
  if (!enrolment.ok) {
    return enrolment;
  }
  const { officer, digest } = enrolment.value;
  const ceremony = await createCeremony(needs, { purpose, personId: null, binding: digest });
  const subject = { handle: officer.handle, label, passkeys: [] };
  return succeed({ ceremony: ceremony.id, options: toRegistrationOptions(needs.relyingParty, ceremony.challenge, subject) });
}

export type EnrolmentRefusal =
  | 'officer/invalid-link'
  | 'officer/passkey-unproven'
  | 'passkey/challenge-unknown'
  | 'passkey/refused'
  | 'passkey/already-registered';

export async function finishOfficerEnrolment(
  needs: StaffNeeds,
  token: string,
  answer: CeremonyAnswer,
): Promise<Outcome<Officer, EnrolmentRefusal>> {
  const enrolment = await findOfficerEnrolment(needs, token);
  // Taken whoever asks: an answer that came with a dead link uses up its challenge too.
  const taken = await takeCeremony(needs, answer.ceremony, { purpose, binding: enrolment.ok ? enrolment.value.digest : '' });
  if (!enrolment.ok) {
    return enrolment;
  }
  if (!taken.ok) {
    return taken;
  }
  const parsed = parseRegistrationAnswer(answer.response);
  const verified = parsed.ok
    ? await verifyRegistration({ relyingParty: needs.relyingParty, challenge: taken.value.challenge }, parsed.value)
    : parsed;
  return verified.ok ? saveFit(needs, enrolment.value, verified.value) : verified;
}

/** Whether the new passkey of this role has to be one of a device and model that the metadata vouch for: told before an officer comes with another. */
export async function demandsAttested(needs: StaffNeeds, role: Role): Promise<boolean> {
  return mustBeAttested(await toEnrolling(needs, role));
}

const unended = { endedAt: null, endReason: null } as const;

/** Only a passkey that may open a desk. A link whose passkey will not do is not used up: the officer comes back with another. */
async function saveFit(
  needs: StaffNeeds,
  { officer, digest }: OfficerEnrolment,
  verified: VerifiedRegistration,
): Promise<Outcome<Officer, EnrolmentRefusal>> {
  const now = needs.clock.now();
  const standing = judgeStanding({ ...verified, createdAt: now }, await needs.metadata.findModels(verified.aaguid));
  if (!mayEnrol(await toEnrolling(needs, officer.role), { ...verified, standing, ...unended })) {
    return refuse('officer/passkey-unproven', `${officer.id}: ${toFitness({ ...verified, standing, ...unended })}`);
  }
  const passkey: OfficerPasskey = { ...verified, standing, officerId: officer.id, createdAt: now, lastUsedAt: null, ...unended };
  const event = sealEvent(needs, {
    type: 'officer.enrolled',
    personRef: null,
    actor: { kind: 'officer', ref: officer.id },
    payload: { role: officer.role, aaguid: passkey.aaguid, backup_eligible: passkey.isBackupEligible, format: passkey.attestationFormat },
  });
  const saved = await needs.staff.savePasskey({ passkey, invitationDigest: digest, now, event });
  return saved === 'saved' ? succeed(officer) : refuse(saved, 'store');
}
