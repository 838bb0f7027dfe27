// What of a node is followed in spans beside its requests: commits, rounds of the sequencer, messages and calls that leave. Where nobody registered an SDK each
// of these gives back what it was given.

import type { Sender, Senders, Sent } from './domain/outbox/run-outbox.ts';
import { isTopic } from './domain/outbox/message.ts';
import type { Sequenced } from './domain/ledger/store.ts';
import type { GuardedFetch, GuardedOutcome } from './outbound/guarded-fetch.ts';
import type { Storage } from './storage/open-storage.ts';
import type { OpenSpan, Spans } from './telemetry/spans.ts';

type Engine = Storage['engine'];
type Ledger = Storage['ledger'];

/** A condition that failed at the commit is an answer like others: it is named, and nobody has to look. */
function followCommit(spans: Spans, { commit }: Engine): Engine['commit'] {
  return async (writes, now) =>
    spans.within({ name: 'commit', kind: 'internal', fields: { 'huwiya.writes': writes.length } }, async (span) => {
      const committed = await commit(writes, now);
      if (!committed.ok) {
        span.note({ 'error.type': committed.failure });
      }
      return committed;
    });
}

/** Several rounds a second find nothing to do: only one that numbered entries, or failed, becomes a span. */
function followRounds(spans: Spans, { sequenceEvents }: Ledger): Ledger['sequenceEvents'] {
  return async (plan, limit) => {
    const begunAt = Date.now();
    const from = performance.now();
    const record = (added: number, thrown?: unknown): void =>
      spans.record(
        { name: 'sequence', kind: 'internal', fields: { 'huwiya.entries': added } },
        { begunAt, durationMs: performance.now() - from, thrown },
      );
    let sequenced: Sequenced;
    try {
      sequenced = await sequenceEvents(plan, limit);
    } catch (thrown) {
      record(0, thrown);
      throw thrown;
    }
    if (sequenced.added > 0) {
      record(sequenced.added);
    }
    return sequenced;
  };
}

export function followStorage(storage: Storage, spans: Spans | undefined): Storage {
  if (spans === undefined) {
    return storage;
  }
  const { engine, ledger } = storage;
  return {
    ...storage,
    engine: { ...engine, commit: followCommit(spans, engine) },
    ledger: { ...ledger, sequenceEvents: followRounds(spans, ledger) },
  };
}

/** What a receiver says of its own no stays out. */
function noteSent(span: OpenSpan, sent: Sent): void {
  if (sent.result !== 'sent') {
    span.note({ 'error.type': sent.failure.replace(/:.*/s, '') });
    span.fail();
  }
}

export function followSenders(senders: Senders, spans: Spans | undefined): Senders {
  if (spans === undefined) {
    return senders;
  }
  const follow = (topic: string, { send, toEvents }: Sender): Sender => ({
    toEvents,
    send: async (message) =>
      spans.within({ name: `deliver ${topic}`, kind: 'internal', fields: { 'huwiya.topic': topic } }, async (span) => {
        const sent = await send(message);
        noteSent(span, sent);
        return sent;
      }),
  });
  const all = Object.entries(senders).filter(([topic]) => isTopic(topic));
  return Object.fromEntries(all.map(([topic, sender]) => [topic, follow(topic, sender)]));
}

function noteAnswer(span: OpenSpan, outcome: GuardedOutcome): void {
  if (!outcome.ok) {
    span.note({ 'error.type': outcome.failure });
    span.fail();
    return;
  }
  const { status } = outcome.value;
  span.note({ 'http.response.status_code': status });
  if (status >= 400) {
    span.note({ 'error.type': String(status) });
    span.fail();
  }
}

/** The path of an address may hold anything, so it is left out. No header says to the other side that its call is followed. */
export function followCalls(fetch: GuardedFetch, spans: Spans | undefined): GuardedFetch {
  if (spans === undefined) {
    return fetch;
  }
  return async (asked) => {
    const { method } = asked;
    const url = URL.parse(asked.url);
    const port = Number(url?.port || (url?.protocol === 'http:' ? 80 : 443));
    const server = url === null ? {} : { 'server.address': url.hostname, 'server.port': port };
    return spans.within({ name: method, kind: 'client', fields: { 'http.request.method': method, ...server } }, async (span) => {
      const outcome = await fetch(asked);
      noteAnswer(span, outcome);
      return outcome;
    });
  };
}
