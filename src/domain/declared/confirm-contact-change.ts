// The code came back: the new address takes the place of the old one, and the old one hears that it did.

import type { Millis } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import { openDeclared, sealDeclared } from '../people/declared-data.ts';
import { getPersonalData } from '../people/get-personal-data.ts';
import type { StoredPerson } from '../people/person.ts';
import { channelAttributes } from './channel.ts';
import type { Channel } from './channel.ts';
import { findCode, isSameDigest, toCodeDigest } from './code.ts';
import { mostTries } from './contact-change.ts';
import type { ContactChange } from './contact-change.ts';
import { createFormerAddress } from './former-address.ts';
import type { FormerAddress } from './former-address.ts';
import { openAddress } from './find-contact-change.ts';
import { createLetterMessage } from './letter.ts';
import type { LetterWords } from './letter.ts';
import type { DeclaredNeeds } from './needs.ts';

export type ConfirmAsked = {
  readonly person: StoredPerson;
  readonly channel: Channel;
  readonly sessionDigest: string;
  /** As it was typed. */
  readonly code: string;
  /** What the old e-mail address is told; it MUST NOT name the new value. */
  readonly notice: LetterWords;
};

type Wrong = 'contact/code-wrong' | 'contact/code-ended';

const ended = refuse('contact/code-ended', 'no code of this session can be used');

async function proveCode(needs: DeclaredNeeds, asked: ConfirmAsked): Promise<Outcome<ContactChange, Wrong>> {
  const { person, channel, sessionDigest } = asked;
  const change = await needs.declared.findChange(person.id, channel);
  if (change === undefined || change.sessionDigest !== sessionDigest) {
    return ended;
  }
  const code = findCode(asked.code);
  if (code === undefined) {
    return refuse('contact/code-wrong', 'not eight digits; no try is counted');
  }
  const taken = await needs.declared.takeTry({ id: change.id, sessionDigest, now: needs.clock.now(), mostTries });
  if (taken === undefined) {
    return ended;
  }
  if (isSameDigest(toCodeDigest(needs.lookupKey, taken.id, code), taken.codeDigest)) {
    return succeed(taken);
  }
  return taken.tries < mostTries ? refuse('contact/code-wrong', `try ${taken.tries} of ${mostTries}`) : ended;
}

/** A proven address that is replaced is kept for some weeks, and the notice of the change goes to it with the others, with the link of "it was not me". */
function findFormer(needs: DeclaredNeeds, { person, channel }: ConfirmAsked, replacedAt: Millis): FormerAddress | null {
  const { email, email_verified: isProven } = getPersonalData(needs, person);
  return channel === 'email' && isProven === true && typeof email === 'string'
    ? createFormerAddress(needs, { personId: person.id, email, replacedAt })
    : null;
}

/** To the e-mail address held until now, whichever channel changed: whoever takes over one way to a person must not be able to do it in silence. */
function createNotices(needs: DeclaredNeeds, { person, notice }: ConfirmAsked, former: FormerAddress | null): readonly OutboxMessage[] {
  const { email } = getPersonalData(needs, person);
  const door = needs.doors.email;
  return typeof email === 'string' && door !== null && former === null
    ? [createLetterMessage(needs, person.id, { ...notice, to: door(email), until: null })]
    : [];
}

export async function confirmContactChange(
  needs: DeclaredNeeds,
  asked: ConfirmAsked,
): Promise<Outcome<{ readonly channel: Channel }, Wrong | 'store/conflict'>> {
  const proven = await proveCode(needs, asked);
  if (!proven.ok) {
    return proven;
  }
  const { person, channel } = asked;
  const attribute = channelAttributes[channel];
  const change = proven.value;
  const declared = { ...openDeclared(needs, person), [attribute]: openAddress(needs, change), [`${attribute}_verified`]: true };
  const event = sealEvent(needs, {
    type: 'person.changed',
    personRef: person.id,
    actor: { kind: 'person', ref: null },
    attributes: [attribute],
    payload: { proof: 'code' },
  });
  const former = findFormer(needs, asked, event.at);
  const saved = await needs.declared.saveDeclared({
    personId: person.id,
    expected: person.declared?.ciphertext ?? null,
    declared: sealDeclared(needs, person, declared),
    proven: { id: change.id, codeDigest: change.codeDigest },
    event,
    messages: createNotices(needs, asked, former),
    former,
  });
  return saved === 'saved' ? succeed({ channel }) : refuse(saved, 'the change was made or replaced meanwhile');
}
