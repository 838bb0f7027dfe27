// Tokens that a service or a program gets for itself (RFC 6749 §4.4): nobody is in front of it, one scope, no refresh. What such a token opens is one interface
// alone: the auditor's, or that for agencies.

import { Provider, errors } from 'oidc-provider';
import type { AdapterPayload } from 'oidc-provider';
import { auditScope, consentsScope } from '../domain/agencies/agency.ts';
import type { EventDraft } from '../domain/ledger/event.ts';

/** The engine leaves out scopes that it does not know (RFC 6749 §3.3 lets it). A program that asked for them would take its token for more than it is. */
export function assertProgramScope(payload: AdapterPayload): void {
  const asked: unknown = Provider.ctx?.oidc.body?.['scope'];
  if (payload.aud !== undefined) {
    assertResourceScope(payload, asked);
  } else if ((asked !== auditScope && asked !== consentsScope) || payload.scope !== asked) {
    throw new errors.InvalidScope(
      `scope must be ${auditScope} or ${consentsScope}, as registered; for a resource server add resource`,
      typeof asked === 'string' ? asked : '',
    );
  }
}

/** At a resource server every scope that was asked for, or none. */
function assertResourceScope(payload: AdapterPayload, asked: unknown): void {
  const given = payload.scope?.split(' ') ?? [];
  const names = typeof asked === 'string' ? asked.split(' ') : [];
  if (given.length === 0 || !names.every((name) => given.includes(name))) {
    throw new errors.InvalidScope('scope must name scopes of the resource, as approved', names.join(' '));
  }
}

/** Where the token is for a resource server. */
export function toResource({ aud, scope }: AdapterPayload): { readonly resource?: string; readonly scope?: string } {
  return typeof aud === 'string' ? { resource: aud, scope: scope ?? '' } : {};
}

export function toProgramDraft(payload: AdapterPayload, type: 'token.issued' | 'token.revoked'): EventDraft {
  const service = payload.clientId ?? null;
  const isBound = payload.jkt !== undefined;
  return {
    type,
    personRef: null,
    actor: { kind: 'service', ref: service },
    service,
    payload: { scope: payload.scope ?? null, bound: isBound, ...toResource(payload) },
  };
}
