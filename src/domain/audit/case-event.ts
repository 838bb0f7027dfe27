// An entry about a case: it carries the number of the paper, and no word that was written freely.

import { sealEvent } from '../ledger/event.ts';
import type { EventType, SealedEvent, SealNeeds } from '../ledger/event.ts';
import type { AuditCase } from './case.ts';

export type CaseEvent = {
  readonly type: Extract<EventType, `audit.${string}` | `unmask.${string}`>;
  readonly officerId: string;
  readonly about: Pick<AuditCase, 'number'>;
  readonly personRef?: string;
};

export function sealCaseEvent(
  needs: SealNeeds,
  { type, officerId, about, personRef = '' }: CaseEvent,
  more: Readonly<Record<string, string | number | boolean | null>>,
): SealedEvent {
  const payload = { case: about.number, ...more };
  const person = personRef === '' ? null : personRef;
  return sealEvent(needs, { type, personRef: person, actor: { kind: 'officer', ref: officerId }, actedBy: null, payload });
}
