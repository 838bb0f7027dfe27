// What changed in the register and when, from the log: entries about services and purposes, which never name a person.

import { toEntryBody } from '../../domain/audit/entry-body.ts';
import type { EventType } from '../../domain/ledger/event.ts';
import type { LedgerStore } from '../../domain/ledger/store.ts';
import type { RegisterChange } from '../../../views/register-model.ts';

export type Change = Omit<RegisterChange, 'purpose'> & { readonly purposeId: string | null };

const kinds = {
  'service.changed': 'service',
  'service.status_changed': 'status',
  'purpose.changed': 'purpose',
  'purpose.retired': 'retired',
} as const satisfies Partial<Readonly<Record<EventType, RegisterChange['what']>>>;

const types = ['service.changed', 'service.status_changed', 'purpose.changed', 'purpose.retired'] as const;
const shown = 50;

/** Null for what takes effect at any hour. */
function toApproved(payload: Readonly<Record<string, unknown>>): boolean | null {
  if (payload['bootstrap'] === true) {
    return false;
  }
  return typeof payload['submission'] === 'string' ? true : null;
}

/** Newest first. */
export async function readChanges(ledger: Pick<LedgerStore, 'queryEntries'>, clientId: string): Promise<readonly Change[]> {
  const { entries } = await ledger.queryEntries({ types, service: clientId }, { order: 'newest-first', after: null, limit: shown });
  return entries.map(({ at, body, index, purpose, type }) => {
    const { payload, purposeVersion } = toEntryBody(body);
    const fields = payload['fields'];
    const known = types.find((each) => each === type) ?? 'service.changed';
    return {
      at,
      what: kinds[known],
      purposeId: purpose,
      version: purposeVersion,
      fields: Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : [],
      entry: index,
      isApproved: toApproved(payload),
    };
  });
}
