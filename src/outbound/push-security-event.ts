// Hands a security event token (RFC 8417) to the receiver of a service (RFC 8935). The token is signed when it leaves, so that it never carries the
// signature of a key that was retired while it waited; its id is that of the message, the same at every attempt.

import { SignJWT } from 'jose';
import type { AgenciesStore } from '../domain/agencies/store.ts';
import { findReceiver } from '../domain/duties/service-notice.ts';
import type { KeyRing } from '../domain/keys/key-ring.ts';
import type { EventDraft } from '../domain/ledger/event.ts';
import type { OutboxMessage } from '../domain/outbox/message.ts';
import type { MessageEnd, Sender, Sent } from '../domain/outbox/run-outbox.ts';
import type { GuardedAnswer, GuardedFetch } from './guarded-fetch.ts';
import { toRetryAfter } from './retry-after.ts';

export type PushNeeds = {
  readonly agencies: Pick<AgenciesStore, 'findService'>;
  readonly fetch: GuardedFetch;
  readonly ring: Pick<KeyRing, 'getSigner'>;
};

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseMembers(text: string): Members {
  try {
    const value: unknown = JSON.parse(text);
    return isMembers(value) ? value : {};
  } catch {
    return {};
  }
}

async function toToken({ ring }: PushNeeds, message: OutboxMessage): Promise<string> {
  const { kid, privateKey } = await ring.getSigner('ES256');
  return new SignJWT({ ...parseMembers(message.body), jti: message.id })
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'secevent+jwt' })
    .sign(privateKey);
}

/** RFC 8935 §2.3 and §2.4: 202 is the only yes, and 400 with an error of the registry the only no. The rest may be otherwise next time. */
function toSent(answer: GuardedAnswer): Sent {
  if (answer.status === 202) {
    return { result: 'sent' };
  }
  const error = answer.status === 400 ? parseMembers(answer.body)['err'] : undefined;
  if (typeof error === 'string' && /^[a-z_]{1,40}$/.test(error)) {
    return { result: 'refused', failure: `receiver:${error}` };
  }
  return { result: 'failed', failure: `status-${answer.status}`, retryAfterMs: toRetryAfter(answer) };
}

async function push(needs: PushNeeds, message: OutboxMessage): Promise<Sent> {
  const registered = await needs.agencies.findService(message.recipient);
  const url = registered === undefined ? undefined : findReceiver(registered);
  if (url === undefined) {
    return { result: 'refused', failure: 'no-receiver' };
  }
  const headers = { 'content-type': 'application/secevent+jwt', accept: 'application/json' };
  const answered = await needs.fetch({ url, method: 'POST', headers, body: await toToken(needs, message) });
  return answered.ok ? toSent(answered.value) : { result: 'failed', failure: answered.failure };
}

const findWord = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function toEvents({ id, body, personId, recipient }: OutboxMessage, end: MessageEnd): readonly EventDraft[] {
  const events = parseMembers(body)['events'];
  const [uri, told] = Object.entries(isMembers(events) ? events : {})[0] ?? [];
  const { purpose, record } = isMembers(told) ? told : {};
  const about = { service: recipient, purpose: findWord(purpose), record: findWord(record), personRef: personId };
  const failure = end.state === 'dead' ? { failure: end.failure } : {};
  const payload = { jti: id, event: uri?.split(/[:/]/).at(-1) ?? null, ...failure };
  const type = end.state === 'sent' ? 'set.delivered' : 'set.failed';
  return [{ type, actor: { kind: 'system', ref: null }, actedBy: null, ...about, payload }];
}

export function createSecurityEventSender(needs: PushNeeds): Sender {
  return { send: async (message) => push(needs, message), toEvents };
}
