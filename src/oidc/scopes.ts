// The scopes there are. A person's service gets those of its registration, and never the auditors'.

import { auditScope, consentsScope } from '../domain/agencies/agency.ts';

/** Scopes that a service may ask persons for. */
export const personScopes = ['openid', 'offline_access', 'profile', 'email', 'phone', 'address'] as const;

export const allScopes: readonly string[] = [...personScopes, auditScope, consentsScope];
