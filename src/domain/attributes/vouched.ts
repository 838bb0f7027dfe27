// Which attributes a check of a person's identity covers, and so may be released as verified (OpenID Connect for Identity Assurance 1.0 §5.1). The check binds
// the person to the registers of who they are; what people say of themselves, what other registers keep and what a request brings to compare with is not in it.

import type { Attribute } from './attribute.ts';
import { attributeCatalogue, findAttribute } from './catalogue.ts';
import { borders, civilStatus, police, registry } from './sources.ts';

const identityRegisters: ReadonlySet<string> = new Set([civilStatus, police, borders, registry].map(({ id }) => id));
/** Of the registry, but of the record or of the visit and not of who somebody is. */
const circumstances: ReadonlySet<string> = new Set(['updated_at', 'representation']);

function isCovered({ name, source, isCompared }: Attribute): boolean {
  return identityRegisters.has(source.id) && !isCompared && !circumstances.has(name);
}

export function isVouched(name: string): boolean {
  const attribute = findAttribute(name);
  return attribute !== undefined && isCovered(attribute);
}

/** Every member that verified claims can hold, for `claims_in_verified_claims_supported`. */
export function vouchedClaimNames(): readonly string[] {
  return attributeCatalogue.filter(isCovered).flatMap(({ claims }) => claims);
}
