// The ways to reach a person: the one that proves something, and all that are told.

import { createLetterMessage } from '../declared/letter.ts';
import type { LetterWords } from '../declared/letter.ts';
import type { Millis } from '../kernel/clock.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import { getPersonalData } from '../people/get-personal-data.ts';
import type { StoredPerson } from '../people/person.ts';
import type { RecoveryNeeds } from './needs.ts';

type ChannelNeeds = Pick<RecoveryNeeds, 'clock' | 'random' | 'dataKey' | 'doors'>;

const attributes = { email: ['email', 'email_verified'], phone: ['phone_number', 'phone_number_verified'] } as const;

/** A proven email address; undefined where there is none, or nothing is sent by mail. */
export function findProvenEmail(needs: ChannelNeeds, person: StoredPerson): string | undefined {
  const { email, email_verified: isProven } = getPersonalData(needs, person);
  return typeof email === 'string' && isProven === true && needs.doors.email !== null ? email : undefined;
}

/** One letter to each proven channel, so that no single one that somebody took over keeps the others silent. What was merely typed may be anybody's. */
export function createNotices(
  needs: ChannelNeeds,
  person: StoredPerson,
  toWords: (channel: 'email' | 'phone') => LetterWords,
): readonly OutboxMessage[] {
  const data = getPersonalData(needs, person);
  return (['email', 'phone'] as const).flatMap((channel) => {
    const [name, proof] = attributes[channel];
    const address = data[name];
    const door = needs.doors[channel];
    return typeof address === 'string' && data[proof] === true && door !== null
      ? [createLetterMessage(needs, person.id, { ...toWords(channel), to: door(address), until: null })]
      : [];
  });
}

/**
 * The letter at the end of the waiting time, written at the beginning: it lies in the outbox until then, under the id of the recovery, and goes with it when it ends
 * before. To the channel that began it and no other, because only that one leads on.
 */
export function createDueLetter(
  needs: ChannelNeeds,
  person: StoredPerson,
  { id, readyAt, words }: { readonly id: string; readonly readyAt: Millis; readonly words: LetterWords },
): readonly OutboxMessage[] {
  const to = findProvenEmail(needs, person);
  const door = needs.doors.email;
  if (to === undefined || door === null) {
    return [];
  }
  const then = { ...needs, clock: { now: () => readyAt } };
  return [{ ...createLetterMessage(then, person.id, { ...words, to: door(to), until: null }), id }];
}
