// Entries as the table shows them.

import type { ListedEntry } from '../../domain/audit/look.ts';
import type { EntryRow } from '../../../views/audit-model.ts';
import { toDetailName, toPurposeName, toServiceName } from './register.ts';
import type { Register } from './register.ts';

export const toEntryUrl = (index: number): string => `/audit/entries/${index}`;

export function toEntryRow(register: Register, { index, at, type, service, purpose, attributes }: ListedEntry): EntryRow {
  return {
    index,
    at,
    type,
    service: toServiceName(register, service),
    purpose: toPurposeName(register, service, purpose),
    details: attributes.map((name) => toDetailName(register, name)),
    url: toEntryUrl(index),
  };
}
