// What of the register a text finds.

import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { toSkeleton } from '../../domain/agencies/check-text.ts';
import { readResourceServer } from '../../domain/agencies/resource-server.ts';
import { findAttribute } from '../../domain/attributes/catalogue.ts';

/** By name of agency or service, text of a purpose or of what an interface opens, or label of a detail, in either language, however it is spelt. */
export function isFound({ agency, service, purposes }: RegisteredService, query: string): boolean {
  const wanted = toSkeleton(query);
  const labels = purposes.flatMap(({ attributes }) => attributes.flatMap(({ name }) => findAttribute(name)?.labels ?? []));
  const opened = readResourceServer(service.metadata)?.scopes ?? [];
  const texts = [agency.name, service.name, ...[...purposes, ...opened].map(({ text }) => text), ...labels].flatMap(({ ar, en }) => [
    ar,
    en,
  ]);
  return texts.some((text) => toSkeleton(text).includes(wanted));
}
