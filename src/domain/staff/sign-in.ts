// An officer signs in: a challenge that names nobody, then the answer. Counter, session and event are stored in one act. A passkey of a person is
// not among those of officers, and so opens nothing here.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createToken, toDigest } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import { toAuthenticationFacts } from '../passkeys/authentication-facts.ts';
import type { BegunSignIn } from '../passkeys/begin-sign-in.ts';
import { toSignInOptions } from '../passkeys/ceremony-options.ts';
import { createCeremony, takeCeremony } from '../passkeys/ceremony.ts';
import { parseSignInAnswer } from '../passkeys/parse-answer.ts';
import type { CeremonyAnswer, SignInAnswer } from '../passkeys/parse-answer.ts';
import type { Ceremony } from '../passkeys/passkey.ts';
import type { VerifiedSignIn } from '../passkeys/verify-ceremony.ts';
import { verifyHeld } from '../passkeys/verify-held.ts';
import type { StaffNeeds } from './needs.ts';
import { mayOpenDesk, toFitness } from './passkey-rule.ts';
import { isActive } from './officer.ts';
import type { Officer, OfficerPasskey } from './officer.ts';
import { sessionLifeMs } from './session.ts';
import type { StaffSession } from './session.ts';
import { settleSuspicion } from './settle-suspicion.ts';
import type { AnswerRefusal } from './settle-suspicion.ts';

const purpose = 'officer-sign-in';

/** `binding`: digest of what ties the answer to the browser in which the page was opened. */
export async function beginOfficerSignIn(needs: StaffNeeds, binding: string): Promise<BegunSignIn> {
  const ceremony = await createCeremony(needs, { purpose, personId: null, binding });
  return { ceremony: ceremony.id, options: toSignInOptions(needs.relyingParty, ceremony.challenge) };
}

export type StartedSession = { readonly officer: Officer; /** For the cookie and nowhere else. */ readonly token: string };

/** `officer/refused` for every passkey that opens nothing; only its detail, for the log, tells them apart. */
export async function finishOfficerSignIn(
  needs: StaffNeeds,
  binding: string,
  answer: CeremonyAnswer,
): Promise<Outcome<StartedSession, 'passkey/challenge-unknown' | AnswerRefusal>> {
  const taken = await takeCeremony(needs, answer.ceremony, { purpose, binding });
  if (!taken.ok) {
    return taken;
  }
  const verified = await verifyOfficer(needs, taken.value, answer.response);
  return verified.ok ? startSession(needs, verified.value, verified.value.use) : verified;
}

export type Verified = Holder & { readonly use: VerifiedSignIn };

/** Whose passkey answered; the same work for every one that opens nothing. One that is not what it was takes its officer’s account with it. */
export async function verifyOfficer(needs: StaffNeeds, ceremony: Ceremony, response: unknown): Promise<Outcome<Verified, AnswerRefusal>> {
  const parsed = parseSignInAnswer(response);
  if (!parsed.ok) {
    return refuse('officer/refused', 'form');
  }
  const held = await findHeld(needs, parsed.value.id);
  const expected = { relyingParty: needs.relyingParty, challenge: ceremony.challenge, passkey: held.passkey };
  const verified = await verifyHeld(expected, parsed.value);
  const found = judgeHolder(needs, held, parsed.value);
  if (!found.ok) {
    return found;
  }
  if (!verified.ok) {
    return refuse('officer/refused', `${found.value.officer.id}: ${verified.detail}`);
  }
  const { suspicion } = verified.value;
  return suspicion === undefined
    ? succeed({ ...found.value, use: verified.value })
    : settleSuspicion(needs, { ...found.value, ceremony, verified: verified.value }, suspicion);
}

type Holder = { readonly officer: Officer; readonly passkey: OfficerPasskey };

type Held = { readonly passkey: OfficerPasskey | undefined; readonly officer: Officer | undefined };

const nobody = '00000000-0000-0000-0000-000000000000';

/** Both are looked for, whether the first is there or not. */
async function findHeld({ staff }: StaffNeeds, id: string): Promise<Held> {
  const passkey = await staff.findPasskey(id);
  return { passkey, officer: await staff.findOfficer(passkey?.officerId ?? nobody) };
}

/** WebAuthn L3 §7.2 steps 5 and 6: the record is chosen by credential id, and the user handle must name its owner. */
function judgeHolder(needs: StaffNeeds, { passkey, officer }: Held, answer: SignInAnswer): Outcome<Holder, 'officer/refused'> {
  if (passkey === undefined || officer === undefined) {
    return refuse('officer/refused', 'unknown passkey');
  }
  if (!isActive(officer)) {
    return refuse('officer/refused', `${officer.id}: not active`);
  }
  if (!mayOpenDesk(needs.staffRule, passkey)) {
    return refuse('officer/refused', `${officer.id}: its passkey is ${toFitness(passkey)}`);
  }
  return answer.userHandle === officer.handle ? succeed({ officer, passkey }) : refuse('officer/refused', `${officer.id}: user-handle`);
}

async function startSession(
  needs: StaffNeeds,
  { officer, passkey }: Holder,
  { counter, isBackedUp, methods }: VerifiedSignIn,
): Promise<Outcome<StartedSession, 'officer/refused'>> {
  const token = createToken(needs.random);
  const startedAt = needs.clock.now();
  const session: StaffSession = {
    digest: toDigest(token),
    officerId: officer.id,
    startedAt,
    lastSeenAt: startedAt,
    expiresAt: startedAt + sessionLifeMs,
  };
  const { acr, amr } = toAuthenticationFacts({ ...passkey, ceiling: 'substantial' }, methods);
  const event = sealEvent(needs, {
    type: 'officer.signed_in',
    personRef: null,
    actor: { kind: 'officer', ref: officer.id },
    payload: { role: officer.role, acr, amr: [...amr] },
  });
  const isStarted = await needs.staff.startSession({ use: { passkeyId: passkey.id, counter, isBackedUp }, session, event });
  return isStarted ? succeed({ officer, token }) : refuse('officer/refused', `${officer.id}: counter or status`);
}
