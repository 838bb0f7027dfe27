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
  /** In which version of the purpose: beside what stands it may be a later one. */
  readonly askedVersion?: number;
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

/** What was refused or put off just now, and in which version of the purpose, where the record itself goes on; otherwise what it says is declined. */
function toDeclined({ attributes }: Consent, { asked, askedVersion }: DecisionTold): { readonly [name: string]: Json } {
  if (asked === undefined) {
    return { declined: attributes.filter(({ decision }) => decision === 'declined').map(({ name }) => name) };
  }
  return { declined: asked, ...(askedVersion === undefined ? {} : { asked_version: askedVersion }) };
}

/** The person is named by `personRef` alone, which can be erased; the body cannot. */
export function toDecisionDraft(consent: Consent, told: DecisionTold, evidence: Evidence): EventDraft {
  const { asked, act, change } = told;
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
      ...toDeclined(consent, told),
      expires_at: consent.expiresAt,
      language: consent.language,
      level: consent.level,
      offline: consent.isOffline,
      ...toMethod(evidence),
      person_kind: consent.personKind,
      notice_sha256: evidence.notice,
      receipt_sha256: evidence.receipt,
      ...(act === undefined ? {} : { reference: act.reference }),
      version: consent.version,
    },
  };
}
