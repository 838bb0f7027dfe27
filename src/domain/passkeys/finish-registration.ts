// The second half of creating a passkey: the answer is checked, and passkey, used invitation and event are stored in one act.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { SealedEvent } from '../ledger/event.ts';
import { findShortfall } from './authentication-facts.ts';
import { takeCeremony } from './ceremony.ts';
import { findRegistrant } from './find-registrant.ts';
import type { Registering, Registrant, RegistrantRefusal } from './find-registrant.ts';
import { judgeStanding } from './judge-standing.ts';
import { parseRegistrationAnswer } from './parse-answer.ts';
import type { CeremonyAnswer } from './parse-answer.ts';
import type { Passkey } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import { sealRegistered } from './seal-registered.ts';
import { createSpareOffer } from './spare-offer.ts';
import type { IssuedOffer } from './spare-offer.ts';
import { verifyRegistration } from './verify-ceremony.ts';
import type { VerifiedRegistration } from './verify-ceremony.ts';

export type RegistrationRefusal =
  | RegistrantRefusal
  | 'passkey/challenge-unknown'
  | 'passkey/refused'
  | 'passkey/already-registered'
  | 'passkey/too-many'
  | 'passkey/not-strong';

export type FinishedRegistration = {
  readonly personId: string;
  readonly passkey: Passkey;
  /** After the enrolment of somebody who has no other: the offer of a second passkey, for this browser. */
  readonly offer: IssuedOffer | null;
};

export async function finishRegistration(
  needs: PasskeyNeeds,
  by: Registering,
  answer: CeremonyAnswer,
): Promise<Outcome<FinishedRegistration, RegistrationRefusal>> {
  const registrant = await findRegistrant(needs, by);
  // Taken whoever asks: an answer that came with a dead link uses up its challenge too.
  const binding = registrant.ok ? registrant.value.binding : '';
  const taken = await takeCeremony(needs, answer.ceremony, { purpose: by.purpose, binding });
  if (!registrant.ok) {
    return registrant;
  }
  const { person } = registrant.value;
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
  return save(needs, { registrant: registrant.value, device: by.device }, verified.value);
}

type Registered = { readonly registrant: Registrant; readonly device: string | undefined };

async function save(
  needs: PasskeyNeeds,
  { registrant: { person, purpose, ceiling, ...right }, device }: Registered,
  verified: VerifiedRegistration,
): Promise<Outcome<FinishedRegistration, RegistrationRefusal>> {
  const now = needs.clock.now();
  const standing = judgeStanding({ ...verified, createdAt: now }, await needs.metadata.findModels(verified.aaguid));
  const passkey: Passkey = { ...verified, standing, ceiling, personId: person.id, createdAt: now, lastUsedAt: null };
  const shortfall = right.codeDigest === null ? undefined : findShortfall(passkey);
  if (shortfall !== undefined) {
    // The code is not used up: the person tries another device.
    return refuse('passkey/not-strong', shortfall);
  }
  const isFirst = purpose === 'enrol' && (await needs.passkeys.listPasskeys(person.id)).length === 0;
  const offer = isFirst ? createSpareOffer(needs, passkey) : null;
  const event = toEvent(needs, passkey, { codeDigest: right.codeDigest, device });
  const opens = offer?.offer ?? null;
  const saved = await needs.passkeys.savePasskey({ passkey, ...right, opens, now, event });
  return saved === 'saved' ? succeed({ personId: person.id, passkey, offer }) : refuse(saved, 'store');
}

type Told = Pick<Registrant, 'codeDigest'> & Pick<Registered, 'device'>;

function toEvent(needs: PasskeyNeeds, passkey: Passkey, { codeDigest, device }: Told): SealedEvent {
  const sealed = sealRegistered(needs, passkey, codeDigest === null ? 'own' : 'level-code');
  return device === undefined ? sealed : { ...sealed, seenOn: { passkeyId: passkey.id, device } };
}
