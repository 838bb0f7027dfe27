// Hands a logout token to a service that was entered in a session which has ended (OpenID Connect Back-Channel Logout 1.0). The token is made when it leaves:
// it is short-lived and signed like the service's ID tokens; its `jti` is the id of the message, the same at every attempt.

import { SignJWT } from 'jose';
import type { Service } from '../domain/agencies/agency.ts';
import type { AgenciesStore } from '../domain/agencies/store.ts';
import type { KeyRing } from '../domain/keys/key-ring.ts';
import { tokenAlgorithms } from '../domain/keys/token-key.ts';
import type { TokenAlgorithm } from '../domain/keys/token-key.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { EventDraft } from '../domain/ledger/event.ts';
import { parseNoticeBody } from '../domain/logout/notice.ts';
import { findLogoutReceiver } from '../domain/logout/service-session.ts';
import type { OutboxMessage } from '../domain/outbox/message.ts';
import type { MessageEnd, Sender, Sent } from '../domain/outbox/run-outbox.ts';
import type { GuardedAnswer, GuardedFetch } from './guarded-fetch.ts';
import { toRetryAfter } from './retry-after.ts';

type LogoutNeeds = {
  readonly issuer: string;
  readonly agencies: Pick<AgenciesStore, 'findService'>;
  readonly fetch: GuardedFetch;
  readonly clock: Clock;
  /** Those that sign ID tokens. */
  readonly ring: Pick<KeyRing, 'getSigner'>;
};

/** §2.4: the event, and nothing in it. */
const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };

/** Two minutes (§2.4, ASVS 10.5.5): enough for clocks that differ a little. */
const lifeSeconds = 120;

function toAlgorithm({ metadata }: Service): TokenAlgorithm {
  return tokenAlgorithms.find((alg) => alg === metadata['id_token_signed_response_alg']) ?? 'ES256';
}

/** MUST hold no `nonce`, which would make it look like an ID token. */
async function toToken(needs: LogoutNeeds, service: Service, message: OutboxMessage): Promise<string> {
  const { sub, sid } = parseNoticeBody(message.body);
  const { alg, kid, privateKey } = await needs.ring.getSigner(toAlgorithm(service));
  const iat = Math.floor(needs.clock.now() / 1000);
  const subject = sub === null ? {} : { sub };
  const claims = { iss: needs.issuer, aud: service.clientId, iat, exp: iat + lifeSeconds, jti: message.id, events, sid, ...subject };
  return new SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'logout+jwt' }).sign(privateKey);
}

/** §2.8: 200, or 204 as some frameworks say it, is the yes; 400 the no of a service that will not take this token later either. */
function toSent(answer: GuardedAnswer): Sent {
  const { status } = answer;
  if (status === 200 || status === 204) {
    return { result: 'sent' };
  }
  const failure = `status-${status}`;
  return status === 400 ? { result: 'refused', failure } : { result: 'failed', failure, retryAfterMs: toRetryAfter(answer) };
}

async function send(needs: LogoutNeeds, message: OutboxMessage): Promise<Sent> {
  const registered = await needs.agencies.findService(message.recipient);
  const url = findLogoutReceiver(registered?.service);
  if (registered === undefined || url === undefined) {
    return { result: 'refused', failure: 'no-receiver' };
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: '*/*' };
  const body = new URLSearchParams({ logout_token: await toToken(needs, registered.service, message) }).toString();
  const answered = await needs.fetch({ url, method: 'POST', headers, body });
  return answered.ok ? toSent(answered.value) : { result: 'failed', failure: answered.failure };
}

function toEvents({ id, personId, recipient }: OutboxMessage, end: MessageEnd): readonly EventDraft[] {
  const type = end.state === 'sent' ? 'logout.delivered' : 'logout.failed';
  const payload = { jti: id, ...(end.state === 'dead' ? { failure: end.failure } : {}) };
  return [{ type, actor: { kind: 'system', ref: null }, actedBy: null, service: recipient, personRef: personId, payload }];
}

export function createLogoutSender(needs: LogoutNeeds): Sender {
  return { send: async (message) => send(needs, message), toEvents };
}
