// Somebody typed a registry number. Whatever it is, the answer is the same and the work is the same (EN-06): a letter is composed, sealed and written, and only
// where it is meant for somebody does it stay. Who knows a number and nothing else has begun nothing.

import { toDestinationDigest } from '../declared/code.ts';
import { createLetterMessage } from '../declared/letter.ts';
import { dayMs } from '../kernel/clock.ts';
import { parsePersonReference } from '../people/parse-person-reference.ts';
import type { StoredPerson } from '../people/person.ts';
import { createStranger } from '../people/stranger.ts';
import { findProvenEmail } from './channels.ts';
import { createOneTimeCode } from '../kernel/one-time-code.ts';
import { toRecoveryCodeDigest } from './code.ts';
import type { RecoveryNeeds } from './needs.ts';
import { settledChannelMs, statusesByWay, toCodeLifeMs } from './recovery.ts';

const nowhere = 'nobody@invalid';

const isRecoverable = ({ status }: StoredPerson): boolean => statusesByWay.waiting.some((allowed) => allowed === status);

type Found = { readonly person: StoredPerson; readonly isKnown: boolean };

/** Whether a letter would be theirs: asked of a stranger like of anybody. */
async function isReachable(needs: RecoveryNeeds, { person, isKnown }: Found): Promise<boolean> {
  const email = findProvenEmail(needs, person);
  const isFresh = await needs.recoveries.hasChangedChannel(person.id, needs.clock.now() - settledChannelMs);
  const isOrdered = await needs.recoveries.isClosedByOrder(person.id);
  const passkeys = await needs.passkeys.listPasskeys(person.id);
  // Who never had a passkey has nothing to recover and is enrolled at a counter. Who has none left that is alive, because the last was suspended, could not be asked in any
  // session and has two officers look: the page of the ways says so.
  return [isKnown, isRecoverable(person), email !== undefined, !isFresh, !isOrdered, passkeys.length > 0].every(Boolean);
}

async function findAnybody(needs: RecoveryNeeds, number: string): Promise<Found> {
  const stranger = createStranger(needs, { email: nowhere, email_verified: false });
  const found = await parsePersonReference(needs, number);
  return { person: found.ok ? found.value : stranger, isKnown: found.ok };
}

export async function askCode(needs: RecoveryNeeds, number: string): Promise<void> {
  const found = await findAnybody(needs, number);
  const { person } = found;
  const now = needs.clock.now();
  const { sent, isOneAlive } = await needs.recoveries.countCodes(person.id, { since: now - dayMs, now });
  const isMeant = (await isReachable(needs, found)) && !isOneAlive;
  const code = createOneTimeCode(needs.random);
  const expiresAt = now + toCodeLifeMs(sent);
  const to = findProvenEmail(needs, person) ?? nowhere;
  const letter = { ...needs.letters.toCode(person, code), to: needs.doors.email?.(to) ?? to, until: expiresAt };
  await needs.recoveries.saveCode({
    code: {
      digest: toRecoveryCodeDigest(needs.lookupKey, code),
      personId: person.id,
      destinationDigest: toDestinationDigest(needs.lookupKey, 'email', to),
      sentAt: now,
      expiresAt,
    },
    isMeant,
    message: createLetterMessage(needs, person.id, letter),
  });
}
