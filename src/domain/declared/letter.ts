// A letter on its way: composed where it is caused, sealed while it waits, opened only by the sender that hands it over. It holds an address, and often a code.

import type { KeyObject } from 'node:crypto';
import type { Clock, Millis } from '../kernel/clock.ts';
import { Fault } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import { createMessage } from '../outbox/message.ts';
import type { OutboxMessage } from '../outbox/message.ts';
import type { SealedData } from '../people/person.ts';
import { sealData, unsealData } from '../people/seal-data.ts';

/** `html` is null for a text message. */
export type LetterWords = { readonly subject: string; readonly text: string; readonly html: string | null };

export type Letter = LetterWords & {
  /** One email address, checked. */
  readonly to: string;
  /** Later it would be of no use to anybody; null for what stays true. */
  readonly until: Millis | null;
};

export type LetterNeeds = { readonly clock: Clock; readonly random: Random; readonly dataKey: KeyObject };

const toOwner = (personId: string): string => `letter\n${personId}`;

/** The relay takes a few letters at a time: several doors let one that hangs hold up only some. */
const doors = 4;

export function createLetterMessage(needs: LetterNeeds, personId: string, letter: Letter): OutboxMessage {
  const sealed = sealData(needs, toOwner(personId), { ...letter });
  const [byte = 0] = needs.random.bytes(1);
  return createMessage(needs, { topic: 'mail', recipient: `mail-${(byte % doors) + 1}`, personId, body: JSON.stringify(sealed) });
}

function isSealed(value: unknown): value is SealedData {
  return typeof value === 'object' && value !== null && 'wrappedKey' in value && 'ciphertext' in value;
}

/** Throws a Fault for a body that is no letter of this person. */
export function openLetter(needs: { readonly dataKey: KeyObject }, message: Pick<OutboxMessage, 'personId' | 'body'>): Letter {
  const sealed: unknown = JSON.parse(message.body);
  if (!isSealed(sealed) || message.personId === null) {
    throw new Fault('internal/unexpected', 'a message of the topic mail holds no letter');
  }
  const { to, subject, text, html, until } = unsealData(needs.dataKey, toOwner(message.personId), sealed);
  if (typeof to !== 'string' || typeof subject !== 'string' || typeof text !== 'string') {
    throw new Fault('internal/unexpected', 'a letter lacks an address, a subject or a text');
  }
  return { to, subject, text, html: typeof html === 'string' ? html : null, until: typeof until === 'number' ? until : null };
}
