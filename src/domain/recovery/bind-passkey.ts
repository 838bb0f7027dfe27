// The last step of every recovery: one new passkey. Looking at the page uses nothing up; the finished ceremony ends everything that was.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Millis } from '../kernel/clock.ts';
import { sealEvent } from '../ledger/event.ts';
import type { BegunRegistration } from '../passkeys/begin-registration.ts';
import { toRegistrationOptions } from '../passkeys/ceremony-options.ts';
import { createCeremony, takeCeremony } from '../passkeys/ceremony.ts';
import { judgeStanding } from '../passkeys/judge-standing.ts';
import { parseRegistrationAnswer } from '../passkeys/parse-answer.ts';
import { sealRegistered } from '../passkeys/seal-registered.ts';
import type { CeremonyAnswer } from '../passkeys/parse-answer.ts';
import { verifyRegistration } from '../passkeys/verify-ceremony.ts';
import type { StoredPerson } from '../people/person.ts';
import { findOneTimeCode } from '../kernel/one-time-code.ts';
import { toRecoveryCodeDigest } from './code.ts';
import type { RecoveryNeeds } from './needs.ts';
import type { Recovery } from './recovery.ts';
import { sealRecovery, toSealEnd } from './seal.ts';

const purpose = 'recover';

export type Binding = {
  readonly recovery: Recovery;
  readonly person: StoredPerson;
  /** What its ceremonies and forms are bound to. */
  readonly digest: string;
  readonly until: Millis;
};

/** Somebody frozen comes back at a counter alone. */
const isStanding = ({ way, begunStatus }: Recovery, { status }: StoredPerson): boolean =>
  status === 'active' || (way === 'counter' && status === begunStatus);

/** One answer for every code that binds nothing: unknown, used, too late, or of a recovery that is over. */
export async function findBinding(needs: RecoveryNeeds, text: string): Promise<Outcome<Binding, 'recovery/code-wrong'>> {
  const digest = toRecoveryCodeDigest(needs.lookupKey, findOneTimeCode(text) ?? '');
  const recovery = await needs.recoveries.findReady(digest, needs.clock.now());
  const person = recovery && (await needs.people.findPerson(recovery.personId));
  if (recovery === undefined || person === undefined || recovery.codeUntil === null) {
    return refuse('recovery/code-wrong', 'no recovery is ready');
  }
  return isStanding(recovery, person)
    ? succeed({ recovery, person, digest, until: recovery.codeUntil })
    : refuse('recovery/code-wrong', 'status');
}

/** No earlier passkey is excluded: they all end, and the device of the lost one may be the one in the hand. */
export async function beginBinding(
  needs: RecoveryNeeds,
  { person, digest }: Pick<Binding, 'person' | 'digest'>,
  label: string,
): Promise<BegunRegistration> {
  const ceremony = await createCeremony(needs, { purpose, personId: person.id, binding: digest });
  const options = toRegistrationOptions(needs.relyingParty, ceremony.challenge, { handle: person.handle, label, passkeys: [] });
  return { ceremony: ceremony.id, options };
}

export type BindingRefusal = 'recovery/code-wrong' | 'passkey/challenge-unknown' | 'passkey/refused' | 'passkey/already-registered';

export async function finishBinding(
  needs: RecoveryNeeds,
  { recovery, person, digest }: Binding,
  answer: CeremonyAnswer,
): Promise<Outcome<Recovery, BindingRefusal>> {
  const taken = await takeCeremony(needs, answer.ceremony, { purpose, binding: digest });
  if (!taken.ok) {
    return taken;
  }
  if (taken.value.personId !== person.id) {
    return refuse('passkey/challenge-unknown', 'person');
  }
  const parsed = parseRegistrationAnswer(answer.response);
  const verified = parsed.ok
    ? await verifyRegistration({ relyingParty: needs.relyingParty, challenge: taken.value.challenge }, parsed.value)
    : parsed;
  if (!verified.ok) {
    return verified;
  }
  const at = needs.clock.now();
  const standing = judgeStanding({ ...verified.value, createdAt: at }, await needs.metadata.findModels(verified.value.aaguid));
  const passkey = { ...verified.value, standing, personId: person.id, createdAt: at, lastUsedAt: null } as const;
  const self = { kind: 'person', ref: null } as const;
  const saved = await needs.recoveries.saveCompleted({
    recoveryId: recovery.id,
    codeDigest: digest,
    passkey,
    at,
    events: [sealRegistered(needs, passkey), sealRecovery(needs, { ...recovery, type: 'recovery.completed', actor: self })],
    sealSessionEnd: () => sealEvent(needs, { type: 'session.ended', personRef: person.id, actor: self, reason: 'recovered' }),
    sealEnd: toSealEnd(needs),
    lifting: needs.toLifting(person.id),
  });
  return saved === 'saved' ? succeed(recovery) : refuse(saved, 'over or used meanwhile');
}
