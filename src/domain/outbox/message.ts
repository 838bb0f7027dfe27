// What waits to leave, written in the same act as the cause of it, so that neither exists without the other. It leaves at least once: whoever receives it
// tells a repetition by its id. Owns no network and no format: a sender of src/outbound/ knows those.
//
// To add a topic: name it here with its life; write its rows with `createMessage` in the act that causes them (storage: `insertMessage`); write a sender in
// src/outbound/ and name it in the map of senders in src/app.ts. Nothing else has to know of it.

import { addDuration } from '../kernel/clock.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';

export const topics = ['security-event', 'logout', 'mail', 'notice'] as const;
export type Topic = (typeof topics)[number];

/** How long a message is tried; afterwards it is dead, which an operator sees. */
const lives: Readonly<Record<Topic, string>> = { 'security-event': 'P7D', logout: 'P1D', mail: 'P2D', notice: 'P2D' };

export function isTopic(text: string): text is Topic {
  return topics.some((topic) => topic === text);
}

/** `sent` and `dead` are ends; only an operator brings a dead message back. */
export const messageStates = ['waiting', 'sent', 'dead'] as const;
export type MessageState = (typeof messageStates)[number];

export type OutboxMessage = {
  /** The same at every attempt: what tells a repetition. */
  readonly id: string;
  readonly topic: Topic;
  /** Whose door it goes to, and so shares one limit: a client_id, or the name of a relay. */
  readonly recipient: string;
  /** The person concerned, for the entries of its end; null where there is none. */
  readonly personId: string | null;
  /** What the sender makes the message of. Holds no personal data, or holds it sealed. It is erased when the message was sent. */
  readonly body: string;
  readonly createdAt: Millis;
  /** No attempt is planned for later than this. */
  readonly giveUpAt: Millis;
};

export type MessageDraft = Pick<OutboxMessage, 'topic' | 'recipient' | 'personId' | 'body'>;

export function toGiveUpAt(topic: Topic, from: Millis): Millis {
  return addDuration(from, lives[topic]);
}

export function createMessage(needs: { readonly clock: Clock; readonly random: Random }, draft: MessageDraft): OutboxMessage {
  const now = needs.clock.now();
  return { ...draft, id: createUuid(needs.random, now), createdAt: now, giveUpAt: toGiveUpAt(draft.topic, now) };
}
