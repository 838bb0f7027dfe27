// The ways to reach a person: the one that proves something, and all that are told.

import { createLetterMessage } from '../declared/letter.ts';
import type { LetterWords } from '../declared/letter.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import { getPersonalData } from '../people/get-personal-data.ts';
import type { StoredPerson } from '../people/person.ts';
import type { RecoveryNeeds } from './needs.ts';

type ChannelNeeds = Pick<RecoveryNeeds, 'clock' | 'random' | 'dataKey' | 'doors'>;

const attributes = { email: 'email', phone: 'phone_number' } as const;

/** A proven email address; undefined where there is none, or nothing is sent by mail. */
export function findProvenEmail(needs: ChannelNeeds, person: StoredPerson): string | undefined {
  const { email, email_verified: isProven } = getPersonalData(needs, person);
  return typeof email === 'string' && isProven === true && needs.doors.email !== null ? email : undefined;
}

/** One letter to each channel that is held, so that no single one that somebody took over keeps the others silent. */
export function createNotices(
  needs: ChannelNeeds,
  person: StoredPerson,
  toWords: (channel: 'email' | 'phone') => LetterWords,
): readonly OutboxMessage[] {
  const data = getPersonalData(needs, person);
  return (['email', 'phone'] as const).flatMap((channel) => {
    const address = data[attributes[channel]];
    const door = needs.doors[channel];
    return typeof address === 'string' && door !== null
      ? [createLetterMessage(needs, person.id, { ...toWords(channel), to: door(address), until: null })]
      : [];
  });
}
