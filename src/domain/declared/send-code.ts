// A code for one address: made, counted against the limits and put into the outbox in one act with the change that waits for it.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import { sealData } from '../people/seal-data.ts';
import type { Channel } from './channel.ts';
import { createCode, toCodeDigest, toDestinationDigest } from './code.ts';
import { codeLifeMs, codeLimits, longestWindowMs } from './contact-change.ts';
import type { ContactChange } from './contact-change.ts';
import { createLetterMessage } from './letter.ts';
import type { LetterWords } from './letter.ts';
import type { DeclaredNeeds } from './needs.ts';
import type { SentCode } from './store.ts';

export type CodeAsked = {
  readonly personId: string;
  readonly channel: Channel;
  readonly sessionDigest: string;
  readonly address: string;
  /** Null for a change that begins now. */
  readonly begunAt: number | null;
  readonly toWords: (code: string) => LetterWords;
};

export const toDestinationOwner = (changeId: string): string => `contact-change\n${changeId}`;

function createSentCode(needs: DeclaredNeeds, { personId, channel, address }: CodeAsked, now: number): SentCode {
  const destinationDigest = toDestinationDigest(needs.lookupKey, channel, address);
  return { id: createUuid(needs.random, now), personId, channel, destinationDigest, sentAt: now, expiresAt: now + longestWindowMs };
}

export async function sendCode(needs: DeclaredNeeds, asked: CodeAsked): Promise<Outcome<ContactChange, 'contact/too-many-codes'>> {
  const door = needs.doors[asked.channel];
  if (door === null) {
    throw new TypeError('a code was asked for on a channel that nothing is sent to');
  }
  const now = needs.clock.now();
  const id = createUuid(needs.random, now);
  const code = createCode(needs.random);
  const { personId, channel, sessionDigest, address } = asked;
  const change: ContactChange = {
    id,
    personId,
    channel,
    sessionDigest,
    destination: sealData(needs, toDestinationOwner(id), { address }),
    codeDigest: toCodeDigest(needs.lookupKey, id, code),
    tries: 0,
    begunAt: asked.begunAt ?? now,
    sentAt: now,
    expiresAt: now + codeLifeMs,
  };
  const message = createLetterMessage(needs, personId, { ...asked.toWords(code), to: door(address), until: change.expiresAt });
  const saved = await needs.declared.saveChange({ change, sent: createSentCode(needs, asked, now), limits: codeLimits, message });
  return saved === 'saved' ? succeed(change) : refuse(saved, 'a limit of codes is reached');
}
