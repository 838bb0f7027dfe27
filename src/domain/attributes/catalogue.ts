// The whole catalogue and the ways to look things up in it.

import { Fault } from '../kernel/errors.ts';
import { scopes } from './attribute.ts';
import type { Attribute, Scope } from './attribute.ts';
import { civilAttributes } from './catalogue-civil.ts';
import { contactAttributes } from './catalogue-contact.ts';
import { documentAttributes } from './catalogue-documents.ts';
import { familyAttributes } from './catalogue-family.ts';
import { nameAttributes } from './catalogue-names.ts';
import { profileAttributes } from './catalogue-profile.ts';
import { workAttributes } from './catalogue-work.ts';

export const attributeCatalogue: readonly Attribute[] = [
  ...nameAttributes,
  ...civilAttributes,
  ...familyAttributes,
  ...documentAttributes,
  ...contactAttributes,
  ...profileAttributes,
  ...workAttributes,
];

const byName: ReadonlyMap<string, Attribute> = new Map(attributeCatalogue.map((attribute) => [attribute.name, attribute]));
const byClaim: ReadonlyMap<string, Attribute> = new Map(
  attributeCatalogue.flatMap((attribute) => attribute.claims.map((claim) => [claim, attribute])),
);
const byScope: ReadonlyMap<string, readonly string[]> = new Map(scopes.map((scope) => [scope, toMembers(scope)]));

export function findAttribute(name: string): Attribute | undefined {
  return byName.get(name);
}

/** For names that a stored purpose or consent holds: those were checked when they were stored. */
export function getAttribute(name: string): Attribute {
  const attribute = byName.get(name);
  if (attribute === undefined) {
    throw new Fault('internal/unexpected', 'a stored purpose or consent names an attribute that the catalogue does not hold');
  }
  return attribute;
}

/** Names of the attributes a requested claim belongs to: `given_name#ar` to `given_name`, `email_verified` to `email`. Empty when there is none. */
export function findAttributesOfClaim(claim: string): readonly string[] {
  const attribute = byClaim.get(claim);
  return attribute === undefined ? [] : [attribute.name];
}

/** Names of the attributes a scope value stands for (OIDC Core 1.0 §5.4). Empty for any other scope value. */
export function findAttributesOfScope(scope: string): readonly string[] {
  return byScope.get(scope) ?? [];
}

/** Every member that UserInfo can hold besides `sub`, for `claims_supported`. */
export function allClaimNames(): readonly string[] {
  return [...byClaim.keys()];
}

export type ScopeClaims = Readonly<Record<Scope, readonly string[]>>;

/** For each standard scope the names of the attributes it stands for (OIDC Core 1.0 §5.4). */
export function scopeClaims(): ScopeClaims {
  const [profile, email, phone, address] = scopes;
  return { profile: toMembers(profile), email: toMembers(email), phone: toMembers(phone), address: toMembers(address) };
}

function toMembers(scope: Scope): readonly string[] {
  return attributeCatalogue.filter((attribute) => attribute.scope === scope).map((attribute) => attribute.name);
}
