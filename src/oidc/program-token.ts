// Tokens of audit programs (RFC 6749 §4.4): a service that has no person in front of it, one scope, no refresh. What such a token opens is the auditor's interface alone.

import { Provider, errors } from 'oidc-provider';
import type { AdapterPayload } from 'oidc-provider';
import { auditScope } from '../domain/agencies/agency.ts';
import type { EventDraft } from '../domain/ledger/event.ts';

/** The engine leaves out scopes that it does not know (RFC 6749 §3.3 lets it). A program that asked for them would take its token for more than it is. */
export function assertProgramScope(payload: AdapterPayload): void {
  const asked: unknown = Provider.ctx?.oidc.body?.['scope'];
  if (asked !== auditScope || payload.scope !== auditScope) {
    throw new errors.InvalidScope(`scope must be ${auditScope}`, typeof asked === 'string' ? asked : '');
  }
}

export function toProgramDraft(payload: AdapterPayload, type: 'token.issued' | 'token.revoked'): EventDraft {
  const service = payload.clientId ?? null;
  const isBound = payload.jkt !== undefined;
  return { type, personRef: null, actor: { kind: 'service', ref: service }, service, payload: { scope: auditScope, bound: isBound } };
}
