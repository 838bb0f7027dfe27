// What the entry of a decision says. Together the entries of a record are enough to compute it (replay.ts); none holds a value of personal data.

import type { Json } from '../kernel/canonical.ts';
import type { Actor, EventDraft } from '../ledger/event.ts';
import { toGranted } from './consent.ts';
import type { AttributeDecision, Change, Consent } from './consent.ts';
import type { Expression } from './consent-record.ts';

/** An end that is not the person's: why, and by which order or article. Neither may name a person. */
export type AuthorityAct = { readonly reason: string; readonly reference: string; readonly actor: Actor };

export type DecisionTold = {
  readonly change: Change;
  /** Names of what was asked and refused or put off. */
  readonly asked?: readonly string[];
  readonly act?: AuthorityAct;
};

type Evidence = {
  readonly notice: string | null;
  readonly receipt: string;
  /** Null where the person did not act. */
  readonly expression: Expression | null;
};

const person = { kind: 'person', ref: null } as const;

function toDecisionJson({ name, necessity, decision, declinedAt }: AttributeDecision): Json {
  return { decision, name, necessity, ...(declinedAt === undefined ? {} : { declined_at: declinedAt }) };
}

/** Whether by a button alone, or with a passkey over the record. */
function toMethod({ expression }: Evidence): { readonly method?: string } {
  return expression === null ? {} : { method: expression.method };
}

/** The person is named by `personRef` alone, which can be erased; the body cannot. */
export function toDecisionDraft(consent: Consent, { asked, act, change }: DecisionTold, evidence: Evidence): EventDraft {
  const declined = consent.attributes.filter(({ decision }) => decision === 'declined').map(({ name }) => name);
  return {
    type: `consent.${change}`,
    personRef: consent.personId,
    actor: act?.actor ?? person,
    actedBy: consent.actedBy,
    service: consent.clientId,
    purpose: consent.purposeId,
    purposeVersion: consent.purposeVersion,
    record: consent.id,
    attributes: asked === undefined ? toGranted(consent) : [],
    reason: act?.reason ?? null,
    payload: {
      basis: consent.basis,
      decisions: consent.attributes.map(toDecisionJson),
      // What was refused or put off just now, where the record itself goes on.
      declined: asked ?? declined,
      expires_at: consent.expiresAt,
      language: consent.language,
      level: consent.level,
      ...toMethod(evidence),
      person_kind: consent.personKind,
      notice_sha256: evidence.notice,
      receipt_sha256: evidence.receipt,
      ...(act === undefined ? {} : { reference: act.reference }),
      version: consent.version,
    },
  };
}
