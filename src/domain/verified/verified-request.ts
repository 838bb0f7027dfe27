// The `verified_claims` of a request (OpenID Connect for Identity Assurance 1.0 §5.3 to §5.6): one element, or a list of which each stands by itself. An element that is not
// in the form of the specification is as if it were not there: nobody is refused for it, and nothing leaves for it.

import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import type { Condition } from './condition.ts';
import { parseTemplate } from './template.ts';
import type { Template } from './template.ts';

export type VerifiedElement = {
  readonly verification: Template & { readonly kind: 'members' };
  /** By name of claim. */
  readonly claims: ReadonlyMap<string, Condition>;
};

/** Without elements: it was asked for in a form that nobody can read. */
export type VerifiedRequest = readonly VerifiedElement[];

export const mostElements = 20;

/** What else stands in it, such as `essential`, is passed over (OIDC Core 1.0 §5.5.1). */
const elementSchema = z.object({
  verification: z.unknown(),
  claims: z.record(z.string().max(100), z.union([z.null().transform((): Condition => ({})), conditionSchema])),
});

/** Filters of evidence name the type that they are for, and one only (§5.4). */
function namesType(template: Template): boolean {
  const type = template.kind === 'members' ? template.members.get('type') : undefined;
  return type?.kind === 'value' && typeof type.condition.value === 'string' && type.condition.values === undefined;
}

function parseVerification(given: unknown): VerifiedElement['verification'] | undefined {
  const template = parseTemplate(given);
  if (template?.kind !== 'members' || template.members.get('trust_framework')?.kind !== 'value') {
    return undefined;
  }
  const evidence = template.members.get('evidence');
  const isReadable = evidence === undefined || (evidence.kind === 'any' && evidence.of.every(namesType));
  return isReadable ? template : undefined;
}

const deepest = 12;

/** Looked at before anything else looks inside: whoever nests without end ends no node. */
export function isShallow(value: unknown, levels = deepest): boolean {
  const isLeaf = typeof value !== 'object' || value === null;
  return isLeaf || (levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1)));
}

function parseElement(given: unknown): readonly VerifiedElement[] {
  const element = isShallow(given) ? elementSchema.safeParse(given).data : undefined;
  const verification = element && parseVerification(element.verification);
  return element === undefined || verification === undefined ? [] : [{ verification, claims: new Map(Object.entries(element.claims)) }];
}

export function parseVerifiedRequest(given: unknown): VerifiedRequest {
  const elements: readonly unknown[] = Array.isArray(given) ? given : [given];
  return elements.length > mostElements ? [] : elements.flatMap(parseElement);
}

export function toClaimNames(request: VerifiedRequest): readonly string[] {
  return [...new Set(request.flatMap(({ claims }) => [...claims.keys()]))];
}
