// What a service is told of a change about a person: the claims of a security event token (RFC 8417), without the id and the signature that it gets when it
// leaves. It names attributes and never a value, and the person only by the subject that this service knows (RFC 9493 §3.2.3).

import type { RegisteredService } from '../agencies/agency.ts';
import type { Json } from '../kernel/canonical.ts';
import { toTimestamp } from '../kernel/clock.ts';
import type { Millis } from '../kernel/clock.ts';
import type { Duty } from './duty.ts';

export const noticeEvents = [
  'consent-withdrawn',
  'consent-narrowed',
  'consent-paused',
  'consent-resumed',
  'consent-revoked',
  'consent-invalidated',
  'consent-expired',
  'erasure-requested',
] as const;
export type NoticeEvent = (typeof noticeEvents)[number];

export const agencyApiPath = '/agency/api/v1';

/** Where a service that has registered one takes what it is told. */
export function findReceiver({ service }: RegisteredService): string | undefined {
  const uri = service.metadata['security_events_uri'];
  return typeof uri === 'string' ? uri : undefined;
}

export function toEventUri(event: NoticeEvent): string {
  return `urn:huwiya:event:${event}`;
}

export type ServiceNotice = {
  readonly event: NoticeEvent;
  readonly issuer: string;
  readonly clientId: string;
  readonly subject: string;
  readonly at: Millis;
  /** The number of the person's receipt: both sides can name the same act. */
  readonly receiptId: string | null;
  readonly recordId: string;
  readonly version: number;
  readonly purposeId: string;
  /** Names of the attributes that ended, or that stand again. */
  readonly attributes: readonly string[];
  /** Names of those that stand from now on. */
  readonly standing: readonly string[];
};

/** The event is told apart by its place in the record: who has seen a higher version can pass it over. */
export function toNoticeClaims(notice: ServiceNotice, duty: Pick<Duty, 'id' | 'dueAt'> | null): Json {
  const { event, issuer, clientId, subject, at, receiptId, recordId, version, purposeId, attributes, standing } = notice;
  const answer = duty === null ? {} : toAnswer(issuer, duty);
  const told = { record: recordId, version, purpose: purposeId, attributes: [...attributes], standing: [...standing], ...answer };
  return {
    aud: clientId,
    events: { [toEventUri(event)]: { occurred_at: toTimestamp(at), ...told } },
    iat: Math.floor(at / 1000),
    iss: issuer,
    sub_id: { format: 'iss_sub', iss: issuer, sub: subject },
    ...(receiptId === null ? {} : { txn: receiptId }),
  };
}

function toAnswer(issuer: string, { id, dueAt }: Pick<Duty, 'id' | 'dueAt'>): { readonly [name: string]: Json } {
  return { duty: id, answer_by: toTimestamp(dueAt), answer_endpoint: `${issuer}${agencyApiPath}/duties/${id}/answer` };
}
