import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import type { Purpose } from './agency.ts';

/** Whether two versions have the same ground, recipients, place and terms of access for everybody. */
export function haveSameDetails(one: Purpose, other: Purpose): boolean {
  return toCanonicalJson(toDetails(one)) === toCanonicalJson(toDetails(other));
}

function toDetails({ legalBasis, basisByKind, recipients, storage, terms }: Purpose): Json {
  return { legalBasis, basisByKind, recipients, storage, terms };
}
