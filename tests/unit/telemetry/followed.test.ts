// What spans say of messages and calls that leave: codes of ours and statuses, and nothing of what the other side answered or where exactly it is.

import { SpanStatusCode } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sent } from '../../../src/domain/outbox/run-outbox.ts';
import { createMessage } from '../../../src/domain/outbox/message.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import type { GuardedOutcome } from '../../../src/outbound/guarded-fetch.ts';
import { followCalls, followSenders } from '../../../src/spans.ts';
import { findSpans } from '../../../src/telemetry/spans.ts';
import { registerSpanRecorder } from '../../support/span-recorder.ts';
import type { SpanRecorder } from '../../support/span-recorder.ts';

let recorder: SpanRecorder | undefined;

afterEach(() => {
  recorder?.remove();
  recorder = undefined;
});

function begin(): SpanRecorder {
  recorder = registerSpanRecorder();
  return recorder;
}

const draft = { topic: 'security-event', recipient: 'of-sara', personId: 'person-1', body: 'of Sara' } as const;
const message = createMessage({ clock: systemClock, random: systemRandom }, draft);
const toSenders = (sent: Sent) => ({ 'security-event': { send: async () => Promise.resolve(sent), toEvents: () => [] } });

const answer = { type: 'text/plain', retryAfter: '', cacheControl: '', body: 'Sara' };
const toFetch = (outcome: GuardedOutcome) => async () => Promise.resolve(outcome);
const asked = { method: 'GET', headers: { authorization: 'Sara' } } as const;

describe('What leaves', () => {
  it.each<readonly [Sent, string]>([
    [{ result: 'refused', failure: 'receiver:sara_alqahtani' }, 'receiver'],
    [{ result: 'failed', failure: 'status-500' }, 'status-500'],
  ])('is named by the code of what kept it, not by the words of a receiver: %j', async (sent, code) => {
    const kept = begin();
    const followed = followSenders(toSenders(sent), findSpans('1'));
    expect(await followed['security-event']?.send(message)).toBe(sent);
    expect(kept.find('deliver security-event')).toMatchObject([
      { attributes: { 'huwiya.topic': 'security-event', 'error.type': code }, status: { code: SpanStatusCode.ERROR } },
    ]);
    expect(JSON.stringify(kept.spans)).not.toMatch(/sara|person-1/i);
  });

  it.each<readonly [string, GuardedOutcome, Readonly<Record<string, unknown>>]>([
    [
      'https://tax.example/of/sara?who=sara',
      { ok: true, value: { ...answer, status: 200 } },
      { 'server.address': 'tax.example', 'server.port': 443, 'http.response.status_code': 200 },
    ],
    [
      'http://sara:sara@localhost/sara',
      { ok: true, value: { ...answer, status: 404 } },
      { 'server.address': 'localhost', 'server.port': 80, 'http.response.status_code': 404, 'error.type': '404' },
    ],
    [
      'https://tax.example:8443/#sara',
      { ok: false, failure: 'timed-out' },
      { 'server.address': 'tax.example', 'server.port': 8443, 'error.type': 'timed-out' },
    ],
    ['sara is no address', { ok: false, failure: 'url-refused' }, { 'error.type': 'url-refused' }],
  ])('is told by host, port and outcome: %s', async (url, outcome, said) => {
    const kept = begin();
    expect(await followCalls(toFetch(outcome), findSpans('1'))({ ...asked, url })).toBe(outcome);
    const [call] = kept.find('GET');
    expect(call?.attributes).toEqual({ 'http.request.method': 'GET', ...said });
    expect(call?.status).toEqual('error.type' in said ? { code: SpanStatusCode.ERROR } : undefined);
    expect(JSON.stringify(kept.spans)).not.toMatch(/sara/i);
  });

  it('is not wrapped at all where nobody keeps spans', () => {
    const fetch = toFetch({ ok: false, failure: 'timed-out' });
    const senders = toSenders({ result: 'sent' });
    expect(findSpans('1')).toBeUndefined();
    expect([followCalls(fetch, undefined), followSenders(senders, undefined)]).toEqual([fetch, senders]);
    expect(followSenders(senders, undefined)).toBe(senders);
  });
});
