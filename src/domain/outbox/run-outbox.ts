// Sends what waits: takes leases, hands each message to the sender of its topic, and writes what became of it. At least once: a message whose node dies
// between sending and writing is sent again. Never decides what a message says, and a fault of one message or one round ends nothing.

import { dayMs } from '../kernel/clock.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { EventDraft } from '../ledger/event.ts';
import type { Sleep } from '../ledger/sleep.ts';
import { toPause } from './backoff.ts';
import { isTopic } from './message.ts';
import type { OutboxMessage, Topic } from './message.ts';
import type { LeasedMessage, OutboxStore, Settlement } from './store.ts';

/** `refused`: the other side will say the same next time. `failure` is a code of ours or of the protocol, never free words. */
export type Sent =
  | { readonly result: 'sent' }
  | { readonly result: 'refused'; readonly failure: string }
  | { readonly result: 'failed'; readonly failure: string; readonly retryAfterMs?: number };

export type MessageEnd = { readonly state: 'sent' } | { readonly state: 'dead'; readonly failure: string };

export type Sender = {
  /** MUST come back within 15 seconds, well before its lease ends, whatever the other side does. */
  readonly send: (message: OutboxMessage) => Promise<Sent>;
  /** What the log says of the end of a message; an attempt is no entry. */
  readonly toEvents: (message: OutboxMessage, end: MessageEnd) => readonly EventDraft[];
};

export type Senders = { readonly [Name in Topic]?: Sender };

const leaseMs = 60_000;
const mostAtOnce = 16;
const mostPerRecipient = 2;
const othersPauseMs = 15_000;
const sentKeptMs = 30 * dayMs;
const deadKeptMs = 180 * dayMs;

export type OutboxNeeds = {
  readonly outbox: OutboxStore;
  readonly senders: Senders;
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: Sleep;
  /** Tells how long ago something was, so it MUST never go back. */
  readonly steady: Clock;
  /** Pause between rounds that found nothing, in milliseconds. */
  readonly pause: number;
  readonly report: (fault: unknown) => void;
  /** Each failed attempt, for the operator's log. */
  readonly tell: (message: OutboxMessage, failure: string) => void;
};

export type OutboxWorker = {
  /** Looks for work now. */
  readonly poke: () => void;
  /** By the steady clock: the last round that could read the outbox. Before the first one it is the start. */
  readonly lookedAt: () => Millis;
  /** Takes no more, and resolves when everything on its way is written. */
  readonly stop: () => Promise<void>;
};

async function trySend(needs: OutboxNeeds, message: LeasedMessage): Promise<Sent> {
  const sender = needs.senders[message.topic];
  if (sender === undefined) {
    return { result: 'failed', failure: 'no-sender' };
  }
  try {
    return await sender.send(message);
  } catch (fault) {
    needs.report(fault);
    return { result: 'failed', failure: 'internal' };
  }
}

function toNext(needs: OutboxNeeds, message: LeasedMessage, sent: Sent): Settlement['next'] {
  const now = needs.clock.now();
  if (sent.result === 'sent') {
    return { state: 'sent', removeAt: now + sentKeptMs };
  }
  const { failure } = sent;
  const pause = toPause(needs.random, message.attempts, sent.result === 'failed' ? sent.retryAfterMs : 0);
  if (sent.result === 'refused' || now + pause > message.giveUpAt) {
    return { state: 'dead', failure, removeAt: now + deadKeptMs };
  }
  return { state: 'waiting', failure, nextAttemptAt: now + pause, othersNotBefore: now + Math.min(pause, othersPauseMs) };
}

async function deliver(needs: OutboxNeeds, message: LeasedMessage): Promise<void> {
  const sent = await trySend(needs, message);
  const next = toNext(needs, message, sent);
  if (next.state !== 'sent') {
    needs.tell(message, next.failure);
  }
  const drafts = next.state === 'waiting' ? [] : (needs.senders[message.topic]?.toEvents(message, next) ?? []);
  await needs.outbox.settle({ message, at: needs.clock.now(), next, events: drafts.map((draft) => sealEvent(needs, draft)) });
}

/** What came in, or nothing when the round failed or there is no room. */
async function takeDue(needs: OutboxNeeds, most: number): Promise<readonly LeasedMessage[] | 'failed'> {
  const now = needs.clock.now();
  const topics = Object.keys(needs.senders).filter(isTopic);
  if (most === 0 || topics.length === 0) {
    return [];
  }
  try {
    const leaseId = createUuid(needs.random, now);
    return await needs.outbox.lease({ leaseId, now, until: now + leaseMs, topics, most, mostPerRecipient });
  } catch (fault) {
    needs.report(fault);
    return 'failed';
  }
}

export function runOutbox(needs: OutboxNeeds): OutboxWorker {
  const underWay = new Set<Promise<void>>();
  let isStopped = false;
  let wake = new AbortController();
  let lookedAt = needs.steady.now();
  const poke = (): void => wake.abort();

  const begin = (message: LeasedMessage): void => {
    const work = deliver(needs, message)
      .catch(needs.report)
      .finally(() => {
        underWay.delete(work);
        poke();
      });
    underWay.add(work);
  };

  const loop = async (): Promise<void> => {
    while (!isStopped) {
      wake = new AbortController();
      const taken = await takeDue(needs, mostAtOnce - underWay.size);
      lookedAt = taken === 'failed' ? lookedAt : needs.steady.now();
      const messages = taken === 'failed' ? [] : taken;
      messages.forEach(begin);
      if (messages.length === 0 && !isStopped) {
        await needs.sleep(needs.pause, wake.signal);
      }
    }
  };

  const ended = loop();
  const stop = async (): Promise<void> => {
    isStopped = true;
    poke();
    await ended;
    await Promise.all(underWay);
  };
  return { poke, lookedAt: () => lookedAt, stop };
}
