// The ceremony of somebody who is frozen and therefore cannot sign in: of its own purpose, naming nobody, and believed only where the person is frozen. Whatever
// does not verify gets the answer of every wrong passkey; what the passkey is worth is said to its holder alone.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toLevel } from '../passkeys/authentication-facts.ts';
import { toSignInOptions } from '../passkeys/ceremony-options.ts';
import { createCeremony, takeCeremony } from '../passkeys/ceremony.ts';
import type { BegunSignIn } from '../passkeys/begin-sign-in.ts';
import { parseSignInAnswer } from '../passkeys/parse-answer.ts';
import type { CeremonyAnswer, SignInAnswer } from '../passkeys/parse-answer.ts';
import type { Passkey } from '../passkeys/passkey.ts';
import type { PasskeyNeeds } from '../passkeys/relying-party.ts';
import { isSettled } from '../passkeys/settled.ts';
import { settleUse } from '../passkeys/settle-use.ts';
import type { UseRefusal } from '../passkeys/settle-use.ts';
import { findHeld, verifyHeld } from '../passkeys/verify-held.ts';
import type { Held } from '../passkeys/verify-held.ts';
import type { StoredPerson } from '../people/person.ts';
import { beginUnfreeze } from './begin-unfreeze.ts';
import type { UnfreezeNeeds } from './begin-unfreeze.ts';
import { liftIfDue } from './lift-freezes.ts';
import type { AwaitedEnd } from './store.ts';

export type UnfreezingNeeds = UnfreezeNeeds & PasskeyNeeds;

export async function beginUnfreezeCeremony(needs: PasskeyNeeds, binding: string): Promise<BegunSignIn> {
  const ceremony = await createCeremony(needs, { purpose: 'unfreeze', personId: null, binding });
  return { ceremony: ceremony.id, options: toSignInOptions(needs.relyingParty, ceremony.challenge) };
}

/** `open`: nothing is frozen any more. `counter`: the passkey verified, and reaches too little. */
export type Unfroze = { readonly next: 'open' | 'counter' | 'ordered' } | (AwaitedEnd & { readonly next: 'waits' });

type Refusal = 'passkey/challenge-unknown' | 'passkey/unknown' | UseRefusal;

type Holder = { readonly passkey: Passkey; readonly person: StoredPerson };

function judgeHolder({ passkey, person, hasEnded }: Held, answer: SignInAnswer): Outcome<Holder, 'passkey/refused' | 'passkey/unknown'> {
  if (passkey === undefined || hasEnded || person === undefined || (person.status !== 'frozen' && person.status !== 'active')) {
    return refuse('passkey/unknown', passkey === undefined ? 'absent' : 'person');
  }
  return answer.userHandle === person.handle ? succeed({ passkey, person }) : refuse('passkey/refused', 'user-handle');
}

async function verifyHolder(needs: PasskeyNeeds, binding: string, answer: CeremonyAnswer): Promise<Outcome<Holder, Refusal>> {
  const taken = await takeCeremony(needs, answer.ceremony, { purpose: 'unfreeze', binding });
  if (!taken.ok) {
    return taken;
  }
  const parsed = parseSignInAnswer(answer.response);
  if (!parsed.ok) {
    return parsed;
  }
  const held = await findHeld(needs, parsed.value.id);
  const { challenge } = taken.value;
  const verified = await verifyHeld({ relyingParty: needs.relyingParty, challenge, passkey: held.passkey }, parsed.value);
  const found = judgeHolder(held, parsed.value);
  if (!verified.ok || !found.ok) {
    return verified.ok ? found : verified;
  }
  // A copy is what a thief would open with: here as at a sign-in it ends the passkey.
  const settled = await settleUse(needs, { passkey: found.value.passkey, ceremony: taken.value, verified: verified.value });
  return settled.ok ? found : settled;
}

/**
 * A key that somebody bound in an open session lifts nothing that its person then closed (WA-20), and one that the person disowns lifts nothing while the case is
 * open: nor one that came after what they disown.
 */
export async function mayLift(
  needs: Pick<UnfreezingNeeds, 'protection' | 'passkeys'>,
  passkey: Passkey,
  frozenAt: number,
): Promise<boolean> {
  const { id, personId, createdAt } = passkey;
  const cases = await needs.protection.listOpenCases(personId);
  if (cases.some((notice) => notice.passkeyId === id || createdAt >= notice.at)) {
    return false;
  }
  const held = { alive: await needs.passkeys.listPasskeys(personId), ended: await needs.passkeys.listEndedPasskeys(personId) };
  return toLevel(passkey) === 'high' && isSettled(held, id, frozenAt);
}

export async function finishUnfreezeCeremony(
  needs: UnfreezingNeeds,
  binding: string,
  answer: CeremonyAnswer,
): Promise<Outcome<Unfroze, Refusal>> {
  const verified = await verifyHolder(needs, binding, answer);
  if (!verified.ok) {
    return verified;
  }
  const { passkey, person } = verified.value;
  if (person.status === 'active' || (await liftIfDue(needs, person.id))) {
    return succeed({ next: 'open' });
  }
  const frozenAt = Math.min(...(await needs.protection.findFreezes(person.id)).map((freeze) => freeze.frozenAt));
  if (!(await mayLift(needs, passkey, frozenAt))) {
    return succeed({ next: 'counter' });
  }
  const begun = await beginUnfreeze(needs, { personId: person.id, by: 'passkey', actor: { kind: 'person', ref: null } });
  if (begun.ok) {
    return succeed({ next: 'waits', ...begun.value });
  }
  return succeed({ next: begun.code === 'freeze/ordered' ? 'ordered' : 'open' });
}
