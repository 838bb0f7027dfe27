// What a search may be narrowed by. Only names that the register, the catalogue of attributes or that of events holds: the filter stands in the ledger
// for ever, so that nothing typed freely, such as a person's number, can get into it.

import { findAttribute } from '../attributes/catalogue.ts';
import type { Json } from '../kernel/canonical.ts';
import type { EntryFilter } from '../ledger/store.ts';
import type { LookNeeds } from './look.ts';

export type SearchFilter = Omit<EntryFilter, 'personRef'>;

export type FilterMember = 'service' | 'purpose' | 'attribute';

type Register = LookNeeds['agencies'];

async function isPurpose(agencies: Register, { service, purpose }: SearchFilter): Promise<boolean> {
  const purposes = await agencies.listPurposes();
  return purposes.some(({ id, clientId }) => id === purpose && (service === undefined || service === clientId));
}

/** The members that name nothing known. A purpose is looked for in the service that is named beside it. */
export async function findUnknownMembers(agencies: Register, filter: SearchFilter): Promise<readonly FilterMember[]> {
  const { service, purpose, attribute } = filter;
  const isServiceUnknown = service !== undefined && (await agencies.findService(service)) === undefined;
  const isPurposeUnknown = purpose !== undefined && !isServiceUnknown && !(await isPurpose(agencies, filter));
  return [
    ...(isServiceUnknown ? (['service'] as const) : []),
    ...(isPurposeUnknown ? (['purpose'] as const) : []),
    ...(attribute !== undefined && findAttribute(attribute) === undefined ? (['attribute'] as const) : []),
  ];
}

/** The filter as the ledger keeps it. */
export function toRecordedFilter({ types, service, purpose, attribute, from, to }: SearchFilter): Json {
  return {
    types: types ?? null,
    service: service ?? null,
    purpose: purpose ?? null,
    attribute: attribute ?? null,
    from: from ?? null,
    to: to ?? null,
  };
}
