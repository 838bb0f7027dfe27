// The services that people can meet, and those of them that a text finds. Audit programs are none: nobody ever signs in to them.

import type { RegisteredService } from '../../domain/agencies/agency.ts';
import type { AgenciesStore } from '../../domain/agencies/store.ts';
import { toSkeleton } from '../../domain/agencies/check-text.ts';
import { isProgram } from '../../domain/agencies/proposal.ts';
import { findAttribute } from '../../domain/attributes/catalogue.ts';

export async function listPublicServices(agencies: Pick<AgenciesStore, 'listServices'>): Promise<readonly RegisteredService[]> {
  return (await agencies.listServices()).filter(({ service }) => !isProgram(service.metadata));
}

/** By name of agency or service, text of a purpose, or label of a detail, in either language, however it is spelt. */
export function isFound({ agency, service, purposes }: RegisteredService, query: string): boolean {
  const wanted = toSkeleton(query);
  const labels = purposes.flatMap(({ attributes }) => attributes.flatMap(({ name }) => findAttribute(name)?.labels ?? []));
  const texts = [agency.name, service.name, ...purposes.map(({ text }) => text), ...labels].flatMap(({ ar, en }) => [ar, en]);
  return texts.some((text) => toSkeleton(text).includes(wanted));
}
